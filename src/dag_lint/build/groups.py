"""TaskGroup(...) and @task_group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.build.context import child_id, copy_mapping, flag, suffixed_id
from dag_lint.build.edges import set_edge, xcoms_in
from dag_lint.build.objects import DagObject, GroupObject
from dag_lint.evaluate.objects import CallArguments, Function, Object, Wrapped
from dag_lint.known import Constant, Unknown, Value, text_of
from dag_lint.model import TaskGroup

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.known import Handle
    from dag_lint.model import Arguments, Dag

PARAMETERS = ("group_id", "prefix_group_id", "parent_group", "dag", "default_args", "tooltip")


def make_group(
    run: Interpreter, building: Building, arguments: CallArguments, node: Handle, suffixed: bool = False
) -> GroupObject:
    """The task group that a call with these arguments makes. `suffixed`: a taken id gets a number."""
    named = arguments.named(PARAMETERS)
    parent, dag = building.group, building.dag
    given = named.get("dag")
    if given is not None and isinstance(given.value, DagObject):
        parent = parent if given.value.dag is dag else None
        dag = given.value.dag
    given = named.get("parent_group")
    if given is not None and isinstance(given.value, GroupObject):
        parent = given.value.group
        dag = parent.dag
    group_id_argument = named.get("group_id")
    label = text_of(group_id_argument.value) if group_id_argument is not None else None
    suffixing = flag(_value(named, "add_suffix_on_collision"), suffixed)
    full = _id_of_group(building, dag, parent, label, suffixing)
    prefixes = flag(_value(named, "prefix_group_id"), True)
    group = TaskGroup(
        group_id=full,
        prefix=None if prefixes is None else (full if prefixes else ""),
        parent=parent,
        dag=dag,
        node=node,
        default_args=copy_mapping(_value(named, "default_args")),
    )
    if dag is not None:
        dag.groups.append(group)
    if parent is not None:
        parent.groups.append(group)
    return GroupObject(building, group, node)


def _id_of_group(
    building: Building, dag: Dag | None, parent: TaskGroup | None, label: str | None, suffixing: bool | None
) -> str | None:
    """The id of a group called `label`, with a number when that is taken by another group or a task.

    2.x asks whether the label is taken, 3.x whether the whole id is.
    """
    full = child_id(parent, label)
    if full is None or label is None or dag is None or suffixing is False:
        return full
    taken = (building.ids_of(dag.groups), building.ids_of(dag.tasks))
    if any(ids.unknown for ids in taken):
        return None
    ids = [
        child_id(parent, suffixed_id(label, *taken) if any(wanted in ids.names for ids in taken) else label)
        for wanted in {2: (label,), 3: (full,), None: (label, full)}[building.major]
    ]
    if ids[0] != ids[-1]:
        return None
    return ids[0] if suffixing or ids[0] == full else None


def _value(named: Arguments, name: str) -> Value | None:
    argument = named.get(name)
    return None if argument is None else argument.value


class GroupDecorator(Object):
    """`task_group(...)`: waits for the function it decorates."""

    __slots__ = ("arguments", "building")

    def __init__(self, building: Building, arguments: CallArguments, node: Handle) -> None:
        self.node = node
        self.building = building
        self.arguments = arguments

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        function = arguments.value(0)
        if isinstance(function, (Function, Wrapped)):
            return GroupFunction(self.building, function, self.arguments, self.node)
        if function is None:
            return GroupDecorator(self.building, arguments, node)
        return Unknown(node)


class GroupFunction(Object):
    """A function under `@task_group`: each call makes a group and runs the body in it."""

    __slots__ = ("arguments", "building", "function", "partial")

    def __init__(
        self, building: Building, function: Value, arguments: CallArguments, node: Handle,
        partial: CallArguments | None = None,
    ) -> None:  # fmt: skip
        self.node = node
        self.building = building
        self.function = function
        self.arguments = arguments
        self.partial = partial

    def get_attribute(self, run: Interpreter, name: str, node: Handle) -> Value:
        if name in ("override", "partial", "expand", "expand_kwargs"):
            return GroupFunctionMethod(self, name, node)
        return Unknown(node)

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        return self.make(run, arguments, node)

    def make(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        """What one call gives: the group, unless the function returns something."""
        settings = CallArguments([], dict(self.arguments.keywords), False, self.arguments.open_keywords)
        function = self.function.inner if isinstance(self.function, Wrapped) else self.function
        if "group_id" not in settings.keywords and isinstance(function, Function):
            name = Constant(function.name, function.node)
            settings.positional = [(name, function.node)]
        group = make_group(
            run, self.building, settings, node if node is not None else self.node, suffixed=True
        )
        group.enter(run, node)
        try:
            result = run.call(function, arguments, node)
        finally:
            group.leave(run)
        nothing = isinstance(result, Constant) and result.value is None
        return group if nothing else result


class GroupFunctionMethod(Object):
    """`.override`, `.partial`, `.expand` of a function under `@task_group`."""

    __slots__ = ("name", "receiver")

    def __init__(self, receiver: GroupFunction, name: str, node: Handle) -> None:
        self.node = node
        self.receiver = receiver
        self.name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        receiver = self.receiver
        if self.name == "override":
            merged = CallArguments(
                [],
                {**receiver.arguments.keywords, **arguments.keywords},
                False,
                receiver.arguments.open_keywords or arguments.open_keywords,
            )
            return GroupFunction(
                receiver.building, receiver.function, merged, receiver.node, receiver.partial
            )
        if self.name == "partial":
            return GroupFunction(
                receiver.building, receiver.function, receiver.arguments, receiver.node, arguments
            )
        before = len(receiver.building.tasks)
        inner = CallArguments(open_keywords=True)
        if receiver.partial is not None:
            inner.keywords.update(receiver.partial.keywords)
        for name, argument in arguments.keywords.items():
            # Inside, a mapped argument is one element: not known, but no result of a task itself.
            inner.keywords[name] = type(argument)(name, Unknown(argument.node, "expand"), argument.node)
        result = receiver.make(run, inner, node)
        fresh = receiver.building.tasks[before:]
        fresh_ids = {id(task) for task in fresh}
        for value in arguments.values():
            for up in xcoms_in(value):
                run.spend(len(fresh))
                for task in fresh:
                    if fresh_ids.isdisjoint(task.upstream):
                        set_edge(run, receiver.building, up, task)
        return result
