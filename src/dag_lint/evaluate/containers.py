"""Methods of lists, tuples, sets and dicts, and what changes them in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.comparing import compare
from dag_lint.evaluate.iteration import ITEMS_A_STEP, in_order, iterate
from dag_lint.evaluate.lazies import View
from dag_lint.evaluate.objects import Object
from dag_lint.evaluate.ordering import sorted_items
from dag_lint.evaluate.targets import disturb, key_of, remove_entry, set_entry
from dag_lint.evaluate.values import MAXIMUM_LENGTH, either, lift, plain, same
from dag_lint.evaluate.work import VALUES_A_STEP
from dag_lint.known import Constant, Either, Entry, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

_ADDS_ONE = frozenset({"append", "add"})
_ADDS_MANY = frozenset({"extend", "update"})
_SET_OPERATORS = {
    "union": "|", "intersection": "&", "difference": "-", "symmetric_difference": "^",
    "intersection_update": "&", "difference_update": "-", "symmetric_difference_update": "^",
}  # fmt: skip
_READS = frozenset({"index", "count", "issubset", "issuperset", "isdisjoint", "copy"})


def sequence_method(
    run: Interpreter, receiver: Sequence, name: str, arguments: CallArguments, node: Handle
) -> Value:
    """`receiver.name(...)`."""
    if name == "copy":
        items = list(receiver.items)
        return Sequence(receiver.kind, items, node, receiver.open_ended, receiver.unordered, run.doubts)
    if receiver.kind == "set" and name in _SET_OPERATORS:
        return _combined_set(run, receiver, name, arguments, node)
    if name in _READS:
        return _read(receiver, name, arguments, node)
    if name in _ADDS_ONE or name in _ADDS_MANY:
        for value in arguments.values():
            add_items(run, receiver, [value] if name in _ADDS_ONE else value)
        return Constant(None, node)
    if run.sure_of(receiver.born) and arguments.complete:
        found = _change(run, receiver, name, arguments, node)
        if found is not None:
            return found
    # Whatever is done to it, what is in it and in which order is no longer known.
    gone = [*receiver.items, Unknown(node)]
    disturb(receiver)
    return either(gone) if name in ("pop", "popleft", "popitem") else Unknown(node)


def _plain_positions(arguments: CallArguments) -> list[Any]:
    known = [plain(value) for value, _ in arguments.positional]
    return [value for is_known, value in known if is_known]


def add_items(run: Interpreter, receiver: Sequence, added: list[Value] | Value) -> None:
    """Put something into a list or set: these values, or what iterating over a value gives."""
    ordered, open_ended, items = True, False, added
    if not isinstance(items, list):
        ordered = in_order(items)
        items, open_ended = iterate(run, items)
        items = list(items)
    run.spend(len(items) // ITEMS_A_STEP)
    if not run.sure_of(receiver.born) or len(receiver.items) + len(items) > MAXIMUM_LENGTH:
        receiver.open_ended = True
        return
    if receiver.kind == "set":
        items = _new_members(receiver.items, items)
        open_ended = open_ended or not all(_has_identity(item) for item in [*receiver.items, *items])
    receiver.items.extend(items)
    receiver.open_ended = receiver.open_ended or open_ended
    if not isinstance(receiver, View):
        receiver.unordered = is_unordered(receiver) or (not ordered and len(items) > 1)


def _new_members(present: list[Value], added: list[Value]) -> list[Value]:
    """What a set takes up: nothing twice, and nothing that may be there already under another name."""
    seen = {key_of(item) for item in present}
    found: list[Value] = []
    for item in added:
        key = key_of(item)
        if key is not None and key not in seen:
            seen.add(key)
            found.append(item)
        elif key is None and (plain(item)[0] or isinstance(item, Object)):
            found += [] if any(same(item, old) for old in [*present, *found]) else [item]
    return found


def is_unordered(value: Sequence) -> bool:
    """Whether the order of its items is nobody's business: a set of more than one, or what was made of it."""
    return value.unordered or (value.kind == "set" and len(value.items) > 1 and not isinstance(value, View))


def _has_identity(value: Value) -> bool:
    """Whether it can be told from others, so that a set holds it once."""
    return plain(value)[0] or isinstance(value, Object)


def make_set(run: Interpreter, items: list[Value], node: Handle, open_ended: bool = False) -> Sequence:
    """A set of these items."""
    made = Sequence("set", [], node, open_ended, born=run.doubts)
    add_items(run, made, items)
    return made


def _read(receiver: Sequence, name: str, arguments: CallArguments, node: Handle) -> Value:
    known, items = plain(receiver)
    others = _plain_positions(arguments)
    if not known or len(others) != len(arguments.positional) or arguments.keywords:
        return Unknown(node)
    if receiver.kind in ("list", "tuple") and not in_order(receiver):
        return Unknown(node)
    try:
        container: Any = set(items) if receiver.kind == "set" else items  # type: ignore[call-overload]
        return lift(getattr(container, name)(*others), node)
    except Exception:
        # A value that is not there, or a method that this kind does not have.
        return Unknown(node)


def _combined_set(
    run: Interpreter, receiver: Sequence, name: str, arguments: CallArguments, node: Handle
) -> Value:
    result: Value = receiver
    for value in arguments.values():
        items, open_ended = iterate(run, value)
        other = make_set(run, list(items), node, open_ended)
        result = set_operation(run, _SET_OPERATORS[name], result, other, node)
    if not name.endswith("_update"):
        return result
    _replace(run, receiver, result)
    return Constant(None, node)


def set_operation(run: Interpreter, symbol: str, left: Value, right: Value, node: Handle) -> Value:
    """`left symbol right` for sets."""
    if not isinstance(left, Sequence) or not isinstance(right, Sequence):
        return Sequence("set", [], node, open_ended=True)
    if symbol == "|":
        return make_set(run, [*left.items, *right.items], node, left.open_ended or right.open_ended)
    known = all(_has_identity(item) for item in [*left.items, *right.items])
    if not known or left.open_ended or right.open_ended:
        return Sequence("set", [], node, open_ended=True)
    in_right = [any(same(item, other) for other in right.items) for item in left.items]
    kept = [item for item, found in zip(left.items, in_right, strict=True) if found == (symbol == "&")]
    if symbol == "^":
        kept += [item for item in right.items if not any(same(item, other) for other in left.items)]
    return make_set(run, kept, node)


def _replace(run: Interpreter, receiver: Sequence, result: Value) -> None:
    if isinstance(result, Sequence) and run.sure_of(receiver.born):
        receiver.items, receiver.open_ended = list(result.items), result.open_ended
        receiver.unordered = result.unordered
    else:
        disturb(receiver)


def _change(
    run: Interpreter, receiver: Sequence, name: str, arguments: CallArguments, node: Handle
) -> Value | None:
    """A method that changes a list or set for sure; None when what it leaves is not known."""
    nothing = Constant(None, node)
    values = [value for value, _ in arguments.positional]
    if name == "clear":
        receiver.items, receiver.open_ended, receiver.unordered = [], False, False
        return nothing
    if receiver.open_ended:
        return None
    if name in ("remove", "discard") and len(values) == 1:
        return nothing if _remove(receiver.items, values[0], name == "discard") else None
    if not in_order(receiver) or receiver.kind != "list":
        return None
    if name == "sort":
        order = sorted_items(run, receiver.items, arguments, node)
        receiver.items = receiver.items if order is None else order
        return None if order is None else nothing
    if name == "reverse":
        receiver.items.reverse()
        return nothing
    if name in ("pop", "popleft"):
        index = 0 if name == "popleft" else _whole_number(values[0]) if values else -1
        inside = index is not None and -len(receiver.items) <= index < len(receiver.items)
        return receiver.items.pop(index) if index is not None and inside else None
    if name in ("insert", "appendleft"):
        index = 0 if name == "appendleft" else _whole_number(values[0])
        if index is None or len(values) != (2 if name == "insert" else 1):
            return None
        receiver.items.insert(index, values[-1])
        return nothing
    return None


def _remove(items: list[Value], value: Value, quietly: bool) -> bool:
    """Take the first item out that equals a value; False when it is not known which that is."""
    answers = [compare("==", item, value) for item in items]
    position = answers.index(True) if True in answers else len(items)
    if None in answers[:position] or (position == len(items) and not quietly):
        return False
    del items[position : position + 1]
    return True


def _whole_number(value: Value) -> int | None:
    return value.value if isinstance(value, Constant) and isinstance(value.value, int) else None


# -- dicts -----------------------------------------------------------------------------------------------


def mapping_method(
    run: Interpreter, receiver: Mapping, name: str, arguments: CallArguments, node: Handle
) -> Value:
    """`receiver.name(...)`."""
    if name in ("items", "keys", "values"):
        return View(receiver, name, node)
    if name == "copy":
        return Mapping(dict(receiver.entries), node, receiver.open_ended, run.doubts)
    if name in ("get", "pop", "setdefault"):
        return _entry(run, receiver, name, arguments, node)
    if name == "update":
        if arguments.positional:
            update(run, receiver, arguments.positional[0][0])
        for keyword, argument in arguments.keywords.items():
            set_entry(run, receiver, Constant(keyword), Entry(argument.value, argument.key, argument.node))
        receiver.open_ended = receiver.open_ended or arguments.open_keywords
        return Constant(None, node)
    if name == "clear" and run.sure_of(receiver.born):
        receiver.entries, receiver.open_ended = {}, False
        return Constant(None, node)
    if name == "popitem" and run.sure_of(receiver.born) and receiver.entries and not receiver.open_ended:
        key, entry = receiver.entries.popitem()
        return Sequence("tuple", [key if isinstance(key, Value) else Constant(key), entry.value], node)
    if name == "move_to_end" and run.sure_of(receiver.born) and len(arguments.positional) == 1:
        moved = key_of(arguments.positional[0][0])
        if moved is not None and moved[0] in receiver.entries and not arguments.keywords:
            receiver.entries[moved[0]] = receiver.entries.pop(moved[0])
            return Constant(None, node)
    if name.startswith("__"):
        return Unknown(node)
    disturb(receiver)
    return Unknown(node)


def update(run: Interpreter, receiver: Mapping, other: Value) -> None:
    """`receiver.update(other)`, `receiver |= other`."""
    if isinstance(other, Mapping):
        run.spend(len(other.entries) // VALUES_A_STEP)
        for key, entry in list(other.entries.items()):
            set_entry(run, receiver, key if isinstance(key, Value) else Constant(key), entry)
        if other.open_ended:
            _may_replace(receiver)
        return
    items, open_ended = iterate(run, other)
    for item in list(items):
        if isinstance(item, Sequence) and len(item.items) == 2 and in_order(item):
            set_entry(run, receiver, item.items[0], Entry(item.items[1], item.items[0].node))
        else:
            open_ended = True
    if open_ended:
        _may_replace(receiver)


def _may_replace(receiver: Mapping) -> None:
    """Unknown keys, which may be any, get unknown values."""
    receiver.entries = {
        key: Entry(either([entry.value, Unknown(entry.value.node)]), entry.key_node)
        for key, entry in receiver.entries.items()
    }
    receiver.open_ended = True


def _entry(run: Interpreter, receiver: Mapping, name: str, arguments: CallArguments, node: Handle) -> Value:
    key = arguments.value(0)
    given = arguments.value(1, "default")
    default = given or (Unknown(node) if name == "pop" else Constant(None, node))
    found = key_of(key) if key is not None else None
    if key is None or found is None:
        result = either([*(entry.value for entry in receiver.entries.values()), Unknown(node)])
        if name == "pop":
            disturb(receiver)
        elif name == "setdefault":
            receiver.open_ended = True
        return result
    entry = receiver.entries.get(found[0])
    if entry is not None:
        if name == "pop":
            remove_entry(run, receiver, key)
        return entry.value
    if receiver.open_ended:
        return either([default, Unknown(node)])
    if name == "setdefault":
        set_entry(run, receiver, key, Entry(default, None, node))
    return default


def change_in_place(run: Interpreter, current: Value, symbol: str, other: Value) -> bool:
    """`current symbol= other` for what is changed by it rather than replaced; False for all that is not."""
    if isinstance(current, Sequence) and not isinstance(current, View):
        if current.kind == "list" and symbol == "+":
            add_items(run, current, other)
            return True
        if current.kind == "list" and symbol == "*":
            count = _whole_number(other) if run.sure_of(current.born) and in_order(current) else None
            if count is not None and len(current.items) * count <= MAXIMUM_LENGTH:
                current.items = current.items * count
            else:
                disturb(current)
            return True
        if current.kind == "set" and symbol in ("|", "&", "-", "^"):
            _replace(run, current, set_operation(run, symbol, current, other, current.node))
            return True
    if isinstance(current, Mapping) and symbol == "|":
        update(run, current, other)
        return True
    if isinstance(current, Either):
        return _change_each(run, current, symbol, other)
    return False


def _change_each(run: Interpreter, current: Either, symbol: str, other: Value) -> bool:
    changed = []
    for one in current.values:
        with run.doubtful():
            changed.append(change_in_place(run, one, symbol, other))
    if not all(changed):
        disturb(current)
    return all(changed) and not current.others
