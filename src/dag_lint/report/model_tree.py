"""The members of a DAG as its author nested them: tasks, and groups with what is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dag_lint.known import Text
from dag_lint.report.concise import escaped

if TYPE_CHECKING:
    from dag_lint.model import Dag, Task, TaskGroup


@dataclass(slots=True)
class Branch:
    """A task group, or a DAG when `group` is None, with its members in the order of the file."""

    group: TaskGroup | None = None
    members: list[Task | Branch] = field(default_factory=list)


def tree_of(dag: Dag) -> Branch:
    """The members of a DAG; a group stands where the first of its tasks does, an empty one at the end."""
    root = Branch()
    branches: dict[int, Branch] = {}
    for task in dag.tasks:
        _branch(task.group, root, branches).members.append(task)
    for group in dag.groups:
        _branch(group, root, branches)
    return root


def _branch(group: TaskGroup | None, root: Branch, branches: dict[int, Branch]) -> Branch:
    missing: list[TaskGroup] = []
    while group is not None and id(group) not in branches:
        missing.append(group)
        group = group.parent
    branch = root if group is None else branches[id(group)]
    for inner in reversed(missing):
        made = branches[id(inner)] = Branch(inner)
        branch.members.append(made)
        branch = made
    return branch


def dag_name(dag: Dag) -> str:
    """The dag_id for people; an ellipsis stands for what is not known of it."""
    text = dag.id_text()
    if text is None and isinstance(dag.dag_id, Text):
        text = "".join("…" if piece is None else piece for piece in dag.dag_id.pieces)
    return "(id not known)" if text is None else escaped(text)


def task_name(task: Task) -> str:
    """The task_id for people."""
    return "(id not known)" if task.task_id is None else escaped(task.task_id)


def group_name(group: TaskGroup) -> str:
    """The group_id for people."""
    return "(id not known)" if group.group_id is None else escaped(group.group_id)
