"""Colours and links for a terminal, and how wide characters are there.

Plain escape codes: the library rich would bring four packages into every environment of a hook, and 50 ms at
each start, for three colours and a width.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from dag_lint.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOLD = "1"
_DIM = "2"
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}

_NARROWEST = 40
_WITHOUT_TERMINAL = 120
"""How many columns a line may take where nobody knows how many there are."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text is dressed up for its reader."""

    colours: bool = False
    links: bool = False
    """Whether the terminal knows hyperlinks (OSC 8), or at least passes over them."""
    width: int = _WITHOUT_TERMINAL

    def bold(self, text: str) -> str:
        """What the eye is to find first."""
        return self._painted(text, _BOLD)

    def dim(self, text: str) -> str:
        """What may be passed over."""
        return self._painted(text, _DIM)

    def severe(self, text: str, severity: Severity) -> str:
        """A text in the colour of a severity."""
        return self._painted(text, f"{_BOLD};{_COLOURS[severity]}")

    def removed(self, text: str) -> str:
        """A line that a fix takes away."""
        return self._painted(text, "31")

    def added(self, text: str) -> str:
        """A line that a fix brings."""
        return self._painted(text, "32")

    def linked(self, text: str, target: str | None) -> str:
        """A text that leads somewhere when it is clicked."""
        if not self.links or target is None:
            return text
        return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"

    def _painted(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colours else text


PLAIN = Style()


def style_for(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Style:
    """What suits a stream: NO_COLOR, FORCE_COLOR and TERM=dumb decide, and then whether it is a terminal."""
    terminal = is_terminal(stream, environment)
    colours = terminal
    if environment.get("NO_COLOR"):
        colours = False
    elif environment.get("FORCE_COLOR", "0") not in ("", "0"):
        colours = True
    links = terminal and colours and environment.get("TERM") != "linux"
    columns = shutil.get_terminal_size((_WITHOUT_TERMINAL, 0)).columns if terminal else _WITHOUT_TERMINAL
    return Style(colours, links, max(columns, _NARROWEST))


def is_terminal(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a person watches, on a terminal that understands escape codes."""
    if environment.get("TERM") == "dumb" or not stream.isatty():
        return False
    # The old console of Windows prints the codes as they are.
    return sys.platform != "win32" or "WT_SESSION" in environment or "TERM" in environment


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    # Vowels and final consonants of Korean syllables that are spelled out, as macOS does.
    if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
