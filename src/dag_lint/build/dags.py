"""DAG(...) and @dag: from arguments to a Dag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import libcst as cst

from dag_lint.airflow.parameters import dag_parameters
from dag_lint.build.context import copy_mapping, flag
from dag_lint.build.objects import AssetObject, DagObject, TimetableObject
from dag_lint.evaluate.classes import Instance
from dag_lint.evaluate.objects import CallArguments, Function, Object, Wrapped
from dag_lint.known import Constant, Sequence, Unknown, Value
from dag_lint.model import Argument, Arguments, Dag
from dag_lint.schedule.model import ASSETS_SCHEDULE, IMPLICIT_2X_SCHEDULE, NO_SCHEDULE, UNKNOWN_SCHEDULE
from dag_lint.schedule.values import other_timetable, schedule_from_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.airflow.parameters import Major
    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.evaluate.classes import Class
    from dag_lint.known import Handle
    from dag_lint.schedule.model import InvalidSchedule, Schedule

SCHEDULE_ARGUMENTS = ("schedule", "schedule_interval", "timetable")


def make_dag(
    run: Interpreter,
    building: Building,
    arguments: CallArguments,
    node: cst.Call | None,
    style: Literal["assigned", "decorated"] = "assigned",
    name: Value | None = None,
    callee: Handle | None = None,
) -> DagObject:
    """The DAG that a call with these arguments makes. `name`: the dag_id when none is given."""
    named = arguments.named(dag_parameters(2))
    given = next((named.by_name[key] for key in SCHEDULE_ARGUMENTS if key in named), None)
    dag_id = named.get("dag_id")
    dag = Dag(
        dag_id=dag_id.value if dag_id is not None else (name or Unknown(node)),
        style=style,
        node=node,
        callee=callee if callee is not None else (_name_of_call(node) if node is not None else None),
        arguments=named,
        schedule=schedule_of(given, named, building.major),
        schedule_argument=given,
        default_args=copy_mapping(_value(named, "default_args")),
        certain=building.is_certain(run),
        complete=True,
    )
    building.dags.append(dag)
    return DagObject(building, dag, node, registers=flag(_value(named, "auto_register"), True) is not False)


def _value(arguments: Arguments, name: str) -> Value | None:
    argument = arguments.get(name)
    return None if argument is None else argument.value


def _name_of_call(node: cst.Call) -> cst.CSTNode:
    """`DAG` in `models.DAG(...)`: where a finding about something missing stands."""
    return node.func.attr if isinstance(node.func, cst.Attribute) else node.func


def schedule_of(
    argument: Argument | None, arguments: Arguments, major: Major | None
) -> Schedule | InvalidSchedule:
    """The schedule of a DAG for the target version; where the versions differ and none is known, unknown."""
    if argument is None:
        if arguments.open_ended or major is None:
            return UNKNOWN_SCHEDULE
        return IMPLICIT_2X_SCHEDULE if major == 2 else NO_SCHEDULE
    value = argument.value
    if isinstance(value, TimetableObject):
        return value.schedule
    if isinstance(value, AssetObject):
        return ASSETS_SCHEDULE
    if isinstance(value, Sequence):
        assets = value.items and all(isinstance(item, AssetObject) for item in value.items)
        known = not value.open_ended and all(
            isinstance(item, (AssetObject, Constant)) for item in value.items
        )
        if assets or (known and not value.items):
            return ASSETS_SCHEDULE
        return schedule_from_value(["-"]) if known else UNKNOWN_SCHEDULE
    if isinstance(value, Constant):
        return schedule_from_value(value.value)
    if isinstance(value, Instance):
        return other_timetable(value.cls.name)
    return UNKNOWN_SCHEDULE


class DagDecorator(Object):
    """`dag(...)`: waits for the function it decorates."""

    __slots__ = ("arguments", "building", "remember")

    def __init__(
        self,
        building: Building,
        arguments: CallArguments,
        node: Handle,
        remember: Callable[[DagFunction], DagFunction],
    ) -> None:
        self.node = node
        self.building = building
        self.arguments = arguments
        self.remember = remember

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        function = arguments.value(0)
        if function is None:
            return Unknown(node)
        return self.remember(DagFunction(self.building, function, self.arguments, self.node))


class DagFunction(Object):
    """A function under `@dag`: calling it makes the DAG."""

    __slots__ = ("arguments", "building", "called", "function")

    def __init__(self, building: Building, function: Value, arguments: CallArguments, node: Handle) -> None:
        self.node = node
        self.building = building
        self.function = function
        self.arguments = arguments
        self.called = False

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        self.called = True
        return self.build(run)

    def build(self, run: Interpreter) -> Value:
        """Make the DAG and run the function's body in it; the function's parameters are the DAG's params."""
        function = self.function
        name: Value = Unknown(self.node)
        if isinstance(function, Function) and isinstance(function.syntax, cst.FunctionDef):
            name = Constant(function.name, function.syntax.name)
        call = self.node if isinstance(self.node, cst.Call) else None
        callee = self.node.func if isinstance(self.node, cst.Call) else self.node
        made = make_dag(run, self.building, self.arguments, call, "decorated", name, callee)
        made.dag.node = self.node
        made.enter(run, self.node)
        try:
            if isinstance(function, (Function, Wrapped)):
                inner = function.inner if isinstance(function, Wrapped) else function
                run.call(inner, CallArguments(open_positional=True, open_keywords=True), None)
            else:
                made.dag.complete = False
        finally:
            made.leave(run)
        return made


def make_project_dag(
    run: Interpreter, building: Building, cls: Class, arguments: CallArguments, node: cst.Call | None
) -> Value:
    """An object of a class of the project that derives from DAG."""
    method = cls.look_up("__init__")
    made = make_dag(run, building, arguments if method is None else CallArguments(), node)
    made.cls = cls
    if isinstance(method, Function):
        # What reaches DAG.__init__ replaces the empty arguments by `finish_dag`.
        made.dag.arguments = Arguments(open_ended=True)
        made.dag.schedule = UNKNOWN_SCHEDULE
        run.call(
            method,
            CallArguments(
                [(made, node), *arguments.positional],
                arguments.keywords,
                arguments.open_positional,
                arguments.open_keywords,
            ),
            None,
        )
    return made


def finish_dag(building: Building, made: DagObject, arguments: CallArguments) -> None:
    """`super().__init__(...)` of a project's DAG class reached Airflow's own."""
    dag = made.dag
    named = arguments.named(dag_parameters(2))
    given = next((named.by_name[key] for key in SCHEDULE_ARGUMENTS if key in named), None)
    dag.arguments = named
    dag.schedule_argument = given
    dag.schedule = schedule_of(given, named, building.major)
    dag.default_args = copy_mapping(_value(named, "default_args"))
    dag_id = named.get("dag_id")
    if dag_id is not None:
        dag.dag_id = dag_id.value
