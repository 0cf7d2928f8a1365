"""Commands for GitHub's runner, which makes an annotation of each: `::warning file=...::message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """A command for each finding; files are named from the top of the repository."""
    for inspection in inspections:
        for found in inspection.diagnostics:
            yield _command(found, run.places.in_repository(found.path)) + "\n"


def _command(found: Diagnostic, path: str) -> str:
    start, end = found.span.start, found.span.end
    properties = {"title": f"dag-lint ({found.code})", "file": path, "line": start.line}
    if start.line == end.line:
        properties |= {"col": start.column + 1, "endLine": end.line, "endColumn": end.column + 1}
    else:
        # GitHub takes columns for a finding on one line only.
        properties["endLine"] = end.line
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    place = f"{path}:{start.line}:{start.column + 1}: {found.code}"
    # The runner prints the message alone: without the place, the log would not say where.
    message = f"{place} {found.message}" + (f"\n  fix: {found.fix.title}" if found.fix else "")
    return f"::{_LEVELS[found.severity]} {given}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
