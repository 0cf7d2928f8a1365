"""Arithmetic and comparison over known values, bounded: nothing that takes long or grows large is computed."""

from __future__ import annotations

import operator
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.moving import length_of, moved
from dag_lint.known import Constant, Either, Entry, External, Mapping, Moving, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.known import Handle

MAXIMUM_LENGTH = 100_000
"""Characters or items that a computed value may have."""

MAXIMUM_REPR = 100
"""Items of a list that is written out as text."""

_LARGEST = 2**64

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "|": operator.or_,
    "&": operator.and_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_ATTRIBUTES = {
    datetime: ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "day_of_week"),
    date: ("year", "month", "day"),
    timedelta: ("days", "seconds", "microseconds"),
    PurePosixPath: ("name", "stem", "suffix", "parent"),
}


def join_text(pieces: list[str | None], node: Handle | None) -> Value:
    """The string that pieces make together: a Constant when all are known, else a Text."""
    merged: list[str | None] = []
    for piece in pieces:
        if merged and piece is not None and merged[-1] is not None:
            merged[-1] += piece
        elif not (merged and piece is None and merged[-1] is None):
            merged.append(piece)
    if not merged:
        return Constant("", node)
    if len(merged) == 1:
        return Constant(merged[0], node) if merged[0] is not None else Text((None,), node)
    return Text(tuple(merged), node)


def text_pieces(value: Value) -> list[str | None]:
    """The pieces of what `str(value)` gives."""
    if isinstance(value, Text):
        return list(value.pieces)
    if isinstance(value, Constant):
        if isinstance(value.value, int) and abs(value.value) > _LARGEST:
            return [None]
        if isinstance(value.value, (str, int, float, bool, type(None), timedelta, date, PurePosixPath)):
            return [str(value.value)]
    if isinstance(value, (Sequence, Mapping)):
        known, found = plain(value)
        return [repr_of(found) if known else None]
    return [None]


def repr_of(value: object, depth: int = 0) -> str | None:
    """`repr(value)` of what all versions of Python write alike, None for all else and for what is long."""
    if isinstance(value, (str, int, float, bool, type(None), bytes)):
        return repr(value) if not isinstance(value, int) or abs(value) <= _LARGEST else None
    if depth > 4 or not isinstance(value, (list, tuple, dict)) or len(value) > MAXIMUM_REPR:
        return None
    parts = [one for item in value.items() for one in item] if isinstance(value, dict) else list(value)
    texts = [repr_of(part, depth + 1) for part in parts]
    if any(text is None or len(text) > MAXIMUM_LENGTH for text in texts):
        return None
    return repr(value)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true, None when that is not known."""
    if isinstance(value, Constant):
        return bool(value.value)
    if isinstance(value, Text):
        return True if any(value.pieces) else None
    if isinstance(value, Sequence):
        if value.kind == "iterator":
            return True
        return True if value.items else (None if value.open_ended else False)
    if isinstance(value, Mapping):
        return True if value.entries else (None if value.open_ended else False)
    if isinstance(value, Moving):
        return True
    if isinstance(value, (Unknown, External)):
        # What an import is bound to may be None in one branch of a try.
        return None
    return value.as_truth()


def _within_bounds(symbol: str, left: object, right: object) -> bool:
    if symbol in ("**", "<<") and not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
        return False
    if symbol == "**":
        return abs(left) < 1000 and abs(right) < 20  # type: ignore[arg-type]
    if symbol == "<<":
        return isinstance(right, int) and 0 <= right < 64
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and abs(one) > _LARGEST:
            return False
        if symbol == "*" and isinstance(one, (str, bytes)):
            return isinstance(other, int) and len(one) * other <= MAXIMUM_LENGTH
    return not (symbol == "%" and isinstance(left, (str, bytes)))


def arithmetic(symbol: str, left: Value, right: Value, node: Handle) -> Value:
    """`left symbol right` for values without behaviour of their own."""
    if isinstance(left, Constant) and isinstance(right, Constant):
        return _constant_arithmetic(symbol, left.value, right.value, node)
    if symbol == "+" and (_is_text(left) or _is_text(right)):
        return (
            join_text(text_pieces(left) + text_pieces(right), node)
            if _may_be_text(left, right)
            else Unknown(node)
        )
    if isinstance(left, Sequence):
        return _sequence_arithmetic(symbol, left, right, node)
    if isinstance(left, Mapping) and isinstance(right, Mapping) and symbol == "|":
        if right.open_ended:
            return Mapping({key: Entry(Unknown(node)) for key in left.entries} | right.entries, node, True)
        return Mapping({**left.entries, **right.entries}, node, left.open_ended)
    if symbol in ("+", "-"):
        return _moving_arithmetic(symbol, left, right, node)
    if symbol == "/" and isinstance(left, Constant) and isinstance(left.value, PurePosixPath):
        return Unknown(node)
    return Unknown(node)


def _constant_arithmetic(symbol: str, left: object, right: object, node: Handle) -> Value:
    if symbol not in _ARITHMETIC or not _within_bounds(symbol, left, right):
        return Unknown(node)
    try:
        return Constant(_ARITHMETIC[symbol](left, right), node)
    except Exception:
        # What Python refuses (`"a" + 1`, an overflow) is an error of the program, not of the reader.
        return Unknown(node)


def _sequence_arithmetic(symbol: str, left: Sequence, right: Value, node: Handle) -> Value:
    if left.kind not in ("list", "tuple"):
        return Unknown(node)
    if symbol == "+" and isinstance(right, Sequence) and left.kind == right.kind:
        open_ended, unordered = left.open_ended or right.open_ended, left.unordered or right.unordered
        return Sequence(left.kind, left.items + right.items, node, open_ended, unordered)
    if symbol == "+" and isinstance(right, Unknown):
        return Sequence(left.kind, list(left.items), node, open_ended=True)
    count = right.value if symbol == "*" and isinstance(right, Constant) else None
    if isinstance(count, int) and len(left.items) * count <= 1000:
        return Sequence(left.kind, left.items * count, node, left.open_ended, left.unordered)
    return Unknown(node)


def _moving_arithmetic(symbol: str, left: Value, right: Value, node: Handle) -> Value:
    moving, other = (left, right) if isinstance(left, Moving) else (right, left)
    if not isinstance(moving, Moving) or isinstance(other, Moving) or (symbol == "-" and moving is right):
        return Unknown(node)
    by = None
    if isinstance(other, Constant):
        if not isinstance(other.value, timedelta) and not hasattr(other.value, "months"):
            return Unknown(node)
        by = length_of(other.value, 1 if symbol == "-" else -1)
    return moved(moving, by, node)


def _is_text(value: Value) -> bool:
    return isinstance(value, Text) or (isinstance(value, Constant) and isinstance(value.value, str))


def _may_be_text(left: Value, right: Value) -> bool:
    return all(_is_text(value) or isinstance(value, Unknown) for value in (left, right))


def plain(value: Value) -> tuple[bool, object]:
    """Whether a value is wholly known, and the Python object that it is."""
    if isinstance(value, Constant):
        return True, value.value
    if isinstance(value, Sequence):
        return _plain_sequence(value)
    if isinstance(value, Mapping):
        entries = {key: plain(entry.value) for key, entry in value.entries.items()}
        if value.open_ended or not all(known for known, _ in entries.values()):
            return False, None
        if any(isinstance(key, Value) for key in entries):
            return False, None
        return True, {key: item for key, (_, item) in entries.items()}
    return value.as_plain()


def _plain_sequence(value: Sequence) -> tuple[bool, object]:
    if value.open_ended or value.kind == "iterator" or (value.unordered and value.kind != "set"):
        return False, None
    objects = []
    for item in value.items:
        known, plain_item = plain(item)
        if not known:
            return False, None
        objects.append(plain_item)
    if value.kind == "list":
        return True, objects
    if value.kind == "tuple":
        return True, tuple(objects)
    try:
        return True, frozenset(objects)
    except TypeError:
        return False, None


def lift(value: object, node: Handle | None = None) -> Value:
    """A plain Python object as a Value."""
    if isinstance(value, (list, tuple, set, frozenset)):
        kind = "list" if isinstance(value, list) else "tuple" if isinstance(value, tuple) else "set"
        items = [lift(item, node) for item in value]
        return Sequence(kind, items, node, unordered=kind == "set" and len(items) > 1)  # type: ignore[arg-type]
    if isinstance(value, dict):
        return Mapping({key: Entry(lift(item, node), None, node) for key, item in value.items()}, node)
    return Constant(value, node)


def compare(symbol: str, left: Value, right: Value) -> bool | None:
    """`left symbol right`, None when that is not known."""
    if symbol in ("in", "not in"):
        found = _contains(right, left)
        return found if found is None or symbol == "in" else not found
    if symbol in ("is", "is not"):
        same = _identical(left, right)
        return same if same is None or symbol == "is" else not same
    left_known, left_value = plain(left)
    right_known, right_value = plain(right)
    if left_known and right_known:
        try:
            return bool(_COMPARISONS[symbol](left_value, right_value))
        except Exception:
            return None
    if symbol in ("==", "!="):
        equal = False if _cannot_be_equal(left, right) else left.equals(right)
        equal = right.equals(left) if equal is None else equal
        return equal if equal is None or symbol == "==" else not equal
    return None


def _identical(left: Value, right: Value) -> bool | None:
    if left is right:
        return True
    for one, other in ((left, right), (right, left)):
        if isinstance(other, Constant) and other.value is None:
            if isinstance(one, Constant):
                return one.value is None
            return None if isinstance(one, (Unknown, External)) else False
    if isinstance(left, Constant) and isinstance(right, Constant):
        return left.value is right.value if isinstance(left.value, bool) else None
    return False if left.has_identity and right.has_identity else None


def _cannot_be_equal(left: Value, right: Value) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Text) and isinstance(other, Constant):
            if not isinstance(other.value, str):
                return True
            start, end = one.pieces[0] or "", one.ending
            return not (other.value.startswith(start) and other.value.endswith(end))
    return False


def _contains(container: Value, item: Value) -> bool | None:
    if isinstance(container, Mapping):
        if isinstance(item, Constant):
            try:
                found = item.value in container.entries
            except TypeError:
                return None
            return True if found else (None if container.open_ended else False)
        return None
    if isinstance(container, Sequence):
        results = [compare("==", item, member) for member in container.items]
        if any(result is True for result in results):
            return True
        return None if container.open_ended or None in results else False
    if isinstance(container, Constant) and isinstance(item, Constant):
        text, part = container.value, item.value
        return part in text if isinstance(text, str) and isinstance(part, str) else None
    return None


def constant_attribute(value: Constant, name: str, node: Handle) -> Value | None:
    """A data attribute of a constant (`delta.days`), None when there is none."""
    for kind, names in _ATTRIBUTES.items():
        if isinstance(value.value, kind) and name in names:
            found = getattr(value.value, name, None)
            return Constant(found, node) if found is not None or name == "tzinfo" else None
    return None


def either(values: list[Value]) -> Value:
    """A value of which is known that it is one of these."""
    first = values[0]
    if all(same(first, other) for other in values[1:]):
        return first
    choices: dict[int, Value] = {}
    others = False
    for value in values:
        if isinstance(value, Either):
            choices.update({id(one): one for one in value.values})
            others = others or value.others
        elif type(value) is Unknown or isinstance(value, External):
            others = True
        elif not isinstance(value, (Constant, Text)):
            choices[id(value)] = value
    if not choices:
        return Unknown(first.node)
    return Either(tuple(choices.values()), first.node, others)


def same(left: Value, right: Value) -> bool:
    """Whether two values are known to be the same."""
    if isinstance(left, External) and isinstance(right, External):
        return left.path == right.path
    if isinstance(left, Constant) and isinstance(right, Constant) and left is not right:
        return type(left.value) is type(right.value) and left.value == right.value
    return left is right
