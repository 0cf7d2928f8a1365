"""What is being built while a file is read: the DAGs, groups and tasks so far, and which one is open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dag_lint.evaluate.work import WORK
from dag_lint.known import Entry, Mapping
from dag_lint.model import TaskGroup

if TYPE_CHECKING:
    from dag_lint.airflow.parameters import Major
    from dag_lint.evaluate import Interpreter
    from dag_lint.known import Value
    from dag_lint.model import Dag, Task

_SUFFIX = re.compile(r"(?s)(.*)__(\d{1,18})")


class Ids:
    """The ids of the tasks, or of the groups, of a DAG; each is looked at once, however many are made.

    `unknown`: one of them is not known.
    """

    __slots__ = ("_highest", "_read", "names", "unknown")

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.unknown = False
        self._highest: dict[str, int] = {}
        self._read = 0

    def read(self, members: list[Task] | list[TaskGroup]) -> None:
        """Take in those that were made since the last time."""
        for member in members[self._read :]:
            name = member.group_id if isinstance(member, TaskGroup) else member.task_id
            if name is None:
                self.unknown = True
            else:
                self.names.add(name)
                core, number = _core_and_number(name)
                self._highest[core] = max(number, self._highest.get(core, 0))
        self._read = len(members)

    def highest(self, core: str) -> int:
        """The highest number that stands behind a name, 0 when there is none."""
        return self._highest.get(core, 0)


def _core_and_number(name: str) -> tuple[str, int]:
    found = _SUFFIX.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 0)


@dataclass(slots=True)
class Building:
    """The state of one reading. `major`: the version that decides where both differ, None when unknown."""

    major: Major | None
    dags: list[Dag] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    open_dags: list[Dag] = field(default_factory=list)
    open_groups: list[TaskGroup | None] = field(default_factory=list)
    complete: bool = True
    before_empty: dict[int, list[Value]] = field(default_factory=dict)
    """What was put before a task group that had no tasks yet, by the group's id."""
    born: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The doubts under which uncertain tasks were made, by the task's id."""
    ids: dict[int, Ids] = field(default_factory=dict)
    """The ids of the members of DAGs, by the id of the list that holds the members."""
    probing: bool = False
    """A function that nobody calls is read for what it would build: nothing in it is registered."""

    @property
    def dag(self) -> Dag | None:
        """The DAG whose `with` block, or `@dag` function, is being read."""
        return self.open_dags[-1] if self.open_dags else None

    @property
    def group(self) -> TaskGroup | None:
        """The task group whose block is being read."""
        return self.open_groups[-1] if self.open_groups else None

    def is_certain(self, run: Interpreter) -> bool:
        """Whether what is built now is surely built."""
        return run.certain and not self.probing

    def ids_of(self, members: list[Task] | list[TaskGroup]) -> Ids:
        """The ids of all tasks, or all groups, of a DAG."""
        ids = self.ids.setdefault(id(members), Ids())
        ids.read(members)
        return ids

    def all_incomplete(self) -> None:
        """Something happened that may concern any DAG of the file."""
        self.complete = False
        for dag in self.dags:
            dag.complete = False


def copy_mapping(value: Value | None) -> Mapping | None:
    """default_args as Airflow keeps them: a copy, taken when the DAG is made; None when it is no dict."""
    if not isinstance(value, Mapping):
        return None
    WORK.values += len(value.entries)
    return Mapping(dict(value.entries), value.node, value.open_ended)


def merged_default_args(dag: Dag | None, group: TaskGroup | None, own: Value | None = None) -> Mapping:
    """default_args as they reach an operator: the DAG's, those of the groups from outside in, its own."""
    chain: list[Mapping] = [own] if isinstance(own, Mapping) else []
    while group is not None:
        if group.default_args is not None:
            chain.append(group.default_args)
        group = group.parent
    if dag is not None and dag.default_args is not None:
        chain.append(dag.default_args)
    entries: dict[object, Entry] = {}
    for mapping in reversed(chain):
        WORK.values += len(mapping.entries)
        entries.update(mapping.entries)
    unsure = own is not None and not isinstance(own, Mapping)
    return Mapping(entries, None, unsure or any(mapping.open_ended for mapping in chain))


def child_id(group: TaskGroup | None, label: str | None) -> str | None:
    """The id of a member of `group` that is called `label` in the file."""
    if group is None or label is None:
        return label
    if group.prefix is None:
        return None
    return f"{group.prefix}.{label}" if group.prefix else label


def suffixed_id(wanted: str, *taken: Ids) -> str:
    """A taken id with the suffix that Airflow appends to a name called again: f, f__1, f__2 ..."""
    core, number = _core_and_number(wanted)
    return f"{core}__{max(number, *(ids.highest(core) for ids in taken)) + 1}"


def flag(value: Value | None, default: bool) -> bool | None:
    """A boolean argument: its default when it is not given, None when it is not known."""
    if value is None:
        return default
    known = getattr(value, "value", None)
    return known if isinstance(known, bool) else None
