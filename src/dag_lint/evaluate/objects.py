"""Values that only exist while a module is evaluated: functions, classes, instances, library objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dag_lint.evaluate.values import either
from dag_lint.known import Constant, Entry, External, Handle, Mapping, Sequence, Unknown, Value, text_of
from dag_lint.model import Argument, Arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import libcst as cst

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


class Class(Value):
    """A class of a module that is read."""

    __slots__ = ("bases", "decorators", "fields", "name", "namespace", "scope", "syntax")

    def __init__(self, syntax: cst.ClassDef, bases: list[Value], scope: Scope) -> None:
        self.node = syntax
        self.syntax = syntax
        self.name = syntax.name.value
        self.bases = bases
        self.scope = scope
        self.namespace: dict[str, Value] = scope.names
        self.decorators: set[str] = set()
        self.fields: list[str] = []
        """Annotated names of the body, in order: the fields of a dataclass."""

    def lineage(self) -> list[Value]:
        """The class and its bases in the order in which attributes are looked up (depth first, each once)."""
        found: list[Value] = []
        stack: list[Value] = [self]
        while stack:
            current = stack.pop()
            if current in found:
                continue
            found.append(current)
            if isinstance(current, Class):
                stack.extend(reversed(current.bases))
        return found

    def look_up(self, name: str) -> Value | None:
        """The class attribute `name`, None when neither the class nor a base of the project has it."""
        for base in self.lineage():
            if isinstance(base, Class) and name in base.namespace:
                return base.namespace[name]
        return None

    def external_base(self) -> str | None:
        """The nearest base that is imported from elsewhere."""
        for base in self.lineage():
            if isinstance(base, External):
                return base.path
        return None

    def is_enum(self) -> bool:
        """Whether its constants are the members of an enumeration."""
        return any(isinstance(base, External) and base.path.startswith("enum.") for base in self.lineage())

    def members(self) -> list[Value]:
        """The members of an enumeration, in order."""
        return [
            value for value in self.namespace.values() if isinstance(value, Instance) and value.cls is self
        ]

    def is_closed(self) -> bool:
        """Whether every base is a class of the project."""
        return all(isinstance(base, Class) for base in self.lineage())


class Instance(Object):
    """An object of a class of the project. `open_ended`: it may have attributes that are not listed."""

    __slots__ = ("attributes", "born", "cls", "open_ended")

    def __init__(self, cls: Class, node: Handle | None = None, born: tuple[int, ...] = ()) -> None:
        self.node = node
        self.cls = cls
        self.born = born
        self.attributes: dict[str, Value] = {}
        self.open_ended = not cls.is_closed()

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        found = self.cls.look_up(name)
        if isinstance(found, Property):
            return run.call(BoundMethod(found.getter, self, node), CallArguments(), None)
        if name in self.attributes:
            return self.attributes[name]
        if found is None:
            return self._special(run, name, node)
        return run.bind_member(found, self, node)

    def _special(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name == "__class__":
            return self.cls
        if name == "__dict__":
            return self.as_mapping(node)
        method = self.cls.look_up("__getattr__")
        if isinstance(method, Function) and not name.startswith("__"):
            return run.call(BoundMethod(method, self, node), CallArguments([(Constant(name), node)]), None)
        return Unknown(node)

    def as_mapping(self, node: Handle) -> Mapping:
        """`vars(self)`, as it is now; what is put into it is not followed."""
        entries: dict[object, Entry] = {name: Entry(value) for name, value in self.attributes.items()}
        return Mapping(entries, node, open_ended=True)

    def set_attribute(self, run: Interpreter, name: str, value: Value, node: Handle) -> None:
        found = self.cls.look_up(name)
        if isinstance(found, Property):
            if found.setter is not None:
                run.call(BoundMethod(found.setter, self, node), CallArguments([(value, node)]), None)
            return
        if not run.sure_of(self.born):
            value = either([self.attributes.get(name) or Unknown(node), value])
        self.attributes[name] = value

    def delete_attribute(self, run: Interpreter, name: str) -> None:
        if run.sure_of(self.born):
            self.attributes.pop(name, None)
        elif name in self.attributes:
            self.attributes[name] = Unknown(self.node)

    def key(self) -> tuple[object] | None:
        return None if self.cls.look_up("__eq__") or not self.cls.is_closed() else (self,)

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        return self._invoke(run, "__call__", arguments, node)

    def get_item(self, run: Interpreter, key: Value, node: Handle) -> Value:
        return self._invoke(run, "__getitem__", CallArguments([(key, node)]), node)

    def enter(self, run: Interpreter, node: Handle) -> Value:
        return self._invoke(run, "__enter__", CallArguments(), node)

    def leave(self, run: Interpreter) -> None:
        nothing = [(Constant(None), self.node)] * 3
        self._invoke(run, "__exit__", CallArguments(list(nothing)), self.node)

    def _invoke(self, run: Interpreter, name: str, arguments: CallArguments, node: Handle) -> Value:
        method = run.bind_member(self.cls.look_up(name), self, node)
        return run.call(method, arguments, None) if isinstance(method, BoundMethod) else Unknown(node)


class BoundMethod(Value):
    """A function bound to the object it was read from."""

    __slots__ = ("function", "receiver")

    def __init__(self, function: Function, receiver: Value, node: Handle | None = None) -> None:
        self.node = node
        self.function = function
        self.receiver = receiver


class Lazy(Object):
    """An iterator that makes its items when they are asked for: a generator."""

    __slots__ = ("_born", "_make", "_used")

    def __init__(
        self, make: Callable[[], tuple[list[Value], bool]], node: Handle | None, born: tuple[int, ...]
    ) -> None:
        self.node = node
        self._make = make
        self._born = born
        self._used: bool | None = False
        """None: perhaps."""

    def items(self, run: Interpreter) -> tuple[list[Value], bool]:
        """Its items, and whether there may be others; it gives them once."""
        used = self._used
        self._used = True if run.sure_of(self._born) else None
        if used is False:
            return self._make()
        return [], used is None


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


class Super(Value):
    """`super()` inside a method: attributes are looked up behind `cls` in the receiver's lineage."""

    __slots__ = ("cls", "receiver")

    def __init__(self, cls: Class, receiver: Value, node: Handle | None = None) -> None:
        self.node = node
        self.cls = cls
        self.receiver = receiver
