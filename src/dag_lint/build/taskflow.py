"""`@task` and its variants: functions that become tasks when they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.decorators import TASK_DECORATORS, TaskDecorator
from dag_lint.build.edges import connect_results_in
from dag_lint.build.mapped import expand_task
from dag_lint.build.objects import XComObject
from dag_lint.build.tasks import finish_task, new_task
from dag_lint.evaluate.objects import CallArguments, Function, Object, Wrapped
from dag_lint.known import Unknown, Value, text_of

if TYPE_CHECKING:
    from dag_lint.build.callables import CallableCollector
    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.known import Handle

ROLES = ("setup", "teardown")


class TaskFlow:
    """What all functions of one file share: the state of the reading and where callables are noted."""

    __slots__ = ("building", "callables")

    def __init__(self, building: Building, callables: CallableCollector) -> None:
        self.building = building
        self.callables = callables


class TaskDecoratorObject(Object):
    """`task`, `task.bash`, `task(...)`, `setup`: waits for the function it decorates."""

    __slots__ = ("arguments", "flow", "kind", "path", "role")

    def __init__(
        self, flow: TaskFlow, path: str, kind: TaskDecorator | None, arguments: CallArguments, node: Handle,
        role: str | None = None,
    ) -> None:  # fmt: skip
        self.node = node
        self.flow = flow
        self.path = path
        self.kind = kind
        self.arguments = arguments
        self.role = role

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        """`task.bash`, `task.kubernetes` ..."""
        return TaskDecoratorObject(
            self.flow, f"{self.path}.{name}", TASK_DECORATORS.get(name), CallArguments(), node, self.role
        )

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        function = arguments.value(0, "python_callable")
        if isinstance(function, TaskFunction):
            # `@setup` above `@task`: the same function with a role.
            return TaskFunction(self.flow, function.decorator, function.function, self.role or function.role)
        if isinstance(function, (Function, Wrapped)):
            return TaskFunction(self.flow, self, function, self.role)
        if function is None:
            return TaskDecoratorObject(self.flow, self.path, self.kind, arguments, node, self.role)
        return Unknown(node)


class TaskFunction(Object):
    """A function under `@task`: each call makes a task."""

    __slots__ = ("decorator", "fact", "flow", "function", "overrides", "partial", "role")

    def __init__(
        self, flow: TaskFlow, decorator: TaskDecoratorObject, function: Value, role: str | None = None
    ) -> None:
        self.node = function.node
        self.flow = flow
        self.decorator = decorator
        self.function = function
        self.role = role
        self.overrides = CallArguments()
        self.partial: CallArguments | None = None
        self.fact = flow.callables.note_decorated(self)

    def derived(self, overrides: CallArguments, partial: CallArguments | None) -> TaskFunction:
        """The same function with other operator arguments, or with some of its own already given."""
        made = TaskFunction.__new__(TaskFunction)
        made.node, made.flow, made.decorator, made.function = (
            self.node,
            self.flow,
            self.decorator,
            self.function,
        )
        made.role, made.fact = self.role, self.fact
        made.overrides, made.partial = overrides, partial
        return made

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name in ("override", "partial", "expand", "expand_kwargs"):
            return TaskFunctionMethod(self, name, node)
        return self.function if name in ("function", "__wrapped__") else Unknown(node)

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        return self.make(run, arguments, node)

    def settings(self) -> CallArguments:
        """The operator's arguments: those of the decorator, with what `.override` put in their place."""
        first, second = self.decorator.arguments, self.overrides
        return CallArguments(
            [],
            {**first.keywords, **second.keywords},
            False,
            first.open_keywords or second.open_keywords or bool(first.open_positional),
        )

    def label(self) -> str | None:
        """The id of the task as written: task_id, else the function's name; None when not known."""
        settings = self.settings()
        given = settings.keywords.get("task_id")
        if given is not None:
            return text_of(given.value)
        if settings.open_keywords:
            return None
        function = self.function
        if isinstance(function, Function) and isinstance(function.syntax, cst.FunctionDef):
            return function.name
        return None

    def make(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> XComObject:
        """The task that one call makes, with edges from the results among its arguments."""
        building = self.flow.building
        kind = self.decorator.kind
        settings = self.settings()
        name = "" if kind is None else kind.operator_name
        made = new_task(run, building, None if kind is None else kind.wraps, name, node, callee=self.node)
        task = made.task
        finish_task(run, building, made, settings.named(()), self.label(), suffixing=True)
        task.callable = self.fact
        task.is_setup = task.is_setup or self.role == "setup"
        task.is_teardown = task.is_teardown or self.role == "teardown"
        if kind is None:
            task.unknown.add("operator")
        connect_results_in(run, building, arguments.values(), task)
        return XComObject(building, task, node)


class TaskFunctionMethod(Object):
    """`.override`, `.partial`, `.expand`, `.expand_kwargs` of a function under `@task`."""

    __slots__ = ("name", "receiver")

    def __init__(self, receiver: TaskFunction, name: str, node: Handle) -> None:
        self.node = node
        self.receiver = receiver
        self.name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        receiver = self.receiver
        if self.name == "override":
            merged = CallArguments(
                [], {**receiver.overrides.keywords, **arguments.keywords}, False, arguments.open_keywords
            )
            return receiver.derived(merged, receiver.partial)
        if self.name == "partial":
            return receiver.derived(receiver.overrides, arguments)
        made = receiver.make(run, receiver.partial or CallArguments(), node)
        expand_task(run, made, self.name, arguments)
        return made


def decorator_for(flow: TaskFlow, name: str, path: str, node: Handle) -> TaskDecoratorObject | None:
    """The decorator object behind a canonical name: `task`, `task.bash`, `setup`, `teardown`."""
    if name in ROLES:
        return TaskDecoratorObject(flow, path, TASK_DECORATORS["python"], CallArguments(), node, name)
    if name == "task":
        return TaskDecoratorObject(flow, path, TASK_DECORATORS["python"], CallArguments(), node)
    if name.startswith("task."):
        return TaskDecoratorObject(flow, path, TASK_DECORATORS.get(name[5:]), CallArguments(), node)
    return None
