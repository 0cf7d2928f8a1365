"""The form of flake8: one line for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run


def report(inspections: Iterable[Inspection], _run: Run) -> Iterator[str]:
    """A line for each finding, and no other."""
    for inspection in inspections:
        for diagnostic in inspection.diagnostics:
            yield concise(diagnostic) + "\n"


def concise(diagnostic: Diagnostic) -> str:
    """A finding as flake8 prints it; lines and columns from 1."""
    start = diagnostic.span.start
    return (
        f"{escaped(diagnostic.path)}:{start.line}:{start.column + 1}: {diagnostic.code} {diagnostic.message}"
    )


def escaped(path: str) -> str:
    r"""A file name on one line: a newline in it becomes `\n`, a byte that is no text `\udcff`."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in path
    )
