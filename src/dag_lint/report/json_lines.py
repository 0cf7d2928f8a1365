"""JSON, an object on each line: for programs that read while dag-lint still runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dag_lint.report.json_document import as_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """A line for each finding."""
    for inspection in inspections:
        for found in as_objects(inspection, run):
            yield json.dumps(found, separators=(",", ":")) + "\n"
