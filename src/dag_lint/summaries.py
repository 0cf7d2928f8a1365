"""A file summed up for the rules about whole projects, from the same analysis as its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.lint import is_active, understand
from dag_lint.project.summarise import places_of, summarise
from dag_lint.rule import ProjectRule
from dag_lint.rules import ALL_RULES
from dag_lint.spans import locate

if TYPE_CHECKING:
    import ast

    from dag_lint.project import FileSummary
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile


def summary_of(source: SourceFile, settings: Settings, tree: ast.AST | None = None) -> FileSummary | None:
    """What a file builds, None for one that lies in no project. Raises what `understand` raises.

    `tree`: Python's own syntax tree of the text, when the caller has it.
    """
    understood = understand(source, settings, tree)
    file = understood.file
    active = [rule.code for rule in ALL_RULES if issubclass(rule, ProjectRule) and is_active(rule, file)]
    spans = locate(understood.module, understood.tree, places_of(file))
    return summarise(file, source, spans, active)
