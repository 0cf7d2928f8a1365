"""GitLab's Code Quality report, an array of issues: the artifact `codequality` of a job."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from dag_lint.diagnostic import Severity
from dag_lint.fingerprint import fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic, Position
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
"""Of info, minor, major, critical and blocker."""


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """The array; files are named from the top of the repository."""
    issues = [issue for one in inspections for issue in _issues(one, run)]
    # GitLab drops an issue whose name another one has, as when a missing file was asked for twice.
    seen: Counter[str] = Counter()
    for issue in issues:
        name = issue["fingerprint"]
        issue["fingerprint"] = f"{name}-{seen[name]}" if seen[name] else name
        seen[name] += 1
    yield json.dumps(issues, indent=2) + "\n"


def _issues(inspection: Inspection, run: Run) -> Iterator[dict[str, Any]]:
    found = inspection.diagnostics
    for diagnostic, fingerprint in zip(found, fingerprints(found, inspection.text), strict=True):
        yield _issue(diagnostic, run.places.in_repository(diagnostic.path), fingerprint)


def _issue(found: Diagnostic, path: str, fingerprint: str) -> dict[str, Any]:
    # A finding's own name tells it from the others of its file alone.
    name = hashlib.sha256(f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {
        "check_name": found.code,
        "description": f"{found.code}: {found.message}",
        "severity": _SEVERITIES[found.severity],
        "fingerprint": name,
        "location": {
            "path": path,
            "positions": {"begin": _place(found.span.start), "end": _place(found.span.end)},
        },
    }


def _place(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column + 1}
