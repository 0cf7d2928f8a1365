"""What dag-lint understood of a file: facts for rules to read, nothing to compute.

Fields named `node`, `callee`, `key` hold handles of syntax nodes: places for findings, never looked into.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from dag_lint.known import Handle, Mapping, Sequence, Text, Value, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dag_lint.flow import CallableFlow
    from dag_lint.schedule import InvalidSchedule, Schedule
    from dag_lint.settings import Settings
    from dag_lint.target import Target

__all__ = ["Argument", "Arguments", "Call", "Dag", "DagFile", "Handle", "Task", "TaskCallable", "TaskGroup"]


@dataclass(slots=True)
class Argument:
    """An argument of a call. `node`: its value as written in the call, or in the dict behind `**`.

    Nothing changes it. (Frozen it would take twice as long to make, and there are as many as in the file.)
    """

    name: str
    value: Value
    node: Handle
    key: Handle | None = None


@dataclass(slots=True)
class Arguments:
    """The arguments of a call by name; `open_ended` where `**kwargs` hide some."""

    by_name: dict[str, Argument] = field(default_factory=dict)
    open_ended: bool = False

    def get(self, name: str) -> Argument | None:
        """The argument `name`, None when it is not given or not known to be given."""
        return self.by_name.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name


@dataclass(eq=False, slots=True)
class TaskGroup:
    """A task group: `prefix` is what stands before its members' ids, None when that is not known."""

    group_id: str | None
    prefix: str | None
    parent: TaskGroup | None
    dag: Dag | None
    node: Handle
    default_args: Mapping | None = None
    tasks: list[Task] = field(default_factory=list)
    groups: list[TaskGroup] = field(default_factory=list)

    def all_tasks(self) -> list[Task]:
        """The tasks of this group and of the groups inside it, so far."""
        return self.tasks + [task for group in self.groups for task in group.all_tasks()]


@dataclass(eq=False, slots=True)
class Task:
    """A task that an operator call makes, as often as Airflow would make it."""

    task_id: str | None
    operator: str | None
    """The dotted name of the operator's class, of the nearest imported base for a class of the project."""
    operator_name: str
    """The class as Airflow shows it."""
    node: Handle
    callee: Handle
    arguments: Arguments
    dag: Dag | None = None
    group: TaskGroup | None = None
    certain: bool = True
    in_loop: bool = False
    mapped: bool = False
    expanded: Arguments = field(default_factory=Arguments)
    """What `.expand()` was given: each value stands for many."""
    assigned: dict[str, Argument] = field(default_factory=dict)
    """Attributes set after the call, `task.template_ext = ()`."""
    class_attributes: dict[str, Value] = field(default_factory=dict)
    """Class attributes that a class of the project, or an assignment to the class, sets."""
    kept: frozenset[str] = frozenset()
    """Arguments that the constructor of a class of the project does not hand on to the operator."""
    upstream: dict[int, Task] = field(default_factory=dict)
    callable: TaskCallable | None = None
    is_setup: bool = False
    is_teardown: bool = False
    unknown: set[str] = field(default_factory=set)

    def default_args(self) -> list[Mapping]:
        """The default_args that reach this task, the nearest first."""
        found: list[Mapping] = []
        group = self.group
        while group is not None:
            if group.default_args is not None:
                found.append(group.default_args)
            group = group.parent
        if self.dag is not None and self.dag.default_args is not None:
            found.append(self.dag.default_args)
        return found


@dataclass(eq=False, slots=True)
class Dag:
    """A DAG as a call or decorator makes it.

    `registered`: whether Airflow sees it after importing the file; a factory that nobody calls makes
    one that is not, and rules read it all the same.
    """

    dag_id: Value
    style: Literal["with", "assigned", "decorated"]
    node: Handle
    callee: Handle
    arguments: Arguments
    schedule: Schedule | InvalidSchedule
    schedule_argument: Argument | None
    default_args: Mapping | None = None
    certain: bool = True
    registered: bool = False
    complete: bool = True
    is_sub_dag: bool = False
    """A SubDagOperator runs it, whatever its own schedule says."""
    assigned: dict[str, Argument] = field(default_factory=dict)
    """Attributes set after the call, `dag.catchup = False`."""
    tasks: list[Task] = field(default_factory=list)
    groups: list[TaskGroup] = field(default_factory=list)

    def id_text(self) -> str | None:
        """The dag_id, None when it is not wholly known."""
        return text_of(self.dag_id)

    def may_be_sub_dag(self) -> bool:
        """Whether it is a sub-DAG, or its dag_id is made as those are: `f"{parent}.{child}"`."""
        pieces = self.dag_id.pieces if isinstance(self.dag_id, Text) else ()
        behind = (after for before, after in pairwise(pieces) if before is None)
        return self.is_sub_dag or any(piece is not None and piece.startswith(".") for piece in behind)


@dataclass(eq=False, slots=True)
class TaskCallable:
    """A function that a worker runs: behind python_callable, `@task`, or a method of an operator class.

    `place` is its name in its `def`, or the lambda. `flow` says what moves through it.
    """

    name: str
    place: Handle
    node: Handle
    kind: Literal["python_callable", "decorated", "method"]
    operator: str | None
    """The operator or decorator that runs it: `airflow.decorators.task.kubernetes`."""
    arguments: Arguments
    flow: CallableFlow
    use: Handle = None
    """Where the file names a function of another module: findings about it stand there."""
    returns: tuple[tuple[Handle, Value], ...] = ()
    """What its `return` statements evaluate to, for decorators that template the result."""
    interval_ends: dict[str, Handle] = field(default_factory=dict)
    """Where it takes the ends of the data interval: `data_interval_start`, `data_interval_end`."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call somewhere in the file. `target`: the dotted name of what is called, through the imports.

    `phases`: "parse", "task", both, or none when nobody is known to call the function it stands in.
    `helper`: the function whose body it stands in, None at the module's own level.
    """

    target: str | None
    node: Handle
    phases: frozenset[str]
    helper: str | None


@dataclass(eq=False)
class DagFile:
    """All that rules may ask of a file."""

    path: str
    location: Path | None
    root: Path | None
    settings: Settings
    target: Target
    dags: list[Dag]
    tasks: list[Task]
    callables: list[TaskCallable]
    complete: bool = True
    for_tests: bool = False
    """It lies among the DAGs that tests run: rules are silent."""
    cut_short_at: Handle = None
    """The statement that does more than is worth following: nothing is known of what stands below it."""
    find_calls: Callable[[], tuple[Call, ...]] = tuple
    let_go: Callable[[], None] = lambda: None
    """Cut what refers to each other, when nobody will ask anything of the file any more: its trees are freed
    at once then, without the garbage collector's looking at each of their nodes."""

    def schedule_keyword(self) -> str:
        """How this file, and its target version, call the argument that is a DAG's schedule.

        `schedule` came with 2.4; all of 2.x take `schedule_interval`, and 3.x do not.
        """
        if self.target.major != 3:
            used = {dag.schedule_argument.name for dag in self.dags if dag.schedule_argument is not None}
            for name in ("schedule", "schedule_interval"):
                if name in used:
                    return name
            if self.target.major == 2 and not self.target.is_at_least(2, 4):
                return "schedule_interval"
        return "schedule"

    def calls(self) -> tuple[Call, ...]:
        """Every call of the file with the phases in which it runs; found when first asked for."""
        return self.find_calls()


MOST_STRINGS = 10_000
"""Values of one template field that are looked at: a list may hold itself, or another one over and over."""


def strings_in(value: Value) -> list[Value]:
    """The strings that Airflow renders inside a template field: itself, or those in lists and dict values."""
    found: list[Value] = []
    stack = [value]
    for _ in range(MOST_STRINGS):
        if not stack:
            break
        current = stack.pop()
        if isinstance(current, Sequence):
            stack.extend(reversed(current.items))
        elif isinstance(current, Mapping):
            stack.extend(entry.value for entry in reversed(current.entries.values()))
        else:
            found.append(current)
    return found
