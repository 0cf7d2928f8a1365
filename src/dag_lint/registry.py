"""All rules there are: those of this package, and those that others bring by the entry point `dag_lint.rules`.

What is installed is looked up once in a process, when the first file about Airflow is linted.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from dag_lint import rules
from dag_lint.diagnostic import one_line
from dag_lint.rule import Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "dag_lint.rules"
OURS = "DAG"
"""The beginning of the codes of this package's rules."""


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rules that other packages bring, sorted by code, and the distributions that they come from, by code.

    `problems`: what is wrong with such rules, one sentence each.
    """

    rules: tuple[type[Rule], ...] = ()
    homes: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class _WrongRuleError(Exception):
    """A rule that cannot be used; its text says why."""


def all_rules() -> tuple[type[Rule], ...]:
    """Every rule that can be used, ours first."""
    return (*rules.ALL_RULES, *own_rules().rules)


def in_words(code: str) -> str:
    """A rule by its code, with the distribution that it comes from if that is not this one."""
    home = own_rules().homes.get(code)
    return code if home is None else f"{code} of {home}"


@cache
def own_rules() -> OwnRules:
    """The rules of the packages that are installed beside this one."""
    known: dict[str, type[Rule]] = {}
    homes: dict[str, str] = {}
    problems: list[str] = []
    for entry in sorted(set(entry_points(group=GROUP)), key=lambda one: (_home(one), one.name)):
        try:
            rule = _loaded(entry, homes)
        except _WrongRuleError as error:
            problems.append(
                f'the rule "{entry.name}" of {_home(entry)} cannot be used: {one_line(str(error))}'
            )
            continue
        known[rule.code] = rule
        homes[rule.code] = _home(entry)
    return OwnRules(tuple(known[code] for code in sorted(known)), homes, tuple(problems))


def _loaded(entry: EntryPoint, homes: dict[str, str]) -> type[Rule]:
    """The class behind an entry point. Raises _WrongRuleError."""
    try:
        found = entry.load()
    except Exception as error:  # whatever importing the code of others raises
        raise _WrongRuleError(f"{type(error).__name__}: {error}") from None
    if not (isinstance(found, type) and issubclass(found, Rule)):
        raise _WrongRuleError(f"{entry.value} is no subclass of dag_lint.rule.Rule")
    if not hasattr(found, "code"):
        raise _WrongRuleError(f"{entry.value} is a base class of rules")
    if inspect.isabstract(found):
        missing = " and ".join(sorted(found.__abstractmethods__))
        raise _WrongRuleError(f"{found.__name__} lacks the method {missing}")
    if found.code.startswith(OURS):
        raise _WrongRuleError(
            f"its code is {found.code}, and codes that begin with {OURS} are dag-lint's own"
        )
    if found.code in homes:
        raise _WrongRuleError(f"{found.code} is already the code of a rule of {homes[found.code]}")
    return found


def _home(entry: EntryPoint) -> str:
    """The distribution that an entry point belongs to."""
    return entry.dist.name if entry.dist is not None else "an unknown distribution"
