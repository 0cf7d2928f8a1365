"""Sorting: by the items themselves, or by what `key=` makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.objects import CallArguments
from dag_lint.evaluate.values import plain, truth
from dag_lint.evaluate.work import VALUES_A_STEP

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle, Value


def sort_keys(
    run: Interpreter, arguments: CallArguments, items: list[Value], node: Handle
) -> list[Any] | None:
    """What each item is compared by; None when one is not known."""
    key = arguments.keywords.get("key")
    none = key is None or plain(key.value) == (True, None)
    by = (
        items
        if key is None or none
        else [run.call(key.value, CallArguments([(item, node)]), None) for item in items]
    )
    run.spend(len(by) // VALUES_A_STEP)
    known = [plain(value) for value in by]
    return [value for _, value in known] if all(is_known for is_known, _ in known) else None


def sorted_items(
    run: Interpreter, items: list[Value], arguments: CallArguments, node: Handle
) -> list[Value] | None:
    """The items in order; None when that is not known, or Python would refuse to compare them."""
    reverse = arguments.keywords.get("reverse")
    backwards = truth(reverse.value) if reverse is not None else False
    keys = None if backwards is None else sort_keys(run, arguments, items, node)
    if keys is None:
        return None
    try:
        order = sorted(range(len(items)), key=lambda index: keys[index], reverse=bool(backwards))
    except TypeError:
        return None
    return [items[index] for index in order]
