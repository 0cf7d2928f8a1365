"""copy.copy and copy.deepcopy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.classes import Instance
from dag_lint.known import Constant, Entry, External, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle


def copy_of(run: Interpreter, value: Value, node: Handle, inner: Callable[[Value], Value]) -> Value:
    """A copy of a value, with `inner` of each thing that is in it."""
    if isinstance(value, Mapping):
        made = value.emptied(node, run.doubts)
        made.entries = {
            key: Entry(inner(entry.value), entry.key_node, entry.value_node)
            for key, entry in value.entries.items()
        }
        return made
    if isinstance(value, Sequence):
        items = [inner(item) for item in value.items]
        return Sequence(value.kind, items, node, value.open_ended, value.unordered, run.doubts)
    if isinstance(value, Instance):
        if value.cls.is_enum():
            return value
        copied = Instance(value.cls, node, run.doubts)
        copied.attributes = {name: inner(one) for name, one in value.attributes.items()}
        copied.open_ended = value.open_ended
        return copied
    return value if isinstance(value, (Constant, Text, External)) else Unknown(node)


def shallow(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`copy.copy(value)`."""
    value = arguments.value(0)
    return Unknown(node) if value is None else copy_of(run, value, node, lambda inner: inner)


def deep(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`copy.deepcopy(value)`: a thing that is in it twice is in the copy twice."""
    value = arguments.value(0)
    made: dict[int, Value] = {}
    in_progress: set[int] = set()

    def copied(inner: Value) -> Value:
        run.spend()
        if id(inner) not in made:
            if id(inner) in in_progress or len(in_progress) > 30:
                return Unknown(node)
            in_progress.add(id(inner))
            made[id(inner)] = copy_of(run, inner, node, copied)
            in_progress.discard(id(inner))
        return made[id(inner)]

    return Unknown(node) if value is None else copied(value)


COPY_CALLS = {"copy.copy": shallow, "copy.deepcopy": deep}
