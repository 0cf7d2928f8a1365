"""Assignment: to names, attributes, items, and to several of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.iteration import in_order, iterate
from dag_lint.evaluate.lazies import View
from dag_lint.evaluate.objects import Object
from dag_lint.evaluate.values import either, plain
from dag_lint.known import Constant, Either, Entry, External, Mapping, Sequence, Unknown, Value

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
    ordered = in_order(value)
    items, open_ended = iterate(run, value)
    open_ended = open_ended or not ordered
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
    set_attribute(run, run.evaluate(target.value), target.attr.value, value, target)


def set_attribute(run: Interpreter, owner: Value, name: str, value: Value, node: cst.CSTNode) -> None:
    """`owner.name = value`."""
    if isinstance(owner, Object):
        owner.set_attribute(run, name, value, node)
    elif isinstance(owner, Class):
        run.set_member(owner, name, value if run.certain else either([value, Unknown(node)]))
    elif isinstance(owner, External):
        run.world.set_external_attribute(owner.path, name, value)
    elif isinstance(owner, Either):
        for one in owner.values:
            with run.doubtful():
                set_attribute(run, one, name, value, node)


def _assign_item(run: Interpreter, target: cst.Subscript, value: Value) -> None:
    container = run.evaluate(target.value)
    if len(target.slice) != 1:
        disturb(container)
        return
    part = target.slice[0].slice
    if isinstance(part, cst.Index):
        set_item(run, container, run.evaluate(part.value), value, part.value)
    elif isinstance(part, cst.Slice):
        _set_slice(run, container, part, value)


def set_item(run: Interpreter, container: Value, key: Value, value: Value, node: cst.CSTNode) -> None:
    """`container[key] = value`; `node`: the key as written."""
    if isinstance(container, Mapping):
        set_entry(run, container, key, Entry(value, node, value.node))
    elif isinstance(container, Sequence):
        _set_position(run, container, key, value)
    elif isinstance(container, Object):
        container.set_item(run, key, value, node)
    elif isinstance(container, Either):
        for one in container.values:
            with run.doubtful():
                set_item(run, one, key, value, node)


def _set_slice(run: Interpreter, container: Value, part: cst.Slice, value: Value) -> None:
    bounds = slice_of(run, part)
    items, open_ended = iterate(run, value)
    whole = isinstance(container, Sequence) and in_order(container) and not open_ended
    if isinstance(container, Sequence) and whole and bounds is not None and run.sure_of(container.born):
        try:
            container.items[bounds] = list(items)
        except ValueError:
            disturb(container)
    else:
        disturb(container)


def slice_of(run: Interpreter, part: cst.Slice) -> slice | None:
    """The bounds of `[a:b:c]`, None when one is not known."""
    bounds: list[int | None] = []
    for expression in (part.lower, part.upper, part.step):
        bound = Constant(None) if expression is None else run.evaluate(expression)
        if not isinstance(bound, Constant) or not isinstance(bound.value, (int, type(None))):
            return None
        bounds.append(bound.value)
    return None if bounds[2] == 0 else slice(*bounds)


def delete(run: Interpreter, target: cst.BaseExpression) -> None:
    """`del target`."""
    if isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            delete(run, element.value)
    elif isinstance(target, cst.Name):
        run.unbind(target.value)
    elif isinstance(target, cst.Attribute):
        owner = run.evaluate(target.value)
        if isinstance(owner, Object):
            owner.delete_attribute(run, target.attr.value)
    elif isinstance(target, cst.Subscript):
        _delete_item(run, run.evaluate(target.value), target)


def _delete_item(run: Interpreter, container: Value, target: cst.Subscript) -> None:
    part = target.slice[0].slice
    if isinstance(container, Sequence) and run.sure_of(container.born) and in_order(container):
        key = run.evaluate(part.value) if isinstance(part, cst.Index) else None
        bounds = slice_of(run, part) if isinstance(part, cst.Slice) else getattr(key, "value", None)
        if isinstance(bounds, (int, slice)) and len(target.slice) == 1:
            try:
                del container.items[bounds]
            except IndexError:
                disturb(container)
            return
    elif isinstance(container, Mapping) and isinstance(part, cst.Index):
        remove_entry(run, container, run.evaluate(part.value))
        return
    elif isinstance(container, Object) and isinstance(part, cst.Index):
        container.delete_item(run, run.evaluate(part.value))
        return
    disturb(container)


def remove_entry(run: Interpreter, mapping: Mapping, key: Value) -> None:
    """`del mapping[key]`."""
    name = key_of(key)
    if name is None or (name[0] not in mapping.entries and mapping.open_ended):
        # Any of them may be gone.
        disturb(mapping)
    elif name[0] in mapping.entries:
        if run.sure_of(mapping.born):
            del mapping.entries[name[0]]
        else:
            mapping.entries[name[0]] = Entry(Unknown(key.node))
            mapping.open_ended = True


def key_of(key: Value) -> tuple[object] | None:
    """What a dict files an entry under, None when that is not known."""
    if isinstance(key, (Constant, External)):
        name = key.value if isinstance(key, Constant) else key.path
    elif isinstance(key, Sequence) and key.kind == "tuple":
        known, name = plain(key)
        if not known:
            return None
    elif isinstance(key, Object):
        return key.key()
    else:
        return None
    try:
        hash(name)
    except TypeError:
        return None
    return (name,)


def set_entry(run: Interpreter, mapping: Mapping, key: Value, entry: Entry) -> None:
    """`mapping[key] = value`, unknown where it may not happen."""
    name = key_of(key)
    if name is None:
        mapping.entries = {
            known: Entry(either([old.value, Unknown(entry.value.node)]), old.key_node)
            for known, old in mapping.entries.items()
        }
        mapping.open_ended = True
    elif run.sure_of(mapping.born):
        mapping.entries[name[0]] = entry
    elif name[0] in mapping.entries:
        before = mapping.entries[name[0]]
        mapping.entries[name[0]] = Entry(either([before.value, entry.value]), entry.key_node)
    else:
        mapping.open_ended = True


def _set_position(run: Interpreter, sequence: Sequence, key: Value, value: Value) -> None:
    if not isinstance(key, Constant) or not isinstance(key.value, int) or not in_order(sequence):
        disturb(sequence)
    elif -len(sequence.items) <= key.value < len(sequence.items):
        before = sequence.items[key.value]
        sure = run.sure_of(sequence.born)
        sequence.items[key.value] = value if sure else either([before, value])


def disturb(value: Value, loses: bool = True) -> None:
    """Something not known is done to a value. `loses`: what it holds may be gone or changed."""
    if isinstance(value, Sequence):
        value.items = [] if loses and not isinstance(value, View) else value.items
        value.open_ended = True
    elif isinstance(value, Mapping):
        value.entries = {name: Entry(Unknown(entry.value.node)) for name, entry in value.entries.items()}
        value.open_ended = True
    elif isinstance(value, Instance):
        value.attributes = {name: Unknown(one.node) for name, one in value.attributes.items()}
        value.open_ended = True
    elif isinstance(value, Either):
        for one in value.values:
            disturb(one, loses)
