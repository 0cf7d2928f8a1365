"""Operator calls: from arguments to a Task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.operators import operator as operator_facts
from dag_lint.build.context import child_id, merged_default_args, suffixed_id
from dag_lint.build.edges import set_edge, xcoms_in
from dag_lint.build.objects import DagObject, GroupObject, TaskObject
from dag_lint.evaluate.classes import Class
from dag_lint.evaluate.objects import CallArguments, Function
from dag_lint.known import Constant, Sequence, Unknown, Value, text_of
from dag_lint.model import Argument, Arguments, Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.known import Handle
    from dag_lint.model import Dag, TaskGroup


def place_of(building: Building, arguments: Arguments) -> tuple[Dag | None, TaskGroup | None, bool]:
    """The DAG and group that an operator with these arguments joins, and whether that is known."""
    dag, group, known = building.dag, building.group, True
    given = arguments.get("task_group")
    if given is not None:
        group = given.value.group if isinstance(given.value, GroupObject) else None
        known = isinstance(given.value, (GroupObject, Constant))
        dag = group.dag if group is not None else dag
    given = arguments.get("dag")
    if given is not None and not _is_none(given.value):
        value = given.value
        if isinstance(value, DagObject):
            group = group if value.dag is dag else None
            dag = value.dag
        else:
            dag, known = None, False
    elif arguments.open_ended and dag is None:
        known = False
    return dag, group, known


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def callee_of(node: cst.Call | None) -> Handle:
    """`BashOperator` in `bash.BashOperator(...)`: where a finding about something missing stands."""
    if node is None:
        return None
    return node.func.attr if type(node.func) is cst.Attribute else node.func


def new_task(
    run: Interpreter,
    building: Building,
    operator: str | None,
    operator_name: str,
    node: cst.Call | None,
    cls: Class | None = None,
    callee: Handle = None,
) -> TaskObject:
    """A task without id and place, which `finish_task` gives it."""
    task = Task(
        task_id=None,
        operator=operator,
        operator_name=operator_name,
        node=node,
        callee=callee if callee is not None else callee_of(node),
        arguments=Arguments(),
        certain=building.is_certain(run),
        in_loop=run.loop_depth > 0,
    )
    if run.doubts:
        building.born[id(task)] = run.doubts
    return TaskObject(building, task, node, cls)


def make_task(
    run: Interpreter,
    building: Building,
    operator: str | None,
    operator_name: str,
    arguments: CallArguments,
    node: cst.Call | None,
) -> TaskObject:
    """The task that a call of an imported operator makes."""
    made = new_task(run, building, operator, operator_name, node)
    finish_task(run, building, made, arguments.named(()))
    return made


def finish_task(
    run: Interpreter,
    building: Building,
    made: TaskObject,
    named: Arguments,
    label: str | None = None,
    *,
    suffixing: bool = False,
) -> None:
    """Give a task its id, its place and the edges that its arguments make.

    `label`: its id as written. `suffixing`: an id that is taken gets a number.
    """
    task = made.task
    task.arguments = named
    dag, group, known = place_of(building, named)
    if not known:
        building.all_incomplete()
    task.dag, task.group = dag, group
    given = named.get("task_id")
    if label is None and given is not None:
        label = text_of(given.value)
    task.task_id = _free_task_id(building, dag, group, label) if suffixing else child_id(group, label)
    building.tasks.append(task)
    if dag is not None:
        dag.tasks.append(task)
    if group is not None:
        group.tasks.append(task)
    if task.operator_name.startswith("_Teardown"):
        task.is_teardown = True
    connect_results(run, building, task, named.by_name.values())


def _free_task_id(
    building: Building, dag: Dag | None, group: TaskGroup | None, label: str | None
) -> str | None:
    """The id of a `@task` call: the function's name, with a suffix when it is taken; None when unknown."""
    full = child_id(group, label)
    if full is None or dag is None:
        return full
    taken = building.ids_of(dag.tasks)
    if taken.unknown:
        return None
    return suffixed_id(full, taken) if full in taken.names else full


def connect_results(run: Interpreter, building: Building, task: Task, arguments: Iterable[Argument]) -> None:
    """Edges from the tasks whose results stand in this task's template fields."""
    results = [(argument.name, up) for argument in arguments for up in xcoms_in(argument.value)]
    fields = template_fields(task) if results else None
    for name, up in results:
        run.spend()
        if up is task:
            continue
        if fields is None:
            task.unknown.add("upstream")
        elif name in fields:
            set_edge(run, building, up, task)


def template_fields(task: Task) -> frozenset[str] | None:
    """The fields of a task that Airflow renders, None when its class is not known."""
    declared = task.class_attributes.get("template_fields")
    if declared is not None:
        if isinstance(declared, Sequence) and not declared.open_ended:
            texts = [text_of(item) for item in declared.items]
            return frozenset(text for text in texts if text is not None) if None not in texts else None
        return None
    if task.operator is None:
        return None
    facts = operator_facts(task.operator)
    return None if facts is None else frozenset(facts.template_fields)


def attribute_was_set(run: Interpreter, made: TaskObject, name: str, value: Value, node: Handle) -> None:
    """`task.name = value` after the call."""
    task = made.task
    kept = value if run.certain else Unknown(node)
    task.assigned[name] = Argument(name, kept, value.node, node)
    if name == "trigger_rule":
        task.arguments.by_name["trigger_rule"] = Argument(name, kept, value.node, node)
    elif name == "dag" and isinstance(value, DagObject) and task.dag is None:
        task.dag = value.dag
        value.dag.tasks.append(task)
    elif name == "task_id":
        task.task_id = text_of(kept)
        # The ids are read again: each of so many renamings would take as long as there are tasks.
        run.spend(len(made.building.tasks) // 20)
        made.building.ids.clear()
    connect_results(run, made.building, task, [Argument(name, value, value.node)])


def make_project_task(
    run: Interpreter,
    building: Building,
    cls: Class,
    base: str,
    arguments: CallArguments,
    node: cst.Call | None,
) -> Value:
    """An object of a class of the project that derives from an operator."""
    made = new_project_task(run, building, base, cls, node)
    task = made.task
    method = cls.look_up("__init__")
    if isinstance(method, Function):
        inner = CallArguments(
            [(made, node), *arguments.positional],
            _with_default_args(building, method, arguments),
            arguments.open_positional,
            arguments.open_keywords,
        )
        run.call(method, inner, None)
    else:
        finish_task(run, building, made, arguments.named(()))
    # An `__init__` that never reaches Airflow's own makes no task.
    if task in building.tasks:
        if not task.arguments.open_ended:
            task.kept = frozenset(arguments.keywords) - frozenset(task.arguments.by_name)
        # Rules read what the call says; what `super().__init__` was given fills the rest.
        task.arguments = Arguments(
            {**task.arguments.by_name, **arguments.keywords},
            task.arguments.open_ended or not arguments.complete,
        )
        connect_results(
            run,
            building,
            task,
            [Argument(name, value, value.node) for name, value in made.attributes.items()],
        )
    return made


def new_project_task(
    run: Interpreter,
    building: Building,
    base: str,
    cls: Class,
    node: cst.Call | None,
    callee: Handle = None,
) -> TaskObject:
    made = new_task(run, building, base, cls.name, node, cls, callee)
    made.task.class_attributes = class_attributes(cls)
    custom_name = made.task.class_attributes.get("custom_operator_name")
    if custom_name is not None:
        made.task.operator_name = text_of(custom_name) or made.task.operator_name
    return made


def _with_default_args(building: Building, method: Function, arguments: CallArguments) -> dict[str, Argument]:
    """The keyword arguments with those of default_args that the method's signature names."""
    named = Arguments(arguments.keywords)
    dag, group, _ = place_of(building, named)
    defaults = merged_default_args(dag, group)
    params = method.syntax.params
    names = {param.name.value for param in (*params.params, *params.kwonly_params)}
    found = {
        key: Argument(key, entry.value, entry.value_node, entry.key_node)
        for key, entry in defaults.entries.items()
        if isinstance(key, str) and key in names
    }
    return {**found, **arguments.keywords}


def class_attributes(cls: Class) -> dict[str, Value]:
    """The data attributes that a class of the project and its bases of the project set."""
    found: dict[str, Value] = {}
    for base in reversed(cls.lineage()):
        if isinstance(base, Class):
            found.update(
                {name: value for name, value in base.namespace.items() if not isinstance(value, Function)}
            )
    return found
