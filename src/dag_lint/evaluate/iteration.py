"""What a loop goes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.lazies import Lazy, key_as_value
from dag_lint.evaluate.objects import BoundMethod, CallArguments, Function
from dag_lint.known import Constant, Mapping, Sequence, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter

ITEMS_A_STEP = 20
"""So many items are copied in the time that an expression takes."""

MAXIMUM_ITEMS = 200_000
"""A longer range is not spelled out; the fuel ends a loop long before."""


def iterate(run: Interpreter, value: Value) -> tuple[list[Value], bool]:
    """The items that iterating over `value` yields, and whether there may be others.

    They come in the order of the list only where `in_order` says so.
    """
    if isinstance(value, Sequence):
        run.spend(len(value.items) // ITEMS_A_STEP)
        return _consume(run, value) if value.kind == "iterator" else (value.items, value.open_ended)
    if isinstance(value, Mapping):
        keys = [key_as_value(key, entry.key_node) for key, entry in value.entries.items()]
        return keys, value.open_ended
    if isinstance(value, Constant):
        if isinstance(value.value, str):
            return [Constant(character, value.node) for character in value.value], False
        if isinstance(value.value, range) and len(value.value) <= MAXIMUM_ITEMS:
            run.spend(len(value.value) // ITEMS_A_STEP)
            return [Constant(number, value.node) for number in value.value], False
        return [], True
    if isinstance(value, Class) and value.is_enum():
        return value.members(), False
    if isinstance(value, Lazy):
        return _consume(run, value.spread())
    if isinstance(value, Instance):
        return _iterate_instance(run, value)
    return [], True


def _iterate_instance(run: Interpreter, value: Instance) -> tuple[list[Value], bool]:
    items = value.as_items()
    if items is not None:
        return items, False
    method = value.cls.look_up("__iter__")
    if not isinstance(method, Function):
        return [], True
    found = run.call(BoundMethod(method, value, value.node), CallArguments(), None)
    return ([], True) if isinstance(found, Instance) else iterate(run, found)


def _consume(run: Interpreter, iterator: Sequence) -> tuple[list[Value], bool]:
    """An iterator gives its items once."""
    items, open_ended = iterator.items, iterator.open_ended
    iterator.items = []
    if not run.sure_of(iterator.born):
        iterator.open_ended = True
    return items, open_ended


def in_order(value: Value) -> bool:
    """Whether the items that `iterate` gives come in that order, with none between them."""
    if isinstance(value, Sequence):
        return not (value.unordered or value.open_ended)
    if isinstance(value, Lazy):
        return in_order(value.spread())
    return not (isinstance(value, Mapping) and value.open_ended)
