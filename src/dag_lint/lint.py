"""The whole pipeline on one screen: text -> tree -> facts -> findings -> diagnostics."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.diagnostic import Diagnostic, Span, not_analysed, one_line
from dag_lint.source import MAXIMUM_CHARACTERS, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from dag_lint.model import DagFile
    from dag_lint.rule import Finding, Rule
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile


class NotAnalysedError(Exception):
    """A file of which nothing can be said; its text says why."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file means, and the trees in which its facts have their places."""

    file: DagFile
    module: cst.Module
    tree: ast.AST


def lint(source: SourceFile, settings: Settings, tree: ast.AST | None = None) -> list[Diagnostic]:
    """What dag-lint has to say of a file, in the order of the text.

    `tree`: Python's own syntax tree of the text, when the caller has it. Never raises: a file that cannot
    be analysed gives one DAG000 that says why. Text that is no Python gives nothing; that is said by
    whoever parses it first.
    """
    if not source.mentions_airflow():
        return []
    try:
        return _findings(source, understand(source, settings, tree))
    except SyntaxError:
        return []
    except NotAnalysedError as error:
        return [not_analysed(source.path, str(error))]
    except Exception as error:
        # In flake8 an exception of a plugin hides the findings of every file.
        return [not_analysed(source.path, f"it could not be analysed: {type(error).__name__}")]


_last: list[tuple[SourceFile, Settings, Understood]] = []
"""The file that was understood last: several ask about the same one, and nobody goes back."""


def understand(source: SourceFile, settings: Settings, tree: ast.AST | None = None) -> Understood:
    """The facts of a file. Raises SyntaxError for what is no Python, NotAnalysedError for what is too much."""
    for before, under, understood in _last:
        if before is source and under == settings:
            return understood
    _last.clear()
    understood = _understand(source, settings, tree)
    _last.append((source, settings, understood))
    return understood


def _understand(source: SourceFile, settings: Settings, tree: ast.AST | None) -> Understood:
    if len(source.text) > MAXIMUM_CHARACTERS:
        raise NotAnalysedError(f"it has more than {MAXIMUM_CHARACTERS:,} characters")
    try:
        tree = ast.parse(source.text) if tree is None else tree
        if too_deep(tree):
            raise NotAnalysedError("its code is nested too deep")
    except (RecursionError, MemoryError, ValueError):
        raise NotAnalysedError("its code is nested too deep") from None
    import libcst as cst

    from dag_lint.build.file import build_file

    try:
        module = cst.parse_module(source.text)
    except cst.ParserSyntaxError:
        raise NotAnalysedError("libcst cannot read its syntax") from None
    return Understood(build_file(source, module, settings), module, tree)


def _findings(source: SourceFile, understood: Understood) -> list[Diagnostic]:
    from dag_lint.rules import ALL_RULES
    from dag_lint.spans import locate

    file = understood.file
    if file.for_tests:
        return []
    rules = {rule.code: rule() for rule in ALL_RULES if is_active(rule, file)}
    findings = [finding for rule in rules.values() for finding in rule.check(file)]
    if not findings:
        return []
    spans = locate(
        understood.module,
        understood.tree,
        (node for finding in findings for node in (finding.where, *finding.uses)),
    )
    return _diagnostics(source, findings, rules, spans)


def is_active(rule: type[Rule], file: DagFile) -> bool:
    """Whether a rule speaks of this file: by its default, the target version and the setting `enable`."""
    if rule.default == "off":
        return file.settings.enables(rule.code)
    return rule.default == "on" or file.target.admits(int(rule.default)) or file.settings.enables(rule.code)


def _diagnostics(
    source: SourceFile, findings: Iterable[Finding], rules: dict[str, Rule], spans: dict[int, Span]
) -> list[Diagnostic]:
    """One diagnostic for each code and place, however many DAGs led to it."""
    found: dict[tuple[Span, str], Diagnostic] = {}
    for finding in findings:
        span = next((spans[id(node)] for node in (finding.where, *finding.uses) if id(node) in spans), None)
        if span is not None:
            rule = rules[finding.code]
            found.setdefault(
                (span, rule.code),
                Diagnostic(source.path, rule.code, rule.name, one_line(finding.message), span, rule.severity),
            )
    return [found[key] for key in sorted(found, key=lambda key: (key[0].start, key[0].end, key[1]))]
