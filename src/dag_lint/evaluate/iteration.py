"""What a loop goes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.objects import Class
from dag_lint.known import Constant, Mapping, Sequence, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter

MAXIMUM_ITEMS = 200_000
"""A longer range is not spelled out; the fuel ends a loop long before."""


def iterate(run: Interpreter, value: Value) -> tuple[list[Value], bool]:
    """The items that iterating over `value` yields, and whether there may be others."""
    if isinstance(value, Sequence):
        return value.items, value.open_ended
    if isinstance(value, Mapping):
        return [Constant(key, entry.key_node) for key, entry in value.entries.items()], value.open_ended
    if isinstance(value, Constant):
        if isinstance(value.value, str):
            return [Constant(character, value.node) for character in value.value], False
        if isinstance(value.value, range) and len(value.value) <= MAXIMUM_ITEMS:
            return [Constant(number, value.node) for number in value.value], False
        return [], True
    if isinstance(value, Class) and value.is_enum():
        return value.members(), False
    return [], True
