"""The whole pipeline on one screen: text -> tree -> facts -> findings -> diagnostics."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dag_lint.collector import without_collector
from dag_lint.diagnostic import Diagnostic, Span, not_analysed, one_line
from dag_lint.source import MAXIMUM_CHARACTERS, parse, too_deep

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable

    import libcst as cst

    from dag_lint.model import DagFile
    from dag_lint.remedy import Remedy
    from dag_lint.rule import Finding, Rule
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile
    from dag_lint.target import Target


class NotAnalysedError(Exception):
    """A file of which nothing can be said; its text says why."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file means, and the trees in which its facts have their places."""

    file: DagFile
    module: cst.Module
    tree: ast.AST


def lint(
    source: SourceFile,
    settings: Settings,
    tree: ast.AST | None = None,
    note: Callable[[Understood], None] = lambda understood: None,
    *,
    fixes: bool = False,
) -> list[Diagnostic]:
    """What dag-lint has to say of a file, in the order of the text.

    `tree`: Python's own syntax tree of the text, when the caller has it. `note` is told what was understood,
    and must not keep it. `fixes`: whether to work out how the findings can be mended. Never raises: a file that
    cannot be analysed, or not to its end, gives one DAG000 that says why. Text that is no Python gives nothing;
    that is said by whoever parses it first.
    """
    if not source.mentions_airflow():
        return []
    try:
        with without_collector():
            return _linted(source, settings, tree, note, fixes=fixes)
    except SyntaxError:
        return []
    except NotAnalysedError as error:
        return [not_analysed(source.path, str(error))]
    except Exception as error:
        # In flake8 an exception of a plugin hides the findings of every file.
        return [not_analysed(source.path, f"it could not be analysed: {type(error).__name__}")]


def _linted(
    source: SourceFile,
    settings: Settings,
    tree: ast.AST | None,
    note: Callable[[Understood], None],
    *,
    fixes: bool,
) -> list[Diagnostic]:
    # What was understood is gone with this function: the collector, when it is on again, does not see it.
    understood = understand(source, settings, tree)
    try:
        note(understood)
        return _findings(source, understood, fixes=fixes)
    finally:
        understood.file.let_go()


def understand(
    source: SourceFile, settings: Settings, tree: ast.AST | None = None, *, flows: bool = True
) -> Understood:
    """The facts of a file. Raises SyntaxError for what is no Python, NotAnalysedError for what is too much.

    `flows`: whether to look into callables, which is half of the cost.
    """
    with without_collector():
        return _understand(source, settings, tree, flows=flows)


def _understand(source: SourceFile, settings: Settings, tree: ast.AST | None, *, flows: bool) -> Understood:
    if len(source.text) > MAXIMUM_CHARACTERS:
        raise NotAnalysedError(f"it has more than {MAXIMUM_CHARACTERS:,} characters")
    try:
        tree = parse(source.text) if tree is None else tree
        if too_deep(tree, source.text):
            raise NotAnalysedError("its code is nested too deep")
    except (RecursionError, MemoryError, ValueError):
        raise NotAnalysedError("its code is nested too deep") from None
    is_first = "libcst" not in sys.modules
    import libcst as cst

    from dag_lint.build.file import build_file

    if is_first:
        from dag_lint import registry, spans  # noqa: F401

        # Modules live as long as the process. That the collector leaves them alone saves a fifth of what
        # importing libcst takes, at the end of the process alone.
        gc.freeze()
    try:
        module = cst.parse_module(source.text)
    except cst.ParserSyntaxError:
        raise NotAnalysedError("libcst cannot read its syntax") from None
    except RecursionError:
        # A dotted name of a thousand parts is no depth to Python.
        raise NotAnalysedError("its code is nested too deep") from None
    return Understood(build_file(source, module, settings, flows=flows), module, tree)


def _findings(source: SourceFile, understood: Understood, *, fixes: bool) -> list[Diagnostic]:
    from dag_lint.spans import locate

    file = understood.file
    if file.for_tests:
        return []
    rules = {rule.code: rule() for rule in active_rules(file)}
    failures = [] if file.cut_short_at is None else [_cut_short(source, understood)]
    findings = [finding for rule in rules.values() for finding in _ask(rule, file, failures)]
    if not findings:
        return failures
    spans = locate(
        understood.module,
        understood.tree,
        (node for finding in findings for node in (finding.where, *finding.uses)),
    )
    found = _diagnostics(source, findings, rules, spans)
    return failures + (_with_fixes(found, source, understood) if fixes else [one for one, _ in found])


def _cut_short(source: SourceFile, understood: Understood) -> Diagnostic:
    from dag_lint.spans import locate

    node = understood.file.cut_short_at
    span = locate(understood.module, understood.tree, [node]).get(id(node))
    line = 1 if span is None else span.start.line
    reason = "this does more than dag-lint follows: it is read in part, and what stands below it not at all"
    return not_analysed(source.path, reason, line)


def _ask(rule: Rule, file: DagFile, failures: list[Diagnostic]) -> list[Finding]:
    """What a rule finds; where it fails, that is told, and what the others find stays."""
    try:
        found = list(rule.check(file))
        if found:
            # Imported here, and below, since sixty rules are asked of every file and few find anything.
            from dag_lint.rule import Finding

            if not all(isinstance(one, Finding) and one.code == rule.code for one in found):
                raise TypeError
    except Exception as error:
        from dag_lint.registry import in_words

        reason = f"{in_words(rule.code)} could not be asked: {type(error).__name__}"
        failures.append(not_analysed(file.path, reason))
        return []
    return found


def active_rules(file: DagFile) -> tuple[type[Rule], ...]:
    """The rules that speak of a file: by their default, the target version and what the settings select."""
    from dag_lint.registry import all_rules

    return _active(all_rules(), file.settings, file.target)


@lru_cache(maxsize=64)
def _active(rules: tuple[type[Rule], ...], settings: Settings, target: Target) -> tuple[type[Rule], ...]:
    return tuple(rule for rule in rules if _is_active(rule, settings, target))


def _is_active(rule: type[Rule], settings: Settings, target: Target) -> bool:
    if not settings.selects(rule.code):
        return False
    if rule.default == "off":
        return settings.enables(rule.code)
    return rule.default == "on" or target.admits(int(rule.default)) or settings.enables(rule.code)


def _diagnostics(
    source: SourceFile, findings: Iterable[Finding], rules: dict[str, Rule], spans: dict[int, Span]
) -> list[tuple[Diagnostic, Remedy | None]]:
    """One diagnostic for each code and place, however many DAGs led to it, with the remedy that is right for all."""
    found: dict[tuple[Span, str], tuple[Diagnostic, Remedy | None]] = {}
    for finding in findings:
        span = next((spans[id(node)] for node in (finding.where, *finding.uses) if id(node) in spans), None)
        if span is None:
            continue
        rule = rules[finding.code]
        key = (span, rule.code)
        if key not in found:
            message = one_line(finding.message)
            diagnostic = Diagnostic(source.path, rule.code, rule.name, message, span, rule.severity)
            found[key] = diagnostic, finding.remedy
        elif found[key][1] != finding.remedy:
            found[key] = found[key][0], None
    return [found[key] for key in sorted(found, key=lambda key: (key[0].start, key[0].end, key[1]))]


def _with_fixes(
    found: list[tuple[Diagnostic, Remedy | None]], source: SourceFile, understood: Understood
) -> list[Diagnostic]:
    """The diagnostics with the fixes that carry out their remedies."""
    from dag_lint.edits import fixes_for

    remedies = {index: remedy for index, (_, remedy) in enumerate(found) if remedy is not None}
    try:
        fixes = fixes_for(remedies, understood.module, source.text) if remedies else {}
    except Exception:
        # A finding is worth more than its fix.
        fixes = {}
    return [replace(diagnostic, fix=fixes.get(index)) for index, (diagnostic, _) in enumerate(found)]
