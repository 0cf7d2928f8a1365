"""What dag-lint understood of files, as plain data for JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dag_lint.airflow.decorators import task_decorator
from dag_lint.airflow.operators import operator
from dag_lint.facts import UNKNOWN, dag_facts, schedule_is_known, trigger_rule
from dag_lint.report.model_rivals import without_rivals
from dag_lint.schedule import describe
from dag_lint.schedule.model import InvalidSchedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dag_lint.model import Dag, DagFile, Task


_NAMES_IN_2 = {"AssetOrTimeSchedule": "DatasetOrTimeSchedule"}
"""Timetables that 3.x renamed."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was to be shown: what it means, or why that cannot be told.

    `path`: its name as it was given. `lines`: the line of each node of the file, by the node's id.
    """

    path: str
    file: DagFile | None = None
    error: str | None = None
    lines: dict[int, int] = field(default_factory=dict)

    def dags(self) -> list[Dag]:
        """The DAGs that Airflow would register."""
        return [] if self.file is None else [dag for dag in self.file.dags if dag.registered]


def model_as_json(files: Iterable[ReadFile], ascii_only: bool = False) -> str:
    """A list with one object for each file."""
    return json.dumps([file_as_data(read) for read in files], ensure_ascii=ascii_only, indent=2) + "\n"


def file_as_data(read: ReadFile) -> dict[str, Any]:
    """One file as one JSON object."""
    if read.file is None:
        return {"file": read.path, "error": read.error}
    target = read.file.target
    return {
        "file": read.path,
        "airflow_version": {
            "target": None if target.major is None else str(target.major),
            "reason": target.reason,
        },
        "complete": read.file.complete,
        "dags": without_rivals([dag_as_data(dag, read.file, read.lines) for dag in read.dags()]),
    }


def dag_as_data(dag: Dag, file: DagFile, lines: dict[int, int]) -> dict[str, Any]:
    """A DAG with what Airflow's own object would hold; a field that is not known is null and named as unknown."""
    facts = dag_facts(dag, file)
    found: dict[str, Any] = {
        "dag_id": dag.id_text() or UNKNOWN,
        "line": lines.get(id(dag.node)) or lines.get(id(dag.callee)),
        "certain": dag.certain,
        "schedule": _schedule(dag, file),
        "catchup": facts.catchup,
        "start_date": facts.start_date,
        "end_date": facts.end_date,
        "timezone": facts.timezone,
        "complete": dag.complete,
    }
    unknown = {name for name, value in found.items() if value is UNKNOWN}
    unknown |= set() if schedule_is_known(dag) else {"schedule"}
    found = {name: _plain(value) for name, value in found.items()}
    found["unknown"] = sorted(unknown)
    found["tasks"] = [task_as_data(task, file, lines) for task in dag.tasks]
    return found


def task_as_data(task: Task, file: DagFile, lines: dict[int, int]) -> dict[str, Any]:
    """A task; of its upstream tasks those that are certain, when not all are known."""
    upstream = [up.task_id for up in task.upstream.values()]
    found: dict[str, Any] = {
        "task_id": UNKNOWN if task.task_id is None else task.task_id,
        "line": lines.get(id(task.node)) or lines.get(id(task.callee)),
        "certain": task.certain,
        "operator": task.operator_name or UNKNOWN,
        "operator_class": _operator_class(task, file),
        "trigger_rule": trigger_rule(task),
        "upstream": sorted({name for name in upstream if name is not None}),
        "mapped": task.mapped,
    }
    unknown = {name for name, value in found.items() if value is UNKNOWN or name in task.unknown}
    unknown |= {"upstream"} if None in upstream else set()
    found = {name: _plain(value) for name, value in found.items()}
    found.update({name: None for name in unknown if name != "upstream"})
    found["unknown"] = sorted(unknown)
    return found


def _schedule(dag: Dag, file: DagFile) -> dict[str, Any]:
    schedule = dag.schedule
    if isinstance(schedule, InvalidSchedule) or not schedule_is_known(dag):
        return {"kind": "unknown", "expression": None, "words": None}
    expression = schedule.expression
    if file.target.major == 2:
        expression = _NAMES_IN_2.get(str(expression), expression)
    return {"kind": schedule.kind, "expression": expression, "words": describe(schedule)}


def _operator_class(task: Task, file: DagFile) -> Any:
    """The dotted name of the class; Airflow gives the module of a DAG file a name that nobody can foretell."""
    if task.operator is None:
        return UNKNOWN
    if task.callable is not None and task.callable.kind == "decorated":
        decorator = task_decorator(task.callable.operator or "")
        path = decorator.operator(file.target.major) if decorator is not None and file.target.major else None
        return path or UNKNOWN
    facts = operator(task.operator)
    name = task.operator.rpartition(".")[2] if facts is None else facts.name
    return task.operator if name == task.operator_name else UNKNOWN


def _plain(value: Any) -> Any:
    if value is UNKNOWN:
        return None
    return value.isoformat() if isinstance(value, datetime) else value
