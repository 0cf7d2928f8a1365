"""What is known of a value without running the program; free of libcst.

Unknown is a value, never an exception and never a guess: whoever uses a value has to ask what it is.
`node` is the handle of the expression that made the value, so that a finding can stand where a wrong
value comes from, however many names it went through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import timedelta

Handle = object
"""A node of the syntax tree, opaque to whoever holds it."""


class Value:
    """Anything an expression can evaluate to."""

    __slots__ = ("node",)

    has_identity = False
    """Whether two of these are two different objects."""

    def __init__(self, node: Handle | None = None) -> None:
        self.node = node

    def as_plain(self, budget: list[int] | None = None) -> tuple[bool, object]:
        """Whether it is wholly known, and the plain Python object that it equals. `budget`: what it may cost."""
        return False, None

    def equals(self, other: Value) -> bool | None:
        """`self == other`, None when that is not known."""
        return None

    def as_truth(self) -> bool | None:
        """Whether it counts as true, None when that is not known."""
        return True


class Unknown(Value):
    """A value that cannot be known from the file.

    `origin`: the dotted name of the call that made it, or the clock that it was read from, `datetime.now()`.
    """

    __slots__ = ("origin",)

    def __init__(self, node: Handle | None = None, origin: str | None = None) -> None:
        self.node = node
        self.origin = origin


class Either(Unknown):
    """One of several things of which it is not known which.

    `values`: those that can be changed or called through it. `others`: it may be something unknown as well.
    """

    __slots__ = ("others", "values")

    def __init__(self, values: tuple[Value, ...], node: Handle | None = None, others: bool = False) -> None:
        super().__init__(node)
        self.values = values
        self.others = others


class Constant(Value):
    """An immutable Python value: str, bytes, numbers, bool, None, datetime, date, timedelta, tzinfo ..."""

    __slots__ = ("value",)

    def __init__(self, value: object, node: Handle | None = None) -> None:
        self.node = node
        self.value = value

    def __repr__(self) -> str:
        return f"Constant({self.value!r})"


class Text(Value):
    """A string of which some pieces are known; None stands for an unknown piece."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: tuple[str | None, ...], node: Handle | None = None) -> None:
        self.node = node
        self.pieces = pieces

    @property
    def ending(self) -> str:
        """The known characters at the end, empty when the end is not known."""
        return self.pieces[-1] or ""

    def __repr__(self) -> str:
        return f"Text({self.pieces!r})"


class Moving(Value):
    """A date or time that is computed anew at each parse. `source` names the clock, as `datetime.now()`.

    `back`, `most`: how far it lies in the past at least, and at most; None when unknown. `days_ago(1)`, a
    midnight, lies between one day and two back. `aware`: whether it carries a zone. `is_date`: a date
    without a time of day. `zone`: the name of its zone, None when it has none or when that is not known.
    """

    __slots__ = ("aware", "back", "is_date", "most", "source", "zone")

    def __init__(
        self,
        source: str,
        node: Handle | None = None,
        back: timedelta | None = None,
        aware: bool | None = None,
        *,
        most: timedelta | None = None,
        is_date: bool = False,
        zone: str | None = None,
    ) -> None:
        self.node = node
        self.source = source
        self.back = back
        self.most = most
        self.aware = aware
        self.is_date = is_date
        self.zone = zone


class Naive(Value):
    """A datetime without a time zone, of which the rest is not known."""

    __slots__ = ()


class Sequence(Value):
    """A list, tuple or set, or an iterator that gives these items once.

    `open_ended`: it may hold more, and in another order. `unordered`: nobody knows in which order it gives
    its items. `born`: the doubts under which it was made, within which a change to it is no doubt of its own.
    """

    __slots__ = ("born", "items", "kind", "open_ended", "unordered")

    def __init__(
        self,
        kind: Literal["list", "tuple", "set", "iterator"],
        items: list[Value],
        node: Handle | None = None,
        open_ended: bool = False,
        unordered: bool = False,
        born: tuple[int, ...] = (),
    ) -> None:
        self.node = node
        self.kind = kind
        self.items = items
        self.open_ended = open_ended
        self.unordered = unordered
        self.born = born


@dataclass(slots=True)
class Entry:
    """One entry of a Mapping: the handles of its key and of its value as written."""

    value: Value
    key_node: Handle | None = None
    value_node: Handle | None = None


class Mapping(Value):
    """A dict with known keys; `open_ended` when it may hold other keys too. `born`: as of a Sequence."""

    __slots__ = ("born", "entries", "open_ended")

    def __init__(
        self,
        entries: dict[object, Entry],
        node: Handle | None = None,
        open_ended: bool = False,
        born: tuple[int, ...] = (),
    ) -> None:
        self.node = node
        self.entries = entries
        self.open_ended = open_ended
        self.born = born

    def emptied(self, node: Handle | None, born: tuple[int, ...]) -> Mapping:
        """A new dict of the same kind with nothing in it."""
        return Mapping({}, node, self.open_ended, born)

    def get(self, key: object) -> Entry | None:
        """The entry of `key`, None when it is missing or cannot be known."""
        return self.entries.get(key)


class External(Value):
    """A thing imported from elsewhere, by its dotted name: `airflow.models.dag.DAG`, `pandas`."""

    __slots__ = ("path",)

    def __init__(self, path: str, node: Handle | None = None) -> None:
        self.node = node
        self.path = path

    def __repr__(self) -> str:
        return f"External({self.path})"


def text_of(value: Value | None) -> str | None:
    """The string that a value is, None when it is none or not wholly known."""
    if isinstance(value, Constant) and isinstance(value.value, str):
        return value.value
    return None
