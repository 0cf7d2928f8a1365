"""The lines of reviewdog, an object for each finding: `reviewdog -f=rdjsonl`."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dag_lint.diagnostic import Severity, Span, TextEdit
from dag_lint.report.run import HOME, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dag_lint.diagnostic import Diagnostic, Fix, Position
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}

_LONGEST_SUGGESTION = 10
"""Lines."""


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
    if found.fix is not None and (edit := _as_one(found.fix, lines)) is not None:
        diagnostic["suggestions"] = [{"range": _range(edit.span, lines), "text": edit.text}]
    return diagnostic


def _as_one(fix: Fix, lines: Sequence[str]) -> TextEdit | None:
    """The edits of a fix as a single one: reviewdog offers each suggestion by itself, to be taken or not.

    None for edits that lie too far apart: nobody reviews half a file in a comment.
    """
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    if not edits or edits[-1].span.end.line - edits[0].span.start.line >= _LONGEST_SUGGESTION:
        return None
    pieces = [edits[0].text]
    for before, edit in pairwise(edits):
        pieces += (_between(before.span.end, edit.span.start, lines), edit.text)
    return TextEdit(Span(edits[0].span.start, edits[-1].span.end), "".join(pieces))


def _between(start: Position, end: Position, lines: Sequence[str]) -> str:
    stretch = list(lines[start.line - 1 : end.line])
    stretch[-1] = stretch[-1][: end.column]
    stretch[0] = stretch[0][start.column :]
    return "\n".join(stretch)


def _range(span: Span, lines: Sequence[str]) -> dict[str, dict[str, int]]:
    return {"start": _place(span.start, lines), "end": _place(span.end, lines)}


def _place(position: Position, lines: Sequence[str]) -> dict[str, int]:
    """A place as reviewdog counts: columns are bytes of UTF-8, from 1."""
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    # What lies beyond the end of the line, as in a file that could not be read, counts as it is.
    beyond = max(position.column - len(line), 0)
    column = len(line[: position.column].encode("utf-8", "surrogatepass")) + beyond
    return {"line": position.line, "column": column + 1}
