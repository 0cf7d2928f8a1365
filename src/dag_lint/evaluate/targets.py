"""Assignment: to names, attributes, items, and to several of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.objects import Class, Object
from dag_lint.known import Constant, Entry, External, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter


def assign(run: Interpreter, target: cst.BaseExpression, value: Value) -> None:
    """`target = value`."""
    if isinstance(target, cst.Name):
        run.bind(target.value, value)
    elif isinstance(target, (cst.Tuple, cst.List)):
        _unpack(run, target, value)
    elif isinstance(target, cst.Attribute):
        _assign_attribute(run, target, value)
    elif isinstance(target, cst.Subscript):
        _assign_item(run, target, value)
    elif isinstance(target, cst.StarredElement):
        assign(run, target.value, value)


def _unpack(run: Interpreter, target: cst.Tuple | cst.List, value: Value) -> None:
    items, open_ended = iterate(run, value)
    starred = [i for i, element in enumerate(target.elements) if isinstance(element, cst.StarredElement)]
    count = len(target.elements)
    if open_ended or (not starred and len(items) != count) or (starred and len(items) < count - 1):
        for element in target.elements:
            assign(run, element.value, Unknown(element.value))
        return
    if not starred:
        for element, item in zip(target.elements, items, strict=True):
            assign(run, element.value, item)
        return
    before, after = starred[0], count - starred[0] - 1
    for element, item in zip(target.elements[:before], items[:before], strict=True):
        assign(run, element.value, item)
    rest = items[before : len(items) - after]
    assign(run, target.elements[before].value, Sequence("list", list(rest), target))
    if after:
        for element, item in zip(target.elements[-after:], items[-after:], strict=True):
            assign(run, element.value, item)


def _assign_attribute(run: Interpreter, target: cst.Attribute, value: Value) -> None:
    owner = run.evaluate(target.value)
    name = target.attr.value
    if isinstance(owner, Object):
        owner.set_attribute(run, name, value, target)
    elif isinstance(owner, Class):
        owner.namespace[name] = value if run.certain else Unknown(target)
    elif isinstance(owner, External):
        run.world.set_external_attribute(owner.path, name, value)


def _assign_item(run: Interpreter, target: cst.Subscript, value: Value) -> None:
    container = run.evaluate(target.value)
    if len(target.slice) != 1 or not isinstance(target.slice[0].slice, cst.Index):
        if isinstance(container, Sequence):
            container.open_ended = True
        return
    key_node = target.slice[0].slice.value
    key = run.evaluate(key_node)
    if isinstance(container, Mapping):
        set_entry(run, container, key, Entry(value, key_node, value.node))
    elif isinstance(container, Sequence):
        _set_position(run, container, key, value)
    elif isinstance(container, Object):
        container.set_item(run, key, value, target)


def set_entry(run: Interpreter, mapping: Mapping, key: Value, entry: Entry) -> None:
    """`mapping[key] = value`, unknown where it may not happen."""
    if not isinstance(key, (Constant, External)):
        mapping.entries = {
            name: Entry(Unknown(entry.value.node), old.key_node) for name, old in mapping.entries.items()
        }
        mapping.open_ended = True
        return
    name = key.value if isinstance(key, Constant) else key.path
    try:
        if run.certain:
            mapping.entries[name] = entry
        elif name in mapping.entries:
            mapping.entries[name] = Entry(Unknown(entry.value.node), entry.key_node)
        else:
            mapping.open_ended = True
    except TypeError:
        mapping.open_ended = True


def _set_position(run: Interpreter, sequence: Sequence, key: Value, value: Value) -> None:
    if not isinstance(key, Constant) or not isinstance(key.value, int) or sequence.open_ended:
        sequence.open_ended = True
        return
    if -len(sequence.items) <= key.value < len(sequence.items):
        sequence.items[key.value] = value if run.certain else Unknown(value.node)
