"""Commands for the agent of Azure Pipelines, which makes an issue of each: `##vso[task.logissue ...]message`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "warning"}
"""Azure has these two."""

_ESCAPES = {"\r": "%0D", "\n": "%0A", ";": "%3B", "]": "%5D"}
_LOOKS_ESCAPED = re.compile("%(?=0D|0A|3B|5D|AZP25)", re.IGNORECASE)


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """A command for each finding; files are named from the top of the repository."""
    for inspection in inspections:
        for found in inspection.diagnostics:
            yield _command(found, run.places.in_repository(found.path)) + "\n"


def _command(found: Diagnostic, path: str) -> str:
    start = found.span.start
    place = f"sourcepath={_property(path)};linenumber={start.line};columnnumber={start.column + 1}"
    kind = _TYPES[found.severity]
    return f"##vso[task.logissue type={kind};{place};code={found.code};]{_data(found.message)}"


def _data(text: str) -> str:
    # Older agents do not know %AZP25 and would show it: it stands only where a percent sign would mislead.
    text = _LOOKS_ESCAPED.sub("%AZP25", text)
    return text.replace("\r", _ESCAPES["\r"]).replace("\n", _ESCAPES["\n"])


def _property(text: str) -> str:
    text = _LOOKS_ESCAPED.sub("%AZP25", text)
    return "".join(_ESCAPES.get(character, character) for character in text)
