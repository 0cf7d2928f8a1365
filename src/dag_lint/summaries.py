"""A file summed up for the rules about whole projects, from the same analysis as its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.collector import without_collector
from dag_lint.lint import active_rules, understand
from dag_lint.project.summarise import places_of, summarise
from dag_lint.rule import ProjectRule
from dag_lint.spans import locate

if TYPE_CHECKING:
    from dag_lint.lint import Understood
    from dag_lint.project import FileSummary
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile


def summary_of(source: SourceFile, settings: Settings) -> FileSummary | None:
    """What a file builds, None for one that lies in no project. Raises what `understand` raises."""
    with without_collector():
        return summed_up(source, understand(source, settings, flows=False))


def summed_up(source: SourceFile, understood: Understood) -> FileSummary | None:
    """What a file builds that was understood already."""
    file = understood.file
    active = [rule.code for rule in active_rules(file) if issubclass(rule, ProjectRule)]
    spans = locate(understood.module, understood.tree, places_of(file))
    return summarise(file, source, spans, active)
