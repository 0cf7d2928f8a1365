"""What is found in one file on disk, or in a text that stands for it: reading, settings, findings, `# noqa`."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import not_analysed
from dag_lint.reading import NotReadableError, decode_python, read_bytes
from dag_lint.settings import settings_under
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile
from dag_lint.suppress import without_suppressed
from dag_lint.target import project_root

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.settings import Settings


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in one file; plain data, so that it may come from another process."""

    path: str
    text: str
    """What was linted, empty when it could not be read or does not concern us."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """In the order of the text, without those that a comment in the file switches off."""
    root: Path | None = None
    problem: str | None = None
    """What is wrong with the settings in the pyproject.toml of the root."""
    location: Path | None = None
    """Where the text lies on disk, None for one that came by stdin without a name."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a run asks of every file."""

    overrides: Mapping[str, object]
    """The settings given as options, by the fields of Settings."""
    switched_on: frozenset[str] = frozenset()
    """Rules to be switched on beside those that the settings enable."""


def read_source(name: str) -> SourceFile:
    """A Python file, as flake8 would read it. Raises NotReadableError."""
    return SourceFile(name, decode_python(read_bytes(name, 4 * MAXIMUM_CHARACTERS)), Path(name))


def settings_for(name: str, overrides: Mapping[str, object]) -> tuple[Settings, str | None]:
    """The settings of a file, and what is wrong with those of its project, if anything is."""
    return settings_under(project_root(Path(name)), overrides)


def inspect_file(name: str, request: Request) -> Inspection:
    """What is found in a file. Never raises: what could not be done is a finding DAG000."""
    try:
        source = read_source(name)
    except NotReadableError as error:
        return Inspection(name, "", (not_analysed(name, f"the file could not be read: {error}"),))
    return inspect(source, request)


def inspect(source: SourceFile, request: Request) -> Inspection:
    """What is found in a text. Never raises."""
    if not source.mentions_airflow():
        return Inspection(source.path, "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.text)
    except SyntaxError as error:
        column = max((error.offset or 1) - 1, 0)
        reason = f"Python cannot read the file: {error.msg}"
        return Inspection(
            source.path, source.text, (not_analysed(source.path, reason, error.lineno or 1, column),)
        )
    except (ValueError, MemoryError, RecursionError) as error:
        reason = f"Python cannot read the file: {type(error).__name__}"
        return Inspection(source.path, source.text, (not_analysed(source.path, reason),))
    return _linted(source, tree, request)


def _linted(source: SourceFile, tree: ast.AST, request: Request) -> Inspection:
    from dag_lint.lint import lint

    root = project_root(source.location) if source.location else None
    settings, problem = settings_under(root, request.overrides)
    settings = replace(settings, enable=settings.enable | request.switched_on)
    try:
        found = lint(source, settings, tree)
    except Exception as error:  # one file that we do not survive must not hide the findings of the others
        found = [not_analysed(source.path, f"it could not be analysed: {type(error).__name__}")]
    kept = sorted(without_suppressed(found, source), key=lambda one: (one.span.start, one.code))
    return Inspection(source.path, source.text, tuple(kept), root, problem, source.location)
