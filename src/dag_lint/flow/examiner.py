"""Examining callables: one Examiner for a file, so that no helper is read twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.flow import tables
from dag_lint.flow.calls import Calls
from dag_lint.flow.effects import names
from dag_lint.flow.expressions import Expressions
from dag_lint.flow.facts import CallableFlow, Kind
from dag_lint.flow.helpers import Helpers
from dag_lint.flow.scope import OutOfFuel, Scope
from dag_lint.flow.statements import Statements
from dag_lint.flow.tables import makers
from dag_lint.flow.things import GAP, SMALL, UNKNOWN, Callee, Tag, Thing
from dag_lint.known import Constant, External, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from typing import Protocol

    from dag_lint.flow.arguments import Given
    from dag_lint.flow.facts import Evidence
    from dag_lint.flow.scope import Core
    from dag_lint.surroundings import LocalFunction, Surroundings

    class Names(Protocol):
        """What the examiner reads of the settings."""

        @property
        def heavy_calls(self) -> frozenset[str]:
            """Dotted names whose call is heavy."""

        @property
        def light_calls(self) -> frozenset[str]:
            """Dotted names whose call is to be overlooked."""


FUEL = 20_000
"""How many expressions of one callable and its helpers are read."""
FILE_FUEL = 80_000
"""How many for all callables of a file together."""


class Reader(Statements, Expressions, Calls, Helpers):
    """Reads one callable: statements in order, calls by the tables, helpers where they are called."""


class Examiner:
    """Examines the callables of one file."""

    def __init__(self, settings: Names) -> None:
        self.heavy = settings.heavy_calls
        self.light = settings.light_calls
        self.summaries: dict[object, tuple[tuple[Evidence, ...], Thing]] = {}
        self._names: dict[tuple[int, str], Thing] = {}
        self._keep: list[object] = []
        self._fuel = FILE_FUEL

    def examine(
        self,
        node: cst.FunctionDef | cst.Lambda,
        surroundings: Surroundings,
        class_name: str | None = None,
    ) -> CallableFlow:
        """What moves through one callable and its helpers. Never raises."""
        scope = Scope(surroundings, class_name, top=True)
        reader = Reader(self, scope, min(FUEL, self._fuel))
        given = reader.fuel
        reader.active.append(id(node))
        complete = True
        try:
            if class_name is not None and node.params.params:
                first = node.params.params[0].name.value
                scope.names[first] = Thing(Tag.SELF, name=class_name)
            reader.arguments(scope, node)
            if isinstance(node, cst.FunctionDef):
                reader.run(node.body)
            else:
                reader.evaluate(node.body)
        except (OutOfFuel, RecursionError):
            complete = False
        self._fuel -= given - max(reader.fuel, 0)
        return CallableFlow(tuple(reader.evidence), complete)

    # what is around a function

    def outer_name(self, reader: Core, surroundings: Surroundings, name: str) -> Thing:
        """What a name outside of the function stands for."""
        key = (id(surroundings), name)
        known = self._names.get(key)
        if known is None:
            self._keep.append(surroundings)
            known = self._outer_name(surroundings, name)
            self._names[key] = known
        return known

    def _outer_name(self, surroundings: Surroundings, name: str) -> Thing:
        found = surroundings.function(name)
        if found is not None:
            return Thing(Tag.FUNCTION, callee=Callee(found, name))
        external = surroundings.external(name)
        if external is not None:
            return Thing(Tag.EXTERNAL, name=external, text=name)
        if name in _BUILTINS:
            return Thing(Tag.EXTERNAL, name=name)
        return self._of_value(surroundings.constant(name), name)

    def _of_value(self, value: Value, name: str) -> Thing:
        if isinstance(value, Constant):
            if isinstance(value.value, str):
                return Thing(Tag.TEXT, text=value.value)
            if isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
                return Thing(Tag.SMALL, number=float(value.value))
            return SMALL
        if isinstance(value, Text):
            return Thing(Tag.TEXT, text="".join(GAP if piece is None else piece for piece in value.pieces))
        if isinstance(value, (Sequence, Mapping)):
            return UNKNOWN if value.open_ended else SMALL
        if isinstance(value, External):
            return Thing(Tag.EXTERNAL, name=value.path, text=name)
        if isinstance(value, Unknown) and value.origin:
            return self._made_by(value.origin, name)
        return Thing(Tag.INSTANCE, name=name)

    def _made_by(self, origin: str, name: str) -> Thing:
        """A module-level thing, by the call that made it."""
        path = tables.canonical(origin)
        effect = tables.function(path)
        if effect is not None and effect.kind in (None, Kind.COMPUTE):
            return Thing(effect.gives or Tag.UNKNOWN, name=effect.name)
        last = path.rpartition(".")[2]
        if last.endswith("Hook"):
            hook = makers.HOOKS.get(last)
            return Thing(hook.gives or Tag.HOOK, name=hook.name) if hook else Thing(Tag.HOOK)
        return Thing(Tag.INSTANCE, name=name)

    def dotted(self, surroundings: Surroundings, callee: Thing) -> Callee | None:
        """A function of the project behind a dotted name, as written or in full."""
        for name in (callee.text, callee.name):
            if name and "." in name:
                found = surroundings.function(name)
                if found is not None:
                    return Callee(found, name)
        return None

    def method(self, surroundings: Surroundings, class_name: str, name: str) -> LocalFunction | None:
        """A method of a class of the project."""
        return surroundings.method(class_name, name) if class_name else None

    def bound_method(self, surroundings: Surroundings, class_name: str, name: str) -> Callee | None:
        """The same, ready to be followed."""
        found = self.method(surroundings, class_name, name)
        return Callee(found, name, class_name) if found is not None else None

    def construct(
        self,
        reader: Core,
        class_name: str,
        surroundings: Surroundings,
        given: list[Given] | None = None,
        node: cst.CSTNode | None = None,
    ) -> None:
        """Learn the attributes of self from __init__; what an operator's does happens at parse time."""
        own = reader.own(class_name)
        if "__init__" in own:
            return
        own["__init__"] = UNKNOWN
        callee = self.bound_method(surroundings, class_name, "__init__")
        if callee is None:
            return
        muted = given is None
        reader.muted += muted
        try:
            reader.follow(callee, given or [], node or callee.found.node)
        finally:
            reader.muted -= muted


_BUILTINS = frozenset(
    name
    for name in (
        *makers.PASSING,
        *makers.DROPPING,
        *names("open map filter enumerate zip str int float range"),
    )
    if "." not in name
)
