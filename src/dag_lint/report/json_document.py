"""JSON, one array of all findings, each with the keys that ruff gives its own, and a fingerprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dag_lint.fingerprint import fingerprints
from dag_lint.report.run import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic, Fix, Position
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """The array."""
    yield json.dumps([found for one in inspections for found in as_objects(one, run)], indent=2) + "\n"


def as_objects(inspection: Inspection, run: Run) -> Iterator[dict[str, Any]]:
    """What is found in a file; lines and columns from 1, in code points, and ends exclusive."""
    found = inspection.diagnostics
    for diagnostic, fingerprint in zip(found, fingerprints(found, inspection.text), strict=True):
        yield _as_object(diagnostic, fingerprint, run)


def _as_object(found: Diagnostic, fingerprint: str, run: Run) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "message": found.message,
        "filename": run.places.in_folder(found.path),
        "location": _place(found.span.start),
        "end_location": _place(found.span.end),
        "fix": None if found.fix is None else _fix(found.fix),
        "url": page_of(found.code),
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "message": fix.title,
        "applicability": "safe" if fix.safe else "unsafe",
        "edits": [
            {
                "content": edit.text,
                "location": _place(edit.span.start),
                "end_location": _place(edit.span.end),
            }
            for edit in fix.edits
        ],
    }


def _place(position: Position) -> dict[str, int]:
    return {"row": position.line, "column": position.column + 1}
