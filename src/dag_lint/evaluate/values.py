"""Arithmetic and comparison over known values, bounded: nothing that takes long or grows large is computed."""

from __future__ import annotations

import operator
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.moving import length_of, moved
from dag_lint.evaluate.work import WORK
from dag_lint.known import Constant, Either, Entry, External, Mapping, Moving, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

MAXIMUM_LENGTH = 100_000
"""Characters or items that a computed value may have."""

MAXIMUM_PIECES = 200
"""Pieces of a string of which others are not known."""

MAXIMUM_VALUES = 50_000
MAXIMUM_DEPTH = 40
"""How much of a value is looked at to tell what it is."""

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

_ATTRIBUTES = {
    datetime: ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "day_of_week"),
    date: ("year", "month", "day"),
    timedelta: ("days", "seconds", "microseconds"),
    PurePosixPath: ("name", "stem", "suffix", "parent"),
}


def join_text(pieces: list[str | None], node: Handle | None) -> Value:
    """The string that pieces make together: a Constant when all are known, else a Text."""
    merged: list[str | None] = []
    known: list[str] = []
    for piece in pieces:
        if piece is not None:
            known.append(piece)
            continue
        if known:
            merged.append("".join(known))
            known = []
        if not merged or merged[-1] is not None:
            merged.append(None)
    merged += ["".join(known)] if known or not merged else []
    if len(merged) > MAXIMUM_PIECES or sum(len(piece or "") for piece in merged) > MAXIMUM_LENGTH:
        return Text((None,), node)
    if len(merged) == 1 and merged[0] is not None:
        return Constant(merged[0], node)
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
        if symbol == "+" and isinstance(one, (str, bytes)):
            return isinstance(other, (str, bytes)) and len(one) + len(other) <= MAXIMUM_LENGTH
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
        if len(left.items) + len(right.items) > MAXIMUM_LENGTH:
            return Sequence(left.kind, [], node, open_ended=True)
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


def plain(value: Value, budget: list[int] | None = None) -> tuple[bool, object]:
    """Whether a value is wholly known, and the Python object that it is.

    `budget`: how many values may still be looked at, and how deep. A list may hold itself, or another one
    twice that holds another one twice.
    """
    if isinstance(value, Constant):
        return True, value.value
    budget = [MAXIMUM_VALUES, MAXIMUM_DEPTH] if budget is None else budget
    if budget[0] <= 0 or budget[1] <= 0:
        return False, None
    budget[1] -= 1
    if isinstance(value, Sequence):
        found = _plain_sequence(value, budget)
    elif isinstance(value, Mapping):
        found = _plain_mapping(value, budget)
    else:
        found = value.as_plain(budget)
    budget[1] += 1
    return found


def plain_arguments(arguments: CallArguments) -> tuple[list[Any], dict[str, Any]] | None:
    """The arguments of a call as Python values, None unless all of them are known."""
    if not arguments.complete:
        return None
    positional = [plain(value) for value, _ in arguments.positional]
    keywords = {name: plain(argument.value) for name, argument in arguments.keywords.items()}
    if not all(known for known, _ in [*positional, *keywords.values()]):
        return None
    return [value for _, value in positional], {name: value for name, (_, value) in keywords.items()}


def _plain_mapping(value: Mapping, budget: list[int]) -> tuple[bool, object]:
    if value.open_ended:
        return False, None
    budget[0] -= len(value.entries)
    WORK.values += len(value.entries)
    made: dict[object, object] = {}
    for key, entry in value.entries.items():
        known, found = plain(entry.value, budget)
        if not known or isinstance(key, Value):
            return False, None
        made[key] = found
    return True, made


def _plain_sequence(value: Sequence, budget: list[int]) -> tuple[bool, object]:
    if value.open_ended or value.kind == "iterator" or (value.unordered and value.kind != "set"):
        return False, None
    budget[0] -= len(value.items)
    WORK.values += len(value.items)
    objects = []
    for item in value.items:
        known, plain_item = plain(item, budget)
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
    WORK.values += len(values)
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
