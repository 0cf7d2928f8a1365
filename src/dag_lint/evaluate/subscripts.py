"""`value[key]` and `value[a:b]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.attempts import fails
from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.iteration import in_order
from dag_lint.evaluate.lazies import DefaultMapping
from dag_lint.evaluate.objects import CallArguments, Object
from dag_lint.evaluate.targets import key_of, set_entry, slice_of, subscript_key
from dag_lint.evaluate.values import either
from dag_lint.known import Constant, Either, Entry, External, Mapping, Sequence, Unknown, Value, text_of

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter


def subscript(run: Interpreter, node: cst.Subscript) -> Value:
    value = run.evaluate(node.value)
    index = node.slice[0].slice
    if len(node.slice) == 1 and isinstance(index, cst.Slice):
        return _slice(run, value, index, node)
    return item_of(run, value, subscript_key(run, node), node)


def item_of(run: Interpreter, value: Value, key: Value, node: cst.CSTNode) -> Value:
    """`value[key]`."""
    if isinstance(value, Instance) and (items := value.as_items()) is not None:
        return _position_of(Sequence("tuple", items), key, node)
    if isinstance(value, Object):
        return value.get_item(run, key, node)
    if isinstance(value, Mapping):
        return _entry_of(run, value, key, node)
    if isinstance(value, Sequence):
        return _position_of(value, key, node)
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes, range)):
        index = key.value if isinstance(key, Constant) and isinstance(key.value, int) else None
        inside = index is not None and -len(value.value) <= index < len(value.value)
        return Constant(value.value[index], node) if index is not None and inside else Unknown(node)
    if isinstance(value, External):
        return run.external_item(value, key, node)
    if isinstance(value, Class) and value.is_enum():
        found = value.look_up(text_of(key) or "")
        return found if isinstance(found, Instance) else Unknown(node)
    if isinstance(value, Either):
        found_items = [item_of(run, one, key, node) for one in value.values]
        return either([*found_items, Unknown(node)] if value.others else found_items)
    return Unknown(node)


def _entry_of(run: Interpreter, mapping: Mapping, key: Value, node: cst.CSTNode) -> Value:
    name = key_of(key)
    if name is None:
        return either([*(entry.value for entry in mapping.entries.values()), Unknown(node)])
    entry = mapping.entries.get(name[0])
    if entry is None and isinstance(mapping, DefaultMapping) and not mapping.open_ended:
        entry = Entry(run.call(mapping.factory, CallArguments(), None))
        set_entry(run, mapping, key, entry)
    if entry is None and not mapping.open_ended:
        fails(run, "KeyError")
    return Unknown(node) if entry is None else entry.value


def _position_of(sequence: Sequence, key: Value, node: cst.CSTNode) -> Value:
    if sequence.kind not in ("list", "tuple"):
        return Unknown(node)
    if isinstance(key, Constant) and isinstance(key.value, int) and in_order(sequence):
        inside = -len(sequence.items) <= key.value < len(sequence.items)
        return sequence.items[key.value] if inside else Unknown(node)
    return either([*sequence.items, Unknown(node)])


def _slice(run: Interpreter, value: Value, index: cst.Slice, node: cst.Subscript) -> Value:
    bounds = slice_of(run, index)
    if bounds is None:
        return Unknown(node)
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes, range)):
        return Constant(value.value[bounds], node)
    if isinstance(value, Sequence) and value.kind in ("list", "tuple") and in_order(value):
        return Sequence(value.kind, value.items[bounds], node, born=run.doubts)
    return Unknown(node)
