"""Values that are made, or looked up, when they are asked for: generators, views of a dict, defaultdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.objects import Object
from dag_lint.known import Constant, Handle, Mapping, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Callable


class Lazy(Object):
    """An iterator that makes its items when they are asked for: a generator."""

    __slots__ = ("_born", "_make", "_rest")

    def __init__(
        self, make: Callable[[], tuple[list[Value], bool]], node: Handle | None, born: tuple[int, ...]
    ) -> None:
        self.node = node
        self._make = make
        self._born = born
        self._rest: Sequence | None = None

    def spread(self) -> Sequence:
        """What is left of its items; they are made when they are first asked for."""
        if self._rest is None:
            # It may ask for itself while it is made.
            self._rest = Sequence("iterator", [], self.node, open_ended=True)
            items, open_ended = self._make()
            self._rest = Sequence("iterator", list(items), self.node, open_ended, born=self._born)
        return self._rest


class DefaultMapping(Mapping):
    """`defaultdict(factory)`: a key that is missing gets what the factory makes."""

    __slots__ = ("factory",)

    def __init__(self, factory: Value, node: Handle | None, born: tuple[int, ...]) -> None:
        super().__init__({}, node, born=born)
        self.factory = factory

    def emptied(self, node: Handle | None, born: tuple[int, ...]) -> Mapping:
        made = DefaultMapping(self.factory, node, born)
        made.open_ended = self.open_ended
        return made


class View(Sequence):
    """`d.items()`, `d.keys()`, `d.values()`: always what the dict holds now."""

    __slots__ = ("_mapping", "_name")

    def __init__(self, mapping: Mapping, name: str, node: Handle | None) -> None:
        self.node = node
        self.kind = "set"
        self.born = mapping.born
        self._mapping = mapping
        self._name = name

    @property
    def items(self) -> list[Value]:  # type: ignore[override]
        """The keys, values or pairs."""
        found: list[Value] = []
        for key, entry in self._mapping.entries.items():
            key_value = key if isinstance(key, Object) else Constant(key, entry.key_node)
            if self._name == "keys":
                found.append(key_value)
            elif self._name == "values":
                found.append(entry.value)
            else:
                found.append(Sequence("tuple", [key_value, entry.value], self.node))
        return found

    @property
    def open_ended(self) -> bool:  # type: ignore[override]
        """Whether the dict may hold other entries."""
        return self._mapping.open_ended

    @property
    def unordered(self) -> bool:  # type: ignore[override]
        """A dict keeps the order in which it was filled."""
        return False
