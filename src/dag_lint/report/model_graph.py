"""What dag-lint understood of files, as graphs: for Mermaid, which GitHub draws, and for Graphviz."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dag_lint.model import Task
from dag_lint.report.model_tree import Branch, dag_name, group_name, task_name, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dag_lint.model import Dag
    from dag_lint.report.model import ReadFile

_MERMAID_NEEDS_CODE = re.compile(r'["#&<>`\\*]|(?<![^\W_])_|_(?![^\W_])')
"""Marks of its own, of HTML, and of Markdown, where an underscore inside a word has no meaning."""


def mermaid(files: Iterable[ReadFile]) -> str:
    """A flow chart with a box for each DAG; tasks that may not exist have a dashed border."""
    lines = ["flowchart LR"]
    edges: list[str] = []
    number = _Numbers()
    for read in files:
        if read.file is None:
            lines.append(f"  %% {_comment(read.path)}: {_comment(read.error or '')}")
        for dag in read.dags():
            lines += [
                f'  subgraph {number("dag", dag)}["{_mermaid_text(dag_name(dag))}"]',
                "    direction LR",
            ]
            for depth, member in _nested(tree_of(dag)):
                indent = "  " * (depth + 2)
                if member is None:
                    lines.append(f"{indent}end")
                elif isinstance(member, Task):
                    doubt = "" if member.certain else ":::uncertain"
                    lines.append(
                        f'{indent}{number("task", member)}["{_label(member, _mermaid_text, "<br/>")}"]{doubt}'
                    )
                else:
                    name = _mermaid_text(_group_label(member))
                    lines.append(f'{indent}subgraph {number("group", member)}["{name}"]')
            lines.append("  end")
            edges += [f"  {number('task', up)} --> {number('task', task)}" for up, task in _edges(dag)]
    if any(":::" in line for line in lines):
        lines.append("  classDef uncertain stroke-dasharray: 4 4")
    return "\n".join([*lines, *edges]) + "\n"


def dot(files: Iterable[ReadFile]) -> str:
    """A graph with a cluster for each DAG; tasks that may not exist have a dashed border."""
    lines = [
        'digraph "dag-lint" {',
        "  rankdir=LR;",
        "  compound=true;",
        '  graph [fontname="Helvetica", style=rounded];',
        '  node [fontname="Helvetica", shape=box, style=rounded];',
    ]
    edges: list[str] = []
    number = _Numbers()
    for read in files:
        if read.file is None:
            lines.append(f"  // {_comment(read.path)}: {_comment(read.error or '')}")
        for dag in read.dags():
            lines += [f"  subgraph cluster_{number('dag', dag)} {{", f"    label={_dot_text(dag_name(dag))};"]
            for depth, member in _nested(tree_of(dag)):
                indent = "  " * (depth + 2)
                if member is None:
                    lines.append(f"{indent}}}")
                elif isinstance(member, Task):
                    doubt = "" if member.certain else ', style="rounded,dashed"'
                    label = _label(member, str, "\n")
                    lines.append(f"{indent}{number('task', member)} [label={_dot_text(label)}{doubt}];")
                else:
                    lines.append(f"{indent}subgraph cluster_{number('group', member)} {{")
                    lines.append(f"{indent}  label={_dot_text(_group_label(member))};")
            lines.append("  }")
            edges += [f"  {number('task', up)} -> {number('task', task)};" for up, task in _edges(dag)]
    return "\n".join([*lines, *edges, "}"]) + "\n"


class _Numbers:
    """Names that no language of graphs reserves: task1, task2 ... in the order in which they are needed."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, int], str] = {}
        self._kept: list[object] = []

    def __call__(self, kind: str, thing: object) -> str:
        # Kept alive, or another thing might come to have its id.
        self._kept.append(thing)
        return self._given.setdefault((kind, id(thing)), f"{kind}{len(self._given) + 1}")


def _nested(root: Branch) -> Iterator[tuple[int, Task | Branch | None]]:
    """The members with their depth; None after the last member of a group."""
    stack: list[tuple[int, Task | Branch | None]] = [(0, member) for member in reversed(root.members)]
    while stack:
        depth, member = stack.pop()
        yield depth, member
        if isinstance(member, Branch):
            stack.append((depth, None))
            stack.extend((depth + 1, inner) for inner in reversed(member.members))


def _edges(dag: Dag) -> Iterator[tuple[Task, Task]]:
    shown = {id(task) for task in dag.tasks}
    for task in dag.tasks:
        for up in task.upstream.values():
            if id(up) in shown:
                yield up, task


def _label(task: Task, write: Callable[[str], str], line_break: str) -> str:
    more = ["(may follow others)"] if "upstream" in task.unknown else []
    return line_break.join(write(part) for part in (task_name(task), *more))


def _group_label(branch: Branch) -> str:
    return "" if branch.group is None else group_name(branch.group)


def _mermaid_text(text: str) -> str:
    """A text in a Mermaid label: what has a meaning there is written as the number of its character."""
    return _MERMAID_NEEDS_CODE.sub(lambda match: f"#{ord(match[0])};", text)


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _comment(text: str) -> str:
    return "".join(letter if letter.isprintable() and letter not in "{}" else " " for letter in text)
