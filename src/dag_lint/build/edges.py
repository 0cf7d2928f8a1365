"""Dependencies between tasks, as Airflow sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.objects import Object
from dag_lint.evaluate.work import WORK
from dag_lint.known import Constant, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.known import Value
    from dag_lint.model import Dag, Task, TaskGroup


def tasks_of(value: Value, upstream: bool) -> list[Task] | None:
    """The tasks that an edge from (`upstream`) or to a value concerns, None when that is not known."""
    from dag_lint.build.objects import GroupObject, TaskObject, XComObject

    if isinstance(value, (TaskObject, XComObject)):
        return [value.task]
    if isinstance(value, GroupObject):
        return leaves(value.group) if upstream else roots(value.group)
    if isinstance(value, Sequence):
        found: list[Task] = []
        for item in _spread(value):
            inner = None if isinstance(item, Sequence) else tasks_of(item, upstream)
            if inner is None:
                return None
            found.extend(inner)
        return found
    # A None, a string and the like in a dependency: Airflow refuses the file, nothing is to be known of it.
    return [] if isinstance(value, Constant) else None


def known_tasks_of(value: Value, upstream: bool) -> list[Task]:
    """Those tasks of `value` that are known, for an edge of which another part is not."""
    if isinstance(value, Sequence):
        parts = (item for item in _spread(value) if not isinstance(item, Sequence))
        return [task for item in parts for task in tasks_of(item, upstream) or ()]
    return tasks_of(value, upstream) or []


def _spread(value: Sequence) -> list[Value]:
    """What stands in a list and in the lists inside it, each of which is looked into once.

    A list that holds more than is known comes itself too.
    """
    found: list[Value] = []
    waiting: list[Value] = [value]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if not isinstance(current, Sequence):
            found.append(current)
        elif id(current) not in seen:
            seen.add(id(current))
            WORK.values += len(current.items)
            waiting.extend(reversed(current.items))
            if current.open_ended:
                found.append(current)
    return found


def roots(group: TaskGroup) -> list[Task]:
    """The tasks of a group, so far, that depend on no other task of it."""
    members = group.all_tasks()
    WORK.values += len(members)
    ids = {id(task) for task in members}
    return [task for task in members if ids.isdisjoint(task.upstream)]


def leaves(group: TaskGroup) -> list[Task]:
    """The tasks of a group, so far, on which no other depends; what stands before a teardown counts instead."""
    members = group.all_tasks()
    WORK.values += len(members) + sum(len(task.upstream) for task in members)
    inner = {id(task): task for task in members}
    has_downstream = {up for task in members for up in task.upstream}
    goes_on = {up for task in members if not task.is_teardown for up in task.upstream}
    found: dict[int, Task] = {}
    stack = [task for task in reversed(members) if id(task) not in has_downstream]
    seen: set[int] = set()
    while stack:
        task = stack.pop()
        if id(task) in seen:
            continue
        seen.add(id(task))
        if not task.is_teardown:
            found[id(task)] = task
            continue
        for key, up in task.upstream.items():
            if key in inner and not up.is_setup and (up.is_teardown or key not in goes_on):
                stack.append(up)
    return list(found.values())


def connect(run: Interpreter, building: Building, before: Value, after: Value) -> None:
    """`before >> after`."""
    from dag_lint.build.objects import LabelObject

    if isinstance(before, LabelObject):
        before.downstream.append(after)
        for value in before.upstream:
            connect(run, building, value, after)
        return
    if isinstance(after, LabelObject):
        after.upstream.append(before)
        for value in after.downstream:
            connect(run, building, before, value)
        return
    for side in (before, after):
        if isinstance(side, Sequence) and any(isinstance(item, LabelObject) for item in side.items):
            for item in side.items:
                connect(run, building, item if side is before else before, item if side is after else after)
            return
    if _through_empty_group(run, building, before, after):
        return
    upstream, downstream = tasks_of(before, True), tasks_of(after, False)
    if upstream is None or downstream is None:
        _half_known(building, before, after)
        upstream, downstream = known_tasks_of(before, True), known_tasks_of(after, False)
    run.spend(len(upstream) * len(downstream) + WORK.steps())
    for down in downstream:
        for up in upstream:
            set_edge(run, building, up, down)


def _through_empty_group(run: Interpreter, building: Building, before: Value, after: Value) -> bool:
    """`a >> empty_group >> b`: 3.x ties a to b, 2.x ties nothing. True when there is no other edge to set."""
    from dag_lint.build.objects import GroupObject

    if isinstance(after, GroupObject) and not after.group.all_tasks():
        building.before_empty.setdefault(id(after.group), []).append(before)
        return True
    if isinstance(before, GroupObject) and not before.group.all_tasks():
        for value in building.before_empty.get(id(before.group), ()):
            if building.major == 3:
                connect(run, building, value, after)
            elif building.major is None:
                _half_known(building, value, after)
        return True
    return False


def _half_known(building: Building, before: Value, after: Value) -> None:
    known = known_tasks_of(before, True) + known_tasks_of(after, False)
    for task in known_tasks_of(after, False):
        task.unknown.add("upstream")
    dags = [task.dag for task in known if task.dag is not None] or building.open_dags[-1:]
    for dag in dags:
        dag.complete = False


def set_edge(run: Interpreter, building: Building, up: Task, down: Task) -> None:
    """One edge; a task without a DAG is adopted by the other's."""
    if up.dag is None and down.dag is not None:
        adopt(up, down.dag)
    elif down.dag is None and up.dag is not None:
        adopt(down, up.dag)
    if run.sure_of(building.born.get(id(down), ())):
        # Where the task below exists, this happens too.
        down.upstream[id(up)] = up
    else:
        down.unknown.add("upstream")
        if down.dag is not None:
            down.dag.complete = False


def adopt(task: Task, dag: Dag) -> None:
    """Make a task without a DAG one of `dag`."""
    task.dag = dag
    dag.tasks.append(task)


def connect_results_in(run: Interpreter, building: Building, values: Iterable[Value], down: Task) -> None:
    """Edges to a task from the tasks whose results some values refer to."""
    for value in values:
        for up in xcoms_in(value):
            run.spend()
            set_edge(run, building, up, down)


def xcoms_in(value: Value) -> list[Task]:
    """The tasks whose results a value refers to, as Airflow looks for them: in lists and dict values."""
    if not isinstance(value, (Object, Sequence, Mapping)):
        return []
    from dag_lint.build.objects import XComObject

    found: dict[int, Task] = {}
    waiting: list[Value] = [value]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if isinstance(current, XComObject):
            found.update((id(task), task) for task in (current.task, *current.others))
            WORK.values += len(current.others)
        elif isinstance(current, (Sequence, Mapping)) and id(current) not in seen:
            # A list may hold itself, or another one over and over.
            seen.add(id(current))
            held = (
                current.items
                if isinstance(current, Sequence)
                else [e.value for e in current.entries.values()]
            )
            WORK.values += len(held)
            waiting.extend(reversed(held))
    return list(found.values())
