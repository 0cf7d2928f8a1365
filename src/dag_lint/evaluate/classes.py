"""Classes of the files that are read, and their objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.comparing import compare
from dag_lint.evaluate.objects import BoundMethod, CallArguments, Function, Method, Object, Property
from dag_lint.evaluate.values import either, plain
from dag_lint.known import Constant, Entry, External, Handle, Mapping, Sequence, Unknown, Value, text_of

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.scope import Scope


class Class(Value):
    """A class of a module that is read."""

    __slots__ = ("_lineage", "bases", "decorators", "fields", "name", "namespace", "scope")

    def __init__(self, syntax: cst.ClassDef, bases: list[Value], scope: Scope) -> None:
        self.node = syntax
        self.name = syntax.name.value
        self.bases = bases
        self._lineage: list[Value] | None = None
        self.scope = scope
        self.namespace: dict[str, Value] = scope.names
        self.decorators: set[str] = set()
        self.fields: list[str] = []
        """Annotated names of the body, in order: the fields of a dataclass."""

    @classmethod
    def made(cls, name: str, scope: Scope, node: Handle) -> Class:
        """A class without a `class` statement: what `namedtuple(...)` gives."""
        made = cls.__new__(cls)
        made.node = node
        made.name = name
        made.bases = []
        made._lineage = None  # noqa: SLF001 -- its own class
        made.scope = scope
        made.namespace = scope.names
        made.decorators = set()
        made.fields = []
        return made

    def lineage(self) -> list[Value]:
        """The class and its bases in the order in which attributes are looked up, as Python orders them."""
        if self._lineage is None:
            self._lineage = [
                self,
                *_merged([[*_lineage_of(base)] for base in self.bases] + [list(self.bases)]),
            ]
        return self._lineage

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
        own = [
            value for value in self.namespace.values() if isinstance(value, Instance) and value.cls is self
        ]
        return list({id(member): member for member in own}.values())

    def has_base(self, *paths: str) -> bool:
        """Whether one of these classes is among its bases."""
        return any(isinstance(base, External) and base.path in paths for base in self.lineage())

    def is_named_tuple(self) -> bool:
        """Whether its objects are tuples of its fields."""
        return self.has_base("typing.NamedTuple") or any(
            isinstance(base, Class) and "namedtuple" in base.decorators for base in self.lineage()
        )

    def tuple_fields(self) -> list[str]:
        """The fields of a named tuple."""
        for base in reversed(self.lineage()):
            if isinstance(base, Class) and base.fields:
                return base.fields
        return []

    def is_plain(self) -> bool:
        """Whether its objects are told apart by nothing but being different ones."""
        return self.is_closed() and "dataclass" not in self.decorators and self.look_up("__eq__") is None

    def is_closed(self) -> bool:
        """Whether every base is a class of the project."""
        return all(isinstance(base, Class) for base in self.lineage())


def _lineage_of(base: Value) -> list[Value]:
    return base.lineage() if isinstance(base, Class) else [base]


def _merged(lines: list[list[Value]]) -> list[Value]:
    """Several orders of classes as one that keeps each of them (C3); where there is none, one after the other."""
    found: list[Value] = []
    lines = [line for line in lines if line]
    while lines:
        first = next(
            (line[0] for line in lines if not any(_is_in(line[0], other[1:]) for other in lines)), lines[0][0]
        )
        found.append(first)
        lines = [[one for one in line if not _is_same(one, first)] for line in lines]
        lines = [line for line in lines if line]
    return found


def _is_in(wanted: Value, line: list[Value]) -> bool:
    return any(_is_same(wanted, one) for one in line)


def _is_same(one: Value, other: Value) -> bool:
    return one is other or (
        isinstance(one, External) and isinstance(other, External) and one.path == other.path
    )


OPERATOR_METHODS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "|": "or",
    "&": "and", "^": "xor", "<<": "lshift", ">>": "rshift", "@": "matmul",
}  # fmt: skip


class Instance(Object):
    """An object of a class of the project. `open_ended`: it may have attributes that are not listed."""

    has_identity = True

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
            return Attributes(self, node)
        if name in ("_replace", "_asdict") and self.cls.is_named_tuple():
            return run.record_method(self, name, node)
        method = self.cls.look_up("__getattr__")
        if isinstance(method, Function) and not name.startswith("__"):
            return run.call(BoundMethod(method, self, node), CallArguments([(Constant(name), node)]), None)
        return Unknown(node)

    def set_attribute(self, run: Interpreter, name: str, value: Value, node: Handle) -> None:
        found = self.cls.look_up(name)
        if isinstance(found, Property):
            if found.setter is not None:
                run.call(BoundMethod(found.setter, self, node), CallArguments([(value, node)]), None)
            return
        self.keep(run, name, value)

    def keep(self, run: Interpreter, name: str, value: Value) -> None:
        """Give an attribute a value, which it may or may not have when this may or may not happen."""
        if not run.sure_of(self.born):
            value = either([self.attributes.get(name) or Unknown(value.node), value])
        self.attributes[name] = value

    def as_items(self) -> list[Value] | None:
        """The fields of a named tuple in order, None for all else."""
        if not self.cls.is_named_tuple():
            return None
        return [self.attributes.get(name) or Unknown(self.node) for name in self.cls.tuple_fields()]

    def as_plain(self, budget: list[int] | None = None) -> tuple[bool, object]:
        if self.cls.is_enum() and self.cls.has_base(
            "builtins.str", "builtins.int", "enum.StrEnum", "enum.IntEnum"
        ):
            return plain(self.attributes.get("value") or Unknown(), budget)
        items = self.as_items()
        return (False, None) if items is None else plain(Sequence("tuple", items), budget)

    def as_truth(self) -> bool | None:
        if self.cls.is_enum():
            known, value = self.as_plain()
            return bool(value) if known else self.cls.has_base("enum.Enum") or None
        special = self.cls.look_up("__bool__") or self.cls.look_up("__len__")
        if special is not None or not self.cls.is_closed():
            items = self.as_items()
            return None if items is None else bool(items)
        return True

    def equals(self, other: Value) -> bool | None:
        if self is other:
            return True
        if not isinstance(other, Instance):
            simple = self.cls.is_closed() and self.cls.look_up("__eq__") is None
            alone = simple or (self.cls.is_enum() and not self.as_plain()[0])
            return False if isinstance(other, Constant) and alone else None
        if self.cls is not other.cls:
            return False if self.cls.is_plain() and other.cls.is_plain() else None
        if "dataclass" in self.cls.decorators and self.cls.look_up("__eq__") is None:
            pairs = [(one, other.attributes.get(name) or Unknown()) for name, one in self.attributes.items()]
            answers = [compare("==", one, another) for one, another in pairs]
            return False if False in answers else (None if None in answers else True)
        return False if self.cls.is_plain() else None

    def operate(
        self, run: Interpreter, operator: str, other: Value, node: Handle, reflected: bool
    ) -> Value | None:
        name = OPERATOR_METHODS.get(operator)
        method = (
            self.cls.look_up(f"__r{name}__" if reflected else f"__{name}__") if name is not None else None
        )
        if not isinstance(method, Function):
            return None
        return run.call(BoundMethod(method, self, node), CallArguments([(other, node)]), None)

    def delete_attribute(self, run: Interpreter, name: str) -> None:
        if run.sure_of(self.born):
            self.attributes.pop(name, None)
        elif name in self.attributes:
            self.attributes[name] = Unknown(self.node)

    def key(self) -> tuple[object] | None:
        known, value = self.as_plain()
        if known:
            return (value,)
        return (self,) if self.cls.is_plain() or self.cls.is_enum() else None

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


class Attributes(Object):
    """`self.__dict__`: the attributes of an object as a dict."""

    __slots__ = ("_instance", "_name")

    def __init__(self, instance: Instance, node: Handle | None, name: str | None = None) -> None:
        self.node = node
        self._instance = instance
        self._name = name

    def _as_mapping(self) -> Mapping:
        entries: dict[object, Entry] = {
            name: Entry(value) for name, value in self._instance.attributes.items()
        }
        return Mapping(entries, self.node, self._instance.open_ended)

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        return Attributes(self._instance, node, name)

    def get_item(self, run: Interpreter, key: Value, node: Handle) -> Value:
        return self._instance.attributes.get(text_of(key) or "") or Unknown(node)

    def set_item(self, run: Interpreter, key: Value, value: Value, node: Handle) -> None:
        name = text_of(key)
        if name is None:
            self._forget()
        else:
            self._instance.keep(run, name, value)

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        if self._name in ("get", "items", "keys", "values", "copy"):
            return run.call(Method(self._as_mapping(), self._name, node), arguments, node)
        given = arguments.positional[0][0] if arguments.positional else Mapping({})
        if self._name != "update" or not isinstance(given, Mapping) or given.open_ended:
            self._forget()
            return Unknown(node)
        for name, entry in given.entries.items():
            self._instance.keep(run, str(name), entry.value)
        for name, argument in arguments.keywords.items():
            self._instance.keep(run, name, argument.value)
        return Constant(None, node)

    def _forget(self) -> None:
        self._instance.attributes = {name: Unknown(self.node) for name in self._instance.attributes}
        self._instance.open_ended = True
