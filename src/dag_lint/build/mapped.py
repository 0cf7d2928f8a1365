"""Operators and tasks that are mapped: `.partial(...)` and `.expand(...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.build.edges import connect_results_in
from dag_lint.build.tasks import finish_task, new_project_task, new_task
from dag_lint.evaluate.classes import Class
from dag_lint.evaluate.objects import CallArguments, Function, Object
from dag_lint.known import Unknown, Value
from dag_lint.model import Argument

if TYPE_CHECKING:
    from dag_lint.build.context import Building
    from dag_lint.build.objects import TaskObject, XComObject
    from dag_lint.evaluate import Interpreter
    from dag_lint.known import Handle


class PartialOperator(Object):
    """`SomeOperator.partial(...)`: waits for `.expand(...)`."""

    __slots__ = ("building", "cls", "operator", "operator_name", "partial")

    def __init__(
        self, building: Building, operator: str, operator_name: str, partial: CallArguments, node: Handle,
        cls: Class | None = None,
    ) -> None:  # fmt: skip
        self.node = node
        self.building = building
        self.operator = operator
        self.operator_name = operator_name
        self.partial = partial
        self.cls = cls

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        return Expansion(self, name, node) if name in ("expand", "expand_kwargs") else Unknown(node)


class PartialMethod(Object):
    """`.partial` of an operator that the project derives."""

    __slots__ = ("base", "building", "cls")

    def __init__(self, building: Building, cls: Class, base: str, node: Handle) -> None:
        self.node = node
        self.building = building
        self.cls = cls
        self.base = base

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        return PartialOperator(self.building, self.base, self.cls.name, arguments, node, self.cls)


def _defaults_rule(cls: Class) -> bool:
    """Whether an `__init__` of a class of the project has a parameter trigger_rule."""
    inits = [base.namespace.get("__init__") for base in cls.lineage() if isinstance(base, Class)]
    return any(
        param.name.value == "trigger_rule"
        for init in inits
        if isinstance(init, Function)
        for param in (*init.syntax.params.params, *init.syntax.params.kwonly_params)
    )


class Expansion(Object):
    """`.expand` or `.expand_kwargs` of a partial operator."""

    __slots__ = ("name", "receiver")

    def __init__(self, receiver: PartialOperator, name: str, node: Handle) -> None:
        self.node = node
        self.receiver = receiver
        self.name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        partial = self.receiver
        first = partial.node.func if isinstance(partial.node, cst.Call) else None
        callee = first.value if isinstance(first, cst.Attribute) else None
        if isinstance(callee, cst.Attribute):
            callee = callee.attr
        if partial.cls is None:
            made = new_task(
                run, partial.building, partial.operator, partial.operator_name, node, None, callee
            )
        else:
            # Its `__init__` runs in the worker, once for each element.
            made = new_project_task(run, partial.building, partial.operator, partial.cls, node, callee)
        named = partial.partial.named(())
        if partial.cls is not None and partial.building.major != 2 and _defaults_rule(partial.cls):
            # Since 3.x a default of the class's `__init__` counts, below default_args.
            named.by_name.setdefault("trigger_rule", Argument("trigger_rule", Unknown(node), node))
        finish_task(run, partial.building, made, named)
        expand_task(run, made, self.name, arguments)
        return made


def expand_task(run: Interpreter, made: TaskObject | XComObject, name: str, arguments: CallArguments) -> None:
    """Mark a task as mapped over what `.expand` was given; every result in there is upstream."""
    task = made.task
    task.mapped = True
    if name == "expand":
        task.expanded = arguments.named(())
    connect_results_in(run, made.building, arguments.values(), task)
