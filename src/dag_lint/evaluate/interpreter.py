"""The machine: state, fuel, and the entry points that expressions, statements and libraries share."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dag_lint.evaluate.attempts import may_fail
from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.clocks import field_of
from dag_lint.evaluate.iteration import ITEMS_A_STEP
from dag_lint.evaluate.objects import (
    BoundMethod,
    CallArguments,
    Function,
    Globals,
    Method,
    Module,
    Object,
    Property,
    Super,
    Wrapped,
)
from dag_lint.evaluate.records import RecordMethod
from dag_lint.evaluate.scope import Frame, Journal, Scope
from dag_lint.evaluate.values import constant_attribute, either, text_pieces
from dag_lint.evaluate.work import WORK
from dag_lint.known import Constant, Either, Entry, External, Mapping, Moving, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import libcst as cst

    from dag_lint.evaluate.ways import Region, Signal
    from dag_lint.evaluate.world import World
    from dag_lint.known import Handle

FUEL = 150_000
"""Steps a file may take (an expression, a statement, a turn of a loop): about half a second."""

MAXIMUM_CALL_DEPTH = 24


CHARACTERS_A_STEP = 2_000
"""So many characters are copied in the time that an expression takes."""


class OutOfFuelError(Exception):
    """The file does more than is worth following; what is understood so far stands."""


class Interpreter:
    """Reads modules from top to bottom. `certain` says whether what happens now happens for sure."""

    def __init__(self, world: World, fuel: int = FUEL) -> None:
        # The tables import this module's names: they are looked up once, when a machine is built.
        from dag_lint.evaluate.expressions import EXPRESSIONS
        from dag_lint.evaluate.functions import call
        from dag_lint.evaluate.statements import STATEMENTS

        WORK.values = 0
        self._expressions = EXPRESSIONS
        self._statements = STATEMENTS
        self._call = call
        self.world = world
        self.fuel = fuel
        self.doubts: tuple[int, ...] = ()
        """What has to be so for the present code to run, one number for each condition that is not known."""
        self.loop_depth = 0
        self.frames: list[Frame] = []
        self.journals: list[Journal] = []
        self.regions: list[Region] = []
        self.tries: list[Region] = []
        """The `try` blocks whose handlers wait for what the present code may raise."""
        self._last_doubt = 0
        self.executed: set[int] = set()
        """Ids of the functions that were called while the file was read."""
        self.in_progress: list[int] = []
        self.at_yield: Callable[[Value], None] | None = None
        """What the next function that is called lets run at its first `yield`."""
        self.decorator_node: cst.BaseExpression | None = None
        """The decorator that is being applied."""
        self.functions: list[Function] = []
        """The functions that the file itself defines, in the order of their definition."""
        self.reading_sibling = 0

    @property
    def certain(self) -> bool:
        """Whether the code that runs now runs for sure, once."""
        return not self.doubts

    def sure_of(self, born: tuple[int, ...]) -> bool:
        """Whether what happens now surely happens to a thing that was made under these doubts."""
        return not self.doubts or set(self.doubts).issubset(born)

    @property
    def scope(self) -> Scope:
        """Where names are looked up now."""
        return self.frames[-1].scope

    def spend_on(self, value: Value) -> Value:
        """Use fuel for a value that had to be written out, and give it back."""
        if isinstance(value, Constant) and isinstance(value.value, (str, bytes)):
            self.spend(len(value.value) // CHARACTERS_A_STEP)
        elif isinstance(value, Sequence):
            self.spend(len(value.items) // ITEMS_A_STEP)
        return value

    def spend(self, amount: int = 1) -> None:
        """Use fuel. Raises OutOfFuelError when none is left."""
        self.fuel -= amount
        if self.fuel < 0:
            raise OutOfFuelError

    # -- names ---------------------------------------------------------------------------------------

    def bind(self, name: str, value: Value, scope: Scope | None = None) -> None:
        """`name = value` in the present scope, or in `scope`."""
        holder = (scope or self.scope).holder(name)
        if self.journals:
            key = (holder, name)
            journal = self.journals[-1]
            if key not in journal:
                journal[key] = holder.names.get(name)
        holder.names[name] = value
        if holder.maybe_unbound:
            holder.maybe_unbound.discard(name)

    def unbind(self, name: str, scope: Scope | None = None) -> None:
        """`del name`."""
        holder = (scope or self.scope).holder(name)
        if name in holder.names:
            if self.journals:
                self.journals[-1].setdefault((holder, name), holder.names[name])
            del holder.names[name]

    @contextmanager
    def doubtful(self) -> Iterator[None]:
        """Code in here may or may not run."""
        doubt = self.begin_doubt()
        try:
            yield
        finally:
            self.settle([doubt])

    def begin_doubt(self) -> int:
        """From now on it is in doubt whether the code runs; the number to `settle` it by."""
        self._last_doubt += 1
        self.doubts = (*self.doubts, self._last_doubt)
        return self._last_doubt

    def settle(self, doubts: Iterable[int]) -> None:
        """End doubts."""
        for doubt in doubts:
            self.doubts = tuple(other for other in self.doubts if other != doubt)

    def close_journal(self) -> None:
        """End the innermost journal; the one around it takes over what it says of the time before."""
        journal = self.journals.pop()
        if self.journals:
            for key, before in journal.items():
                self.journals[-1].setdefault(key, before)

    # -- the tables ----------------------------------------------------------------------------------

    def evaluate(self, node: cst.BaseExpression) -> Value:
        """What an expression evaluates to."""
        self.fuel -= 1
        if self.fuel < 0:
            raise OutOfFuelError
        handler = self._expressions.get(type(node))
        value = Unknown(node) if handler is None else handler(self, node)
        if self.tries and isinstance(value, Unknown):
            may_fail(self, node, value)
        return value

    def execute(self, body: cst.BaseSuite | Iterable[cst.CSTNode]) -> Signal:
        """Run statements in order; says how the run left them, None when it fell off the end."""
        statements: Iterable[cst.CSTNode] = body.body if hasattr(body, "body") else body
        for statement in statements:
            self.fuel -= 1
            if self.fuel < 0:
                raise OutOfFuelError
            handler = self._statements.get(type(statement))
            if handler is not None:
                signal = handler(self, statement)
                if signal is not None:
                    return signal
        return None

    def call(self, callee: Value, arguments: CallArguments, node: cst.Call | None) -> Value:
        """What calling `callee` gives."""
        return self._call(self, callee, arguments, node)

    def run_module(self, scope: Scope, module: cst.Module) -> cst.CSTNode | None:
        """Read a module from top to bottom; the statement in which the fuel ran out, None when it did not."""
        self.frames.append(Frame(scope))
        statement = None
        try:
            for statement in module.body:
                if self.execute((statement,)) is not None:
                    break
        except (OutOfFuelError, RecursionError):
            return statement
        finally:
            self.frames.pop()
        return None

    def call_decorator(
        self, callee: Value, arguments: CallArguments, node: cst.BaseExpression, call: cst.Call | None
    ) -> Value:
        """What applying a decorator gives; `node` is the expression behind the `@`."""
        self.decorator_node = node
        return self.call(callee, arguments, call)

    @contextmanager
    def inner_scope(self, around: Scope) -> Iterator[None]:
        """A scope for the names of a comprehension that stands in another scope."""
        frame = self.frames[-1]
        scope = Scope("comprehension", around)
        self.frames.append(Frame(scope, frame.function, frame.owner, doubts=self.doubts))
        try:
            yield
        finally:
            self.frames.pop()

    def text_of_object(self, value: Value, formatted: bool = False) -> list[str | None]:
        """The pieces of `str(value)`, or of `format(value)`."""
        if not isinstance(value, Instance):
            return text_pieces(value)
        for name in ("__format__", "__str__", "__repr__")[0 if formatted else 1 :]:
            method = value.cls.look_up(name)
            if isinstance(method, Function):
                given: list[tuple[Value, Handle]] = (
                    [(Constant(""), value.node)] if name == "__format__" else []
                )
                return text_pieces(self.call(BoundMethod(method, value), CallArguments(given), None))
        if value.cls.has_base("enum.StrEnum"):
            return text_pieces(value.attributes["value"])
        plain_enum = value.cls.is_enum() and not value.as_plain()[0]
        # What a member mixed with str or int looks like depends on the version of Python.
        if plain_enum or (value.cls.has_base("builtins.str") and value.cls.is_enum() and not formatted):
            return [f"{value.cls.name}.", *text_pieces(value.attributes["name"])]
        return [None]

    def record_method(self, record: Instance, name: str, node: Handle) -> Value:
        """A method that named tuples have."""
        return RecordMethod(record, name, node)

    def external_item(self, value: External, key: Value, node: Handle) -> Value:
        """`os.environ["X"]` and its like: not known, but for the module itself."""
        if value.path == "sys.modules":
            return Module("", self.scope.module, node)
        return Unknown(node, value.path)

    def globals_value(self, node: Handle) -> Value:
        """`globals()`."""
        return Globals(self.scope.module, node)

    def set_member(self, cls: Class, name: str, value: Value) -> None:
        """`cls.name = value`."""
        self.bind(name, value, cls.scope)

    # -- attributes ----------------------------------------------------------------------------------

    def bind_member(self, member: Value | None, receiver: Value, node: Handle) -> Value:
        """A class attribute as seen through an instance: functions become bound methods."""
        if member is None:
            return Unknown(node)
        if isinstance(member, Function):
            if member.kind == "static":
                return member
            if member.kind == "cached" and isinstance(receiver, Instance):
                value = self.call(BoundMethod(member, receiver, node), CallArguments(), None)
                receiver.set_attribute(self, member.name, value, node)
                return value
            if member.kind in ("property", "cached"):
                return self.call(BoundMethod(member, receiver, node), CallArguments(), None)
            if member.kind == "class" and isinstance(receiver, Instance):
                return BoundMethod(member, receiver.cls, node)
            return BoundMethod(member, receiver, node)
        return member

    def attribute(self, value: Value, name: str, node: Handle) -> Value:
        """`value.name`."""
        if isinstance(value, External):
            path = f"{value.path}.{name}"
            return self.world.external_attribute(path, node) or External(path, node)
        if isinstance(value, Object):
            return value.get_attribute(self, name, node)
        if isinstance(value, Class):
            return self._class_attribute(value, name, node)
        if isinstance(value, Super):
            own = (
                value.receiver if isinstance(value.receiver, Class) else getattr(value.receiver, "cls", None)
            )
            lineage = (own if isinstance(own, Class) else value.cls).lineage()
            behind = lineage[lineage.index(value.cls) + 1 :] if value.cls in lineage else []
            for base in behind:
                if isinstance(base, Class) and name in base.namespace:
                    return self.bind_member(base.namespace[name], value.receiver, node)
            return Method(value, name, node)
        if isinstance(value, (Constant, Text, Sequence, Mapping, Moving)):
            return self._constant_attribute(value, name, node)
        if isinstance(value, Function) and name in ("__name__", "__qualname__"):
            return Constant(value.name, node)
        if isinstance(value, Wrapped) and name in ("__wrapped__", "func", "function"):
            return value.inner
        if isinstance(value, Either):
            found = [self.attribute(one, name, node) for one in value.values]
            return either([*found, Unknown(node)] if value.others else found)
        return Unknown(node, value.origin if isinstance(value, Unknown) else None)

    def _class_attribute(self, cls: Class, name: str, node: Handle) -> Value:
        found = cls.look_up(name)
        if found is None:
            if name == "__name__":
                return Constant(cls.name, node)
            if name == "__members__" and cls.is_enum():
                entries: dict[object, Entry] = {
                    key: Entry(value) for key, value in cls.namespace.items() if isinstance(value, Instance)
                }
                return Mapping(entries, node)
            return self.world.class_member(cls, name, node) or Unknown(node)
        if isinstance(found, Function) and found.kind == "class":
            return BoundMethod(found, cls, node)
        is_property = isinstance(found, Property) or (
            isinstance(found, Function) and found.kind in ("property", "cached")
        )
        return Unknown(node) if is_property else found

    def _constant_attribute(self, value: Value, name: str, node: Handle) -> Value:
        if name == "value" and isinstance(value, Constant):
            # A member of one of Airflow's enums, which are strings.
            return value
        if isinstance(value, Constant):
            found = constant_attribute(value, name, node)
            if found is not None:
                return found
        if isinstance(value, Moving) and (field := field_of(value, name, node)) is not None:
            return field
        return Method(value, name, node)

    def import_module(
        self, name: str, node: Handle, level: int = 0, importer: Scope | None = None
    ) -> Module | None:
        """A module of the project, None when it comes from elsewhere. `importer`: the module that asks."""
        return self.world.import_module(self, name, level, importer or self.scope.module)
