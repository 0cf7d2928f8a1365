"""The forms in which findings are reported, by the names that `--output-format` takes.

Each is a module with a function `report`. It takes what was found file by file, and gives the text in pieces,
as soon as it can: a line for each finding at once, a document when the last file is done.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run


class Report(Protocol):
    """The function of a form."""

    def __call__(self, inspections: Iterable[Inspection], run: Run) -> Iterator[str]: ...


FORMATS = {
    "text": "dag_lint.report.text",
    "concise": "dag_lint.report.concise",
    "json": "dag_lint.report.json_document",
    "jsonl": "dag_lint.report.json_lines",
    "sarif": "dag_lint.report.sarif",
    "github": "dag_lint.report.github",
    "gitlab": "dag_lint.report.gitlab",
    "junit": "dag_lint.report.junit",
    "azure": "dag_lint.report.azure",
    "rdjsonl": "dag_lint.report.rdjsonl",
    "statistics": "dag_lint.report.statistics",
}
"""The module of each, imported when it is wanted."""


def report_as(name: str) -> Report:
    """The function of a form."""
    return cast(Report, import_module(FORMATS[name]).report)
