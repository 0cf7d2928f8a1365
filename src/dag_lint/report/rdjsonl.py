"""The lines of reviewdog, an object for each finding: `reviewdog -f=rdjsonl`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dag_lint.diagnostic import Severity
from dag_lint.report.run import HOME, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dag_lint.diagnostic import Diagnostic, Position, Span
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """A line for each finding; files are named from the working directory, as reviewdog does."""
    for inspection in inspections:
        lines = inspection.text.split("\n")
        for found in inspection.diagnostics:
            yield json.dumps(_as_object(found, lines, run), separators=(",", ":")) + "\n"


def _as_object(found: Diagnostic, lines: Sequence[str], run: Run) -> dict[str, Any]:
    page = page_of(found.code)
    diagnostic: dict[str, Any] = {
        "message": found.message,
        "location": {"path": run.places.in_folder(found.path), "range": _range(found.span, lines)},
        "severity": _SEVERITIES[found.severity],
        "source": {"name": "dag-lint", "url": HOME},
        "code": {"value": found.code} if page is None else {"value": found.code, "url": page},
    }
    if found.fix is not None:
        diagnostic["suggestions"] = [
            {"range": _range(edit.span, lines), "text": edit.text} for edit in found.fix.edits
        ]
    return diagnostic


def _range(span: Span, lines: Sequence[str]) -> dict[str, dict[str, int]]:
    return {"start": _place(span.start, lines), "end": _place(span.end, lines)}


def _place(position: Position, lines: Sequence[str]) -> dict[str, int]:
    """A place as reviewdog counts: columns are bytes of UTF-8, from 1."""
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    # What lies beyond the end of the line, as in a file that could not be read, counts as it is.
    beyond = max(position.column - len(line), 0)
    column = len(line[: position.column].encode("utf-8", "surrogatepass")) + beyond
    return {"line": position.line, "column": column + 1}
