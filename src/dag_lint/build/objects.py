"""Airflow's objects while a file is read: what their attributes, operators and `with` blocks do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.build.edges import connect, set_edge, xcoms_in
from dag_lint.evaluate.objects import CallArguments, Object
from dag_lint.known import Constant, Handle, Mapping, Sequence, Unknown, Value, text_of
from dag_lint.model import Argument

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.evaluate.classes import Class
    from dag_lint.model import Dag, Task, TaskGroup
    from dag_lint.schedule.model import InvalidSchedule, Schedule


class AirflowObject(Object):
    """Something of Airflow's that can stand in a dependency."""

    __slots__ = ("building",)

    building: Building

    def operate(
        self, run: Interpreter, operator: str, other: Value, node: Handle, reflected: bool
    ) -> Value | None:
        if operator not in (">>", "<<"):
            return None
        if (operator == ">>") != reflected:
            connect(run, self.building, self, other)
        else:
            connect(run, self.building, other, self)
        return self if reflected else other

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name in ("set_upstream", "set_downstream", "as_setup", "as_teardown"):
            return AirflowMethod(self, name, node)
        return Unknown(node)


class AirflowMethod(Object):
    """A method of an Airflow object that is understood."""

    __slots__ = ("name", "receiver")

    def __init__(self, receiver: AirflowObject, name: str, node: Handle) -> None:
        self.node = node
        self.receiver = receiver
        self.name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        receiver = self.receiver
        if self.name in ("set_upstream", "set_downstream"):
            other = arguments.value(0, "task_or_task_list")
            if other is not None and self.name == "set_downstream":
                connect(run, receiver.building, receiver, other)
            elif other is not None:
                connect(run, receiver.building, other, receiver)
            return Constant(None, node)
        if isinstance(receiver, (TaskObject, XComObject)):
            if self.name == "as_setup":
                receiver.task.is_setup = True
            elif self.name == "as_teardown":
                make_teardown(run, receiver, arguments)
            elif self.name in ("map", "zip", "concat"):
                made = XComObject(receiver.building, receiver.task, node)
                given = (task for value in (receiver, *arguments.values()) for task in xcoms_in(value))
                made.others = list({id(task): task for task in given}.values())
                return made
        return receiver


def make_teardown(run: Interpreter, receiver: TaskObject | XComObject, arguments: CallArguments) -> None:
    """`task.as_teardown(setups=...)`: the setups come before it."""
    task = receiver.task
    task.is_teardown = True
    setups = arguments.value(0, "setups")
    if setups is None:
        return
    for value in setups.items if isinstance(setups, Sequence) else [setups]:
        if isinstance(value, (TaskObject, XComObject)):
            value.task.is_setup = True
            set_edge(run, receiver.building, value.task, task)
        elif not isinstance(value, Constant):
            task.unknown.add("upstream")


class TaskObject(AirflowObject):
    """A task. `cls`: its class, when that is one of the project."""

    __slots__ = ("attributes", "cls", "task")

    def __init__(self, building: Building, task: Task, node: Handle, cls: Class | None = None) -> None:
        self.node = node
        self.building = building
        self.task = task
        self.cls = cls
        self.attributes: dict[str, Value] = {}

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name == "output":
            return XComObject(self.building, self.task, node)
        if name == "task_id" and self.task.task_id is not None:
            return Constant(self.task.task_id, node)
        if name in self.attributes:
            return self.attributes[name]
        if self.cls is not None:
            found = self.cls.look_up(name)
            if found is not None:
                return run.bind_member(found, self, node)
        if name in self.task.arguments and self.cls is None:
            return self.task.arguments.by_name[name].value
        return super().get_attribute(run, name, node)

    def set_attribute(self, run: Interpreter, name: str, value: Value, node: Handle) -> None:
        from dag_lint.build.tasks import attribute_was_set

        self.attributes[name] = value if run.certain else Unknown(node)
        attribute_was_set(run, self, name, value, node)

    def enter(self, run: Interpreter, node: Handle) -> Value:
        # `with setup_task:` wires what is made inside between setup and teardown: not followed.
        if self.task.dag is not None:
            self.task.dag.complete = False
        return self


class XComObject(AirflowObject):
    """The result of a task: what calling a `@task` function, or `.output`, gives."""

    __slots__ = ("others", "task")

    def __init__(self, building: Building, task: Task, node: Handle) -> None:
        self.node = node
        self.building = building
        self.task = task
        self.others: list[Task] = []

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name == "operator":
            return TaskObject(self.building, self.task, node)
        if name in ("map", "zip", "concat"):
            return AirflowMethod(self, name, node)
        return super().get_attribute(run, name, node)

    def get_item(self, run: Interpreter, key: Value, node: Handle) -> Value:
        return XComObject(self.building, self.task, node)

    def enter(self, run: Interpreter, node: Handle) -> Value:
        if self.task.dag is not None:
            self.task.dag.complete = False
        return self


class LabelObject(AirflowObject):
    """`Label("...")`: hands an edge through."""

    __slots__ = ("downstream", "upstream")

    def __init__(self, building: Building, node: Handle) -> None:
        self.node = node
        self.building = building
        self.upstream: list[Value] = []
        self.downstream: list[Value] = []


class GroupObject(AirflowObject):
    """A task group."""

    __slots__ = ("group",)

    def __init__(self, building: Building, group: TaskGroup, node: Handle) -> None:
        self.node = node
        self.building = building
        self.group = group

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name in ("group_id", "label") and self.group.group_id is not None:
            text = self.group.group_id if name == "group_id" else self.group.group_id.rpartition(".")[2]
            return Constant(text, node)
        return super().get_attribute(run, name, node)

    def enter(self, run: Interpreter, node: Handle) -> Value:
        self.building.open_groups.append(self.group)
        return self

    def leave(self, run: Interpreter) -> None:
        self.building.open_groups.pop()


class DagObject(AirflowObject):
    """A DAG. `cls`: its class, when that is one of the project."""

    __slots__ = ("attributes", "cls", "dag", "registers")

    def __init__(self, building: Building, dag: Dag, node: Handle, registers: bool = True) -> None:
        self.node = node
        self.building = building
        self.dag = dag
        self.registers = registers
        self.cls: Class | None = None
        self.attributes: dict[str, Value] = {}

    def operate(
        self, run: Interpreter, operator: str, other: Value, node: Handle, reflected: bool
    ) -> Value | None:
        # `dag >> task` was Airflow 1's way of assigning a task to a DAG.
        if operator in (">>", "<<"):
            self.dag.complete = False
        return None

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name == "dag_id":
            return self.dag.dag_id
        if name == "default_args":
            return self.dag.default_args if self.dag.default_args is not None else Mapping({}, node)
        if name in self.attributes:
            return self.attributes[name]
        if self.cls is not None:
            found = self.cls.look_up(name)
            if found is not None:
                return run.bind_member(found, self, node)
        if name == "task":
            return Unknown(node)
        return DagMethod(self, name, node)

    def set_attribute(self, run: Interpreter, name: str, value: Value, node: Handle) -> None:
        kept = value if run.certain else Unknown(node)
        self.attributes[name] = kept
        self.dag.assigned[name] = Argument(name, kept, value.node, node)

    def enter(self, run: Interpreter, node: Handle) -> Value:
        self.building.open_dags.append(self.dag)
        self.building.open_groups.append(None)
        self.dag.style = "with" if self.dag.style == "assigned" else self.dag.style
        return self

    def leave(self, run: Interpreter) -> None:
        self.building.open_dags.pop()
        self.building.open_groups.pop()
        if self.registers:
            self.dag.registered = not self.building.probing


class DagMethod(Object):
    """A method of a DAG: those that add tasks make it uncertain what is in it, others only read."""

    __slots__ = ("name", "receiver")

    _READS = frozenset(
        {"test", "cli", "run", "clear", "get_task", "has_task", "validate", "partial_subset", "get_run_dates",
         "sub_dag", "as_teardown", "resolve_template_files", "access_control", "param", "add_parameter",
         "get_template_env", "__class__"}
    )  # fmt: skip

    def __init__(self, receiver: DagObject, name: str, node: Handle) -> None:
        self.node = node
        self.receiver = receiver
        self.name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        dag = self.receiver.dag
        if self.name in ("add_task", "add_tasks"):
            value = arguments.value(0)
            for item in value.items if isinstance(value, Sequence) else [value]:
                if isinstance(item, TaskObject) and item.task.dag is None:
                    item.task.dag = dag
                    dag.tasks.append(item.task)
                elif not isinstance(item, TaskObject):
                    dag.complete = False
        elif self.name == "get_task":
            return self._task(run, text_of(arguments.value(0)), node)
        elif self.name not in self._READS:
            dag.complete = False
        return Unknown(node)

    def _task(self, run: Interpreter, task_id: str | None, node: Handle) -> Value:
        for task in self.receiver.dag.tasks:
            if task_id is not None and task.task_id == task_id:
                return TaskObject(self.receiver.building, task, node)
        return Unknown(node)


class TimetableObject(Object):
    """A timetable: a schedule given as an object."""

    __slots__ = ("schedule",)

    def __init__(self, schedule: Schedule | InvalidSchedule, node: Handle) -> None:
        self.node = node
        self.schedule = schedule


class AssetObject(Object):
    """An asset, or several of them combined by `|` and `&`."""

    __slots__ = ()

    def operate(
        self, run: Interpreter, operator: str, other: Value, node: Handle, reflected: bool
    ) -> Value | None:
        return AssetObject(node) if operator in ("|", "&") else None


class LiteralObject(Object):
    """`literal(...)`: a string that Airflow does not render."""

    __slots__ = ()
