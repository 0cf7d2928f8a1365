"""Running a snippet through the evaluator, and through Python itself to know what is right."""

from __future__ import annotations

import textwrap
from typing import Any

import libcst as cst

from dag_lint.build.callables import CallableCollector
from dag_lint.build.context import Building
from dag_lint.build.siblings import Siblings
from dag_lint.build.world import AirflowWorld
from dag_lint.evaluate import Interpreter
from dag_lint.evaluate.scope import Scope
from dag_lint.evaluate.values import plain
from dag_lint.known import Sequence, Text, Value

UNKNOWN = "unknown"
"""What `known` gives for a value that is not wholly known."""


def scope_of(code: str, fuel: int = 50_000) -> Scope:
    """The names of a module after the snippet was read."""
    scope = Scope("module")
    world = AirflowWorld(Building(None), CallableCollector(scope), Siblings(None, None))
    Interpreter(world, fuel).run_module(scope, cst.parse_module(textwrap.dedent(code)))
    return scope


def value_of(code: str, name: str = "x") -> Value | None:
    """The value of a name after the snippet was read."""
    return scope_of(code).look_up(name)


def known(code: str, name: str = "x") -> Any:
    """The Python object that a name is bound to, UNKNOWN when it is not wholly known."""
    value = value_of(code, name)
    is_known, found = plain(value) if value is not None else (False, None)
    if not is_known:
        return UNKNOWN
    return set(found) if isinstance(value, Sequence) and value.kind == "set" else found  # type: ignore[call-overload]


def in_python(code: str, name: str = "x") -> Any:
    """What Python makes of the same snippet, which is one of ours."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(textwrap.dedent(code), names)
    return names[name]


def ending(code: str) -> str:
    """The known end of a string of which the beginning is not known."""
    value = value_of(code)
    assert isinstance(value, Text)
    return value.ending
