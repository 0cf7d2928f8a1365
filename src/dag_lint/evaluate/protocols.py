"""What the special methods of the project's classes do: `__len__`, `__add__`, `__contains__` ..."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.classes import Instance
from dag_lint.evaluate.comparing import compare
from dag_lint.evaluate.objects import BoundMethod, CallArguments, Function
from dag_lint.evaluate.values import truth
from dag_lint.evaluate.work import WORK
from dag_lint.known import Constant, Unknown, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

_COMPARISONS = {
    "==": ("__eq__", "__eq__"), "!=": ("__ne__", "__ne__"), "<": ("__lt__", "__gt__"), ">": ("__gt__", "__lt__"),
    "<=": ("__le__", "__ge__"), ">=": ("__ge__", "__le__"),
}  # fmt: skip


def special(run: Interpreter, value: Value, name: str, arguments: list[Value], node: Handle) -> Value | None:
    """The result of a special method that a class of the project defines, None when it defines none."""
    method = value.cls.look_up(name) if isinstance(value, Instance) else None
    if not isinstance(method, Function):
        return None
    return run.call(
        BoundMethod(method, value, node), CallArguments([(argument, node) for argument in arguments]), None
    )


def truth_of(run: Interpreter, value: Value) -> bool | None:
    """Whether a value counts as true, None when that is not known."""
    if isinstance(value, Instance):
        for name in ("__bool__", "__len__"):
            found = special(run, value, name, [], value.node)
            if found is not None:
                return truth(found)
    return truth(value)


def compare_values(run: Interpreter, symbol: str, left: Value, right: Value) -> bool | None:
    """`left symbol right`, asking the special methods of instances first."""
    if isinstance(left, Instance) or isinstance(right, Instance):
        found = _ask(run, symbol, left, right)
        if found is not None:
            return truth(found)
    answer = compare(symbol, left, right)
    run.spend(WORK.steps())
    return answer


def _ask(run: Interpreter, symbol: str, left: Value, right: Value) -> Value | None:
    if symbol in ("in", "not in"):
        found = special(run, right, "__contains__", [left], right.node)
        return found if found is None or symbol == "in" else _negated(found)
    if symbol not in _COMPARISONS:
        return None
    first, second = _COMPARISONS[symbol]
    found = special(run, left, first, [right], left.node)
    if found is None:
        found = special(run, right, second, [left], right.node)
    if found is None and symbol == "!=":
        equal = _ask(run, "==", left, right)
        return None if equal is None else _negated(equal)
    return found


def _negated(value: Value) -> Value:
    known = truth(value)
    return Unknown(value.node) if known is None else Constant(not known, value.node)
