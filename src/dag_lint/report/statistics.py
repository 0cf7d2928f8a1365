"""How many findings there are of each rule, the most first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dag_lint.report.concise import concise
from dag_lint.report.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """What could not be done, each by itself; then a line for each rule, and the summary."""
    counted: Counter[tuple[str, str]] = Counter()
    for inspection in inspections:
        for found in inspection.diagnostics:
            if found.code == "DAG000":
                yield concise(found) + "\n"
            else:
                counted[found.code, found.name] += 1
    digits = len(str(max(counted.values(), default=0)))
    for (code, name), count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:{digits}}  {code}  {name}\n"
    if run.summed_up:
        yield f"{summary(run.counts)}\n"
