"""What dag-lint understood of files, as trees to be read in a terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from dag_lint.facts import UNKNOWN, dag_facts, schedule_is_known, trigger_rule
from dag_lint.model import Task
from dag_lint.report.concise import escaped
from dag_lint.report.model_tree import Branch, dag_name, group_name, task_name, tree_of
from dag_lint.schedule import describe
from dag_lint.schedule.model import InvalidSchedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.model import Dag, DagFile
    from dag_lint.report.model import ReadFile

_UNKNOWN = "not known"


def model_as_text(files: Iterable[ReadFile]) -> str:
    """One paragraph for each file, and in it one tree for each DAG."""
    return "\n".join("".join(f"{line}\n" for line in _file(read)) for read in files)


def _file(read: ReadFile) -> Iterator[str]:
    yield escaped(read.path)
    if read.file is None:
        yield f"  {read.error}"
        return
    target = read.file.target
    version = "its version of Airflow is not known" if target.major is None else f"for Airflow {target.major}"
    yield f"  {version}: {target.reason}"
    for dag in read.dags():
        yield ""
        yield from _dag(dag, read.file, read.lines)
    if not read.dags() and read.file.complete:
        yield "  It registers no DAG."
    if not read.file.complete:
        yield ""
        yield "  There may be DAGs that are not shown."


def _dag(dag: Dag, file: DagFile, lines: dict[int, int]) -> Iterator[str]:
    line = lines.get(id(dag.node)) or lines.get(id(dag.callee))
    doubt = "" if dag.certain else "  (may or may not exist)"
    yield f"  DAG {dag_name(dag)}{'' if line is None else f'  line {line}'}{doubt}"
    facts = dag_facts(dag, file)
    yield f"    schedule  {_schedule(dag)}"
    yield f"    catchup   {_words(facts.catchup)}"
    yield f"    start     {_words(facts.start_date)}"
    if facts.end_date is not None:
        yield f"    end       {_words(facts.end_date)}"
    if facts.timezone != "UTC":
        yield f"    timezone  {_words(facts.timezone)}"
    yield from _members(tree_of(dag))
    if not dag.complete:
        yield "    There may be tasks or edges that are not shown."


def _schedule(dag: Dag) -> str:
    schedule = dag.schedule
    if isinstance(schedule, InvalidSchedule):
        return f"Airflow refuses it: {escaped(schedule.reason)}"
    if not schedule_is_known(dag):
        return _UNKNOWN
    written = f'"{escaped(schedule.written)}": ' if schedule.written is not None else ""
    return f"{written}{describe(schedule)}"


def _words(value: Any) -> str:
    if value is UNKNOWN:
        return _UNKNOWN
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return {True: "yes", False: "no", None: "none"}.get(value) or escaped(str(value))


def _members(root: Branch) -> Iterator[str]:
    """The lines of a tree; an explicit stack, since groups may nest deeper than Python calls."""
    stack = [(member, "", member is root.members[-1]) for member in reversed(root.members)]
    while stack:
        member, indent, last = stack.pop()
        label = _task(member) if isinstance(member, Task) else _group(member)
        yield f"    {indent}{'└── ' if last else '├── '}{label}"
        if isinstance(member, Branch):
            below = indent + ("    " if last else "│   ")
            stack.extend((one, below, one is member.members[-1]) for one in reversed(member.members))


def _group(branch: Branch) -> str:
    name = "" if branch.group is None else group_name(branch.group)
    return f"group {name}{'' if branch.members else '  (no tasks)'}"


def _task(task: Task) -> str:
    parts = [task_name(task), task.operator_name or "of an unknown operator"]
    after = [task_name(up) for up in task.upstream.values()]
    unsure = "upstream" in task.unknown
    if after:
        parts.append(f"after {', '.join(sorted(after))}{' and perhaps others' if unsure else ''}")
    elif unsure:
        parts.append("after tasks that are not known")
    rule = trigger_rule(task)
    if rule is UNKNOWN:
        parts.append("trigger rule not known")
    elif rule != "all_success":
        parts.append(f"when {escaped(str(rule))}")
    parts += ["mapped"] if task.mapped else []
    parts += [] if task.certain else ["(may or may not exist)"]
    return "  ".join(parts)
