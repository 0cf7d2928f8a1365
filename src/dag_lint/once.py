"""Questions about a thing that several ask, answered once for as long as the thing lives."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def answered_once(find: Callable[[Thing], Iterable[Answer]]) -> Callable[[Thing], tuple[Answer, ...]]:
    """Make a question that is answered once for each thing, of things that change no more."""
    known: WeakKeyDictionary[Thing, tuple[Answer, ...]] = WeakKeyDictionary()

    @wraps(find)
    def ask(thing: Thing) -> tuple[Answer, ...]:
        found = known.get(thing)
        if found is None:
            found = known[thing] = tuple(find(thing))
        return found

    return ask
