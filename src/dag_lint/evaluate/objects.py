"""Values that only exist while a module is evaluated: functions, methods, modules, library objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dag_lint.known import Constant, Handle, Mapping, Unknown, Value, text_of
from dag_lint.model import Argument, Arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from dag_lint.evaluate.classes import Class
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.scope import Scope


@dataclass(slots=True)
class CallArguments:
    """The evaluated arguments of a call. An open end is a `*` or `**` of which not all is known."""

    positional: list[tuple[Value, Handle]] = field(default_factory=list)
    keywords: dict[str, Argument] = field(default_factory=dict)
    open_positional: bool = False
    open_keywords: bool = False

    @property
    def complete(self) -> bool:
        """Whether all arguments are known to be given as listed."""
        return not (self.open_positional or self.open_keywords)

    def value(self, position: int, name: str | None = None) -> Value | None:
        """The argument at `position` or called `name`, None when it is not given."""
        if position < len(self.positional):
            return self.positional[position][0]
        if name is not None and name in self.keywords:
            return self.keywords[name].value
        return None

    def named(self, parameters: tuple[str, ...]) -> Arguments:
        """The arguments by name, positional ones named after `parameters`."""
        by_name = {
            name: Argument(name, value, node)
            for name, (value, node) in zip(parameters, self.positional, strict=False)
        }
        by_name.update(self.keywords)
        return Arguments(by_name, open_ended=not self.complete)

    def values(self) -> Iterator[Value]:
        """All argument values, positional ones first."""
        for value, _ in self.positional:
            yield value
        for argument in self.keywords.values():
            yield argument.value


class Object(Value):
    """A value with behaviour of its own; the default knows nothing."""

    __slots__ = ()

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        """`self.name`."""
        return Unknown(node)

    def set_attribute(self, run: Interpreter, name: str, value: Value, node: Handle) -> None:
        """`self.name = value`."""

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        """`self(...)`."""
        return Unknown(node)

    def operate(
        self, run: Interpreter, operator: str, other: Value, node: Handle, reflected: bool
    ) -> Value | None:
        """`self operator other`, or `other operator self` when reflected; None when it has no say."""
        return None

    def get_item(self, run: Interpreter, key: Value, node: Handle) -> Value:
        """`self[key]`."""
        return Unknown(node)

    def set_item(self, run: Interpreter, key: Value, value: Value, node: Handle) -> None:
        """`self[key] = value`."""

    def delete_attribute(self, run: Interpreter, name: str) -> None:
        """`del self.name`."""

    def delete_item(self, run: Interpreter, key: Value) -> None:
        """`del self[key]`."""

    def key(self) -> tuple[object] | None:
        """What a dict files an entry under whose key this is, None when that is not known."""
        return None

    def enter(self, run: Interpreter, node: Handle) -> Value:
        """`with self`: the value that `as` binds."""
        return Unknown(node)

    def leave(self, run: Interpreter) -> None:
        """The end of `with self`."""


class Function(Value):
    """A function or lambda of a module that is read, with the names around it."""

    __slots__ = ("defaults", "is_static", "kind", "name", "owner", "scope", "syntax")

    def __init__(
        self,
        syntax: cst.FunctionDef | cst.Lambda,
        scope: Scope,
        defaults: dict[str, Value],
        kind: str = "function",
    ) -> None:
        self.node = syntax
        self.syntax = syntax
        self.scope = scope
        self.defaults = defaults
        self.kind = kind
        self.name = "<lambda>" if not hasattr(syntax, "name") else syntax.name.value
        self.owner: Class | None = None


class Wrapped(Unknown):
    """The result of a decorator, or of `functools.partial`, that is not understood; it holds `inner`."""

    __slots__ = ("arguments", "inner", "via")

    def __init__(self, inner: Value, node: Handle | None = None, via: str | None = None) -> None:
        super().__init__(node, via)
        self.inner = inner
        self.via = via
        self.arguments = CallArguments()


class Property(Value):
    """A property with a setter, as it stands in a class."""

    __slots__ = ("getter", "setter")

    def __init__(self, getter: Function, setter: Function | None, node: Handle | None = None) -> None:
        self.node = node
        self.getter = getter
        self.setter = setter


class BoundMethod(Value):
    """A function bound to the object it was read from."""

    __slots__ = ("function", "receiver")

    def __init__(self, function: Function, receiver: Value, node: Handle | None = None) -> None:
        self.node = node
        self.function = function
        self.receiver = receiver


class Method(Value):
    """A method of a value of Python itself: `"a".join`, `[].append`."""

    __slots__ = ("name", "receiver")

    def __init__(self, receiver: Value, name: str, node: Handle | None = None) -> None:
        self.node = node
        self.receiver = receiver
        self.name = name


class GeneratorFunction(Object):
    """A function under `@contextmanager`."""

    __slots__ = ("function",)

    def __init__(self, function: Function, node: Handle | None = None) -> None:
        self.node = node
        self.function = function

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        return GeneratorManager(self.function, arguments, node)


class GeneratorManager(Object):
    """What calling a function under `@contextmanager` gives: it runs when it is entered."""

    __slots__ = ("arguments", "function")

    def __init__(self, function: Function, arguments: CallArguments, node: Handle | None = None) -> None:
        self.node = node
        self.function = function
        self.arguments = arguments


class Module(Object):
    """A module of the project, already read."""

    __slots__ = ("name", "scope")

    def __init__(self, name: str, scope: Scope, node: Handle | None = None) -> None:
        self.node = node
        self.name = name
        self.scope = scope

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        found = self.scope.get(name)
        if found is not None:
            return found
        inner = run.import_module(f"{self.name}.{name}", node) if self.name else None
        return inner or Unknown(node)

    def set_attribute(self, run: Interpreter, name: str, value: Value, node: Handle) -> None:
        run.bind(name, value, self.scope)


class Globals(Object):
    """`globals()`: the names of a module as a dict."""

    __slots__ = ("scope",)

    def __init__(self, scope: Scope, node: Handle | None = None) -> None:
        self.node = node
        self.scope = scope

    def get_item(self, run: Interpreter, key: Value, node: Handle) -> Value:
        name = text_of(key)
        found = self.scope.get(name) if name is not None else None
        return Unknown(node) if found is None else found

    def set_item(self, run: Interpreter, key: Value, value: Value, node: Handle) -> None:
        name = text_of(key)
        # Under an unknown name it is bound all the same, which is what registration asks for.
        run.bind(name if name is not None else f"globals()[{id(value)}]", value, self.scope)

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        return GlobalsMethod(self, name, node)

    def delete_item(self, run: Interpreter, key: Value) -> None:
        name = text_of(key)
        if name is not None:
            run.unbind(name, self.scope)


class GlobalsMethod(Object):
    """`globals().update`, `globals().get` ..."""

    __slots__ = ("_globals", "_name")

    def __init__(self, holder: Globals, name: str, node: Handle) -> None:
        self.node = node
        self._globals = holder
        self._name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        first = arguments.value(0)
        if self._name in ("get", "pop") and first is not None:
            found = self._globals.get_item(run, first, node)
            if self._name == "pop":
                self._globals.delete_item(run, first)
            return found
        if self._name == "setdefault" and first is not None:
            self._globals.set_item(run, first, arguments.value(1) or Constant(None), node)
        elif self._name in ("update", "__setitem__"):
            for key, value in self._pairs(arguments):
                self._globals.set_item(run, key, value, node)
            if not isinstance(first, (Mapping, type(None))) and self._name == "update":
                self._globals.scope.open_ended = True
        return Unknown(node)

    def _pairs(self, arguments: CallArguments) -> Iterator[tuple[Value, Value]]:
        first, second = arguments.value(0), arguments.value(1)
        if self._name == "__setitem__" and first is not None and second is not None:
            yield first, second
        for key, entry in first.entries.items() if isinstance(first, Mapping) else ():
            yield Constant(key), entry.value
        for name, argument in arguments.keywords.items():
            yield Constant(name), argument.value


class Super(Value):
    """`super()` inside a method: attributes are looked up behind `cls` in the receiver's lineage."""

    __slots__ = ("cls", "receiver")

    def __init__(self, cls: Class, receiver: Value, node: Handle | None = None) -> None:
        self.node = node
        self.cls = cls
        self.receiver = receiver
