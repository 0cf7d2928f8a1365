"""Classes whose objects are records: dataclasses, named tuples and enumerations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.objects import BoundMethod, CallArguments, Function, Object, Property
from dag_lint.evaluate.scope import Scope
from dag_lint.evaluate.values import plain, same
from dag_lint.known import Constant, Entry, Mapping, Sequence, Unknown, Value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle


class Field(Object):
    """`dataclasses.field(...)`: what a field holds unless it is given."""

    __slots__ = ("default", "factory", "given")

    def __init__(self, arguments: CallArguments, node: Handle) -> None:
        self.node = node
        default, factory, given = (
            arguments.keywords.get(name) for name in ("default", "default_factory", "init")
        )
        self.default = None if default is None else default.value
        self.factory = None if factory is None else factory.value
        self.given = given is None or plain(given.value) != (True, False)
        """Whether the constructor takes it."""

    def make(self, run: Interpreter) -> Value | None:
        """The value of the field in a new object."""
        if self.factory is not None:
            return run.call(self.factory, CallArguments(), None)
        return self.default


def make_field(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`dataclasses.field(...)`."""
    return Field(arguments, node)


def is_record(cls: Class) -> bool:
    """Whether its objects are made from its fields."""
    return _maker(cls) is not None


def _maker(cls: Class) -> Class | None:
    """The class of the lineage whose constructor fills the fields."""
    for base in cls.lineage():
        if isinstance(base, Class):
            if "dataclass" in base.decorators or base.is_named_tuple():
                return base
            if "__init__" in base.namespace:
                return None
    return None


def fields_of(cls: Class) -> list[str]:
    """The names of the fields, in order."""
    maker = _maker(cls)
    lineage = [] if maker is None else [base for base in reversed(maker.lineage()) if isinstance(base, Class)]
    return list(
        dict.fromkeys(
            name
            for base in lineage
            if "dataclass" in base.decorators or base.is_named_tuple()
            for name in base.fields
        )
    )


def fill_fields(run: Interpreter, instance: Instance, arguments: CallArguments, node: Handle) -> None:
    """Give a new record its fields, and run its `__post_init__`."""
    position = 0
    for name in fields_of(instance.cls):
        default = instance.cls.look_up(name)
        value: Value | None = None
        if not isinstance(default, Field) or default.given:
            value = arguments.value(position, name)
            position += 1
        if value is None and arguments.complete:
            value = default.make(run) if isinstance(default, Field) else default
        instance.attributes[name] = value if value is not None else Unknown(node)
    method = instance.cls.look_up("__post_init__")
    if isinstance(method, Function):
        run.call(BoundMethod(method, instance, node), CallArguments(), None)


def replace(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`dataclasses.replace(record, ...)`, `record._replace(...)`."""
    record = arguments.value(0)
    if not isinstance(record, Instance) or not is_record(record.cls):
        return Unknown(node)
    made = Instance(record.cls, node, run.doubts)
    made.attributes = dict(record.attributes)
    names = set(fields_of(record.cls))
    for name, argument in arguments.keywords.items():
        if name in names:
            made.attributes[name] = argument.value
    if not arguments.complete:
        made.attributes = {name: Unknown(node) for name in made.attributes}
    method = record.cls.look_up("__post_init__")
    if isinstance(method, Function):
        run.call(BoundMethod(method, made, node), CallArguments(), None)
    return made


def as_dict(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`dataclasses.asdict(record)`, `record._asdict()`."""
    record = arguments.value(0)
    if not isinstance(record, Instance) or not is_record(record.cls):
        return Unknown(node)
    entries: dict[object, Entry] = {}
    for name in fields_of(record.cls):
        value = record.attributes.get(name) or Unknown(node)
        inner = isinstance(value, Instance) and is_record(value.cls)
        entries[name] = Entry(
            as_dict(run, CallArguments([(value, node)]), node) if inner else _copied(run, value)
        )
    return Mapping(entries, node, born=run.doubts)


def _copied(run: Interpreter, value: Value) -> Value:
    from dag_lint.evaluate.copying import deep

    return deep(run, CallArguments([(value, value.node)]), value.node)


class RecordMethod(Object):
    """`_replace` and `_asdict` of a named tuple."""

    __slots__ = ("_name", "_record")

    def __init__(self, record: Instance, name: str, node: Handle) -> None:
        self.node = node
        self._record = record
        self._name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        inner = CallArguments(
            [(self._record, node), *arguments.positional],
            arguments.keywords,
            arguments.open_positional,
            arguments.open_keywords,
        )
        return replace(run, inner, node) if self._name == "_replace" else as_dict(run, inner, node)


def named_tuple(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`collections.namedtuple("Name", "a b c", defaults=[...])`."""
    name, given = text_of(arguments.value(0, "typename")), arguments.value(1, "field_names")
    known, names = plain(given) if given is not None else (False, None)
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if name is None or not known or not isinstance(names, (list, tuple)) or "rename" in arguments.keywords:
        return Unknown(node)
    made = Class.made(name, Scope("class", run.scope), node)
    made.fields = [str(one) for one in names]
    made.decorators.add("namedtuple")
    defaults = arguments.keywords.get("defaults")
    if isinstance(defaults and defaults.value, Sequence):
        values = defaults.value.items  # type: ignore[union-attr]
        made.namespace.update(zip(made.fields[len(made.fields) - len(values) :], values, strict=False))
    elif defaults is not None:
        made.namespace.update({one: Unknown(node) for one in made.fields})
    return made


# -- enumerations ----------------------------------------------------------------------------------------


def enum_member(cls: Class, arguments: CallArguments, node: Handle) -> Value:
    """`Colour(value)`."""
    wanted = arguments.value(0)
    for member in cls.members():
        values = [member, member.attributes["value"]] if isinstance(member, Instance) else []
        if wanted is not None and any(same(value, wanted) for value in values):
            return member
    return Unknown(node)


def make_enum_members(run: Interpreter, cls: Class) -> None:
    """Turn the constants of an enumeration's body into its members; equal values are one member."""
    members: list[Instance] = []
    last: Value = Constant(0)
    for name, value in list(cls.namespace.items()):
        if name.startswith("_") or isinstance(value, (Function, BoundMethod, Property, Class)):
            continue
        if isinstance(value, Unknown) and value.origin == "enum.auto":
            value = _next_value(cls, name, last)
        last = value
        alias = next((one for one in members if same(one.attributes["value"], value)), None)
        if alias is None:
            alias = Instance(cls, value.node)
            members.append(alias)
            alias.attributes = {"value": value, "name": Constant(name, value.node)}
            _initialise_member(run, cls, alias, value)
        cls.namespace[name] = alias


def _next_value(cls: Class, name: str, last: Value) -> Value:
    if cls.look_up("_generate_next_value_") is not None:
        return Unknown()
    if any(path == "enum.StrEnum" for path in _bases(cls)):
        return Constant(name.lower())
    number = last.value if isinstance(last, Constant) else None
    return Constant(number + 1) if isinstance(number, int) else Unknown()


def _bases(cls: Class) -> Iterator[str]:
    return (path for base in cls.lineage() if (path := getattr(base, "path", None)) is not None)


def _initialise_member(run: Interpreter, cls: Class, member: Instance, value: Value) -> None:
    method = cls.look_up("__init__")
    if isinstance(method, Function):
        values = value.items if isinstance(value, Sequence) and value.kind == "tuple" else [value]
        run.call(BoundMethod(method, member), CallArguments([(one, one.node) for one in values]), None)
    if cls.look_up("__new__") is not None:
        member.attributes["value"] = Unknown(value.node)


RECORD_CALLS = {
    "dataclasses.field": make_field,
    "dataclasses.replace": replace,
    "dataclasses.asdict": as_dict,
    "collections.namedtuple": named_tuple,
}
