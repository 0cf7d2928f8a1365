"""Names and what they are bound to, with a journal that lets one `if` be read both ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dag_lint.known import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.classes import Class
    from dag_lint.evaluate.objects import Function


class Deferred(Value):
    """A name of a module of the project that nobody has used yet."""

    __slots__ = ("_result", "_settle")

    def __init__(self, settle: Callable[[], Value]) -> None:
        self.node = None
        self._settle = settle
        self._result: Value | None = None

    def settle(self) -> Value:
        """The value, read now if it was not yet."""
        if self._result is None:
            # Modules that import each other ask again before the answer is there.
            self._result = Unknown()
            self._result = self._settle()
        return self._result


class Scope:
    """The names of a module, a class body or a function call."""

    __slots__ = (
        "global_names",
        "is_package",
        "kind",
        "maybe_unbound",
        "module",
        "module_name",
        "names",
        "nonlocal_names",
        "open_ended",
        "parent",
    )

    def __init__(
        self,
        kind: Literal["module", "class", "function", "comprehension"],
        parent: Scope | None = None,
        module_name: str = "",
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.names: dict[str, Value] = {}
        self.module: Scope = self if parent is None else parent.module
        self.module_name: str = module_name if parent is None else parent.module_name
        self.global_names: set[str] = set()
        self.maybe_unbound: set[str] = set()
        """Names that only some of the ways bind that the program may have taken."""
        self.nonlocal_names: set[str] = set()
        self.is_package = False
        self.open_ended = False
        """A star import, or `globals()` under an unknown key, may have bound any name."""

    def look_up(self, name: str) -> Value | None:
        """The value of a name as Python finds it from here: classes hide their names from functions inside."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None and (scope.kind != "class" or scope is self):
                return scope.get(name) if type(found) is Deferred else found
            scope = scope.parent
        return None

    def get(self, name: str) -> Value | None:
        """The value that this scope itself binds to `name`."""
        found = self.names.get(name)
        if type(found) is Deferred:
            found = self.names[name] = found.settle()
        return found

    def holder(self, name: str) -> Scope:
        """The scope in which an assignment to `name` here takes effect."""
        if name in self.global_names:
            return self.module
        if name in self.nonlocal_names:
            scope = self.parent
            while scope is not None:
                if name in scope.names and scope.kind == "function":
                    return scope
                scope = scope.parent
        return self


Journal = dict["tuple[Scope, str]", "Value | None"]
"""What names were bound to before a stretch of code ran; None: not bound."""


@dataclass(slots=True)
class Frame:
    """One call in progress."""

    scope: Scope
    function: Function | None = None
    owner: Class | None = None
    returns: list[Value] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    doubts: tuple[int, ...] = ()
    """The doubts about whether this call happens at all."""
    open_yields: bool = False
    at_yield: Callable[[Value], None] | None = None
    """Of a context manager: what its first `yield` lets run."""
