"""What dag-lint tells the world: plain data, free of libcst and flake8."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Severity(str, Enum):
    """How much a finding matters: to the command line and CI formats, not to flake8."""

    ERROR = "error"
    """Airflow refuses the file, the task fails, or it never runs."""
    WARNING = "warning"
    """It runs, and not as the author means."""
    INFO = "info"
    """Habit and cost."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file: `line` from 1, `column` from 0 in code points, as flake8 counts inside."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file; `end` is exclusive."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace the code points of `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A mechanical remedy. `safe` fixes leave the meaning of the DAG as it is."""

    title: str
    edits: tuple[TextEdit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, ready to be printed: a single line of `message` without control characters."""

    path: str
    code: str
    name: str
    message: str
    span: Span
    severity: Severity
    fix: Fix | None = None


LONGEST_MESSAGE = 200
"""Editors show a message in one line."""

_LIKE_A_PLACE = re.compile(r":(?=[0-9]*:[0-9]*:)")


def one_line(text: str, longest: int = LONGEST_MESSAGE) -> str:
    """A text as it may stand in a message: one line, no control characters, nothing that looks like a place.

    Editors find the place of a finding by the last `:1:2:` of flake8's line.
    """
    plain = "".join(character if character.isprintable() else " " for character in text[: 4 * longest])
    plain = _LIKE_A_PLACE.sub(": ", " ".join(plain.split()))
    return plain if len(plain) <= longest else plain[: longest - 3].rstrip() + "..."


def not_analysed(path: str, reason: str, line: int = 1, column: int = 0) -> Diagnostic:
    """The finding that stands for all that could not be found, or be done, in a file."""
    place = Position(line, column)
    return Diagnostic(path, "DAG000", "not-analysed", one_line(reason), Span(place, place), Severity.ERROR)
