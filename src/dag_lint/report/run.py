"""What a form is given beside the findings: where the files lie, what the rules are, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dag_lint import __version__
from dag_lint.report.style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.report.places import Places
    from dag_lint.rule import Rule

HOME = "https://github.com/dag-lint/dag-lint"


@dataclass(slots=True)
class Counts:
    """What a run has found so far in its files."""

    files: int = 0
    """How many are looked at, findings or not."""
    files_with_findings: int = 0
    findings: int = 0
    not_analysed: int = 0
    """How many DAG000 there were, which are no findings."""
    fixable: int = 0
    """How many findings have a safe fix."""
    fixable_unsafely: int = 0
    """How many have an unsafe one."""
    exit_zero: bool = False
    """Whether findings alone leave the exit status as it is."""

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Count what is found in a file."""
        before = self.findings
        for found in diagnostics:
            if found.code == "DAG000":
                self.not_analysed += 1
                continue
            self.findings += 1
            if found.fix is not None:
                self.fixable += found.fix.safe
                self.fixable_unsafely += not found.fix.safe
        self.files_with_findings += self.findings > before

    @property
    def status(self) -> int:
        """The exit status: 0 nothing found, 1 something found, 2 something could not be done."""
        if self.not_analysed:
            return 2
        return 1 if self.findings and not self.exit_zero else 0


@dataclass(frozen=True, slots=True)
class Run:
    """What a form may want to know of a run; `counts` is complete when the last file has been given."""

    places: Places
    rules: Callable[[], Mapping[str, type[Rule]]] = dict
    """All rules by their codes. A function, because importing them is dear and few forms tell of them."""
    counts: Counts = field(default_factory=Counts)
    style: Style = PLAIN
    summed_up: bool = True
    """Whether a form for people ends with how much was found."""


def page_of(code: str) -> str | None:
    """Where a rule of ours is explained, in this very version of it."""
    ours = code.startswith("DAG") and code != "DAG000"
    return f"{HOME}/blob/v{__version__}/docs/rules/{code}.md" if ours else None
