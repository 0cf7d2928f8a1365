"""`==`, `<`, `in` and `is` over values that may be unknown."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.values import plain
from dag_lint.evaluate.work import WORK
from dag_lint.known import Constant, External, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


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
        WORK.values += len(container.items)
        results = [compare("==", item, member) for member in container.items]
        if any(result is True for result in results):
            return True
        return None if container.open_ended or None in results else False
    if isinstance(container, Constant) and isinstance(item, Constant):
        text, part = container.value, item.value
        return part in text if isinstance(text, str) and isinstance(part, str) else None
    return None
