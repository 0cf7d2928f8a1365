"""What dag-lint understood of a file, as plain data for JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from dag_lint.facts import UNKNOWN, dag_facts, schedule_is_known, trigger_rule
from dag_lint.schedule import describe
from dag_lint.schedule.model import InvalidSchedule

if TYPE_CHECKING:
    from dag_lint.model import Dag, DagFile, Task


def model_as_data(file: DagFile, lines: dict[int, int]) -> dict[str, Any]:
    """The file as one JSON object. `lines`: the line of each node, by its id."""
    dags = [
        _dag(dag, file, lines) for dag in file.dags if dag.registered or (dag.certain is False and _real(dag))
    ]
    return {
        "file": file.path,
        "airflow_version": {
            "target": None if file.target.major is None else str(file.target.major),
            "reason": file.target.reason,
        },
        "complete": file.complete,
        "dags": dags,
    }


def _real(dag: Dag) -> bool:
    return dag.registered


def _dag(dag: Dag, file: DagFile, lines: dict[int, int]) -> dict[str, Any]:
    facts = dag_facts(dag, file)
    found: dict[str, Any] = {
        "dag_id": dag.id_text(),
        "line": lines.get(id(dag.callee)),
        "certain": dag.certain,
        "schedule": _schedule(dag),
        "catchup": facts.catchup,
        "start_date": facts.start_date,
        "end_date": facts.end_date,
        "timezone": facts.timezone,
        "complete": dag.complete,
    }
    unknown = sorted(name for name, value in found.items() if value is UNKNOWN)
    unknown += ["dag_id"] if dag.id_text() is None else []
    unknown += [] if schedule_is_known(dag) else ["schedule"]
    found = {name: _plain(value) for name, value in found.items()}
    found["unknown"] = unknown
    found["tasks"] = [_task(task, lines) for task in dag.tasks]
    return found


def _plain(value: Any) -> Any:
    if value is UNKNOWN:
        return None
    return value.isoformat() if isinstance(value, datetime) else value


def _schedule(dag: Dag) -> dict[str, Any] | None:
    schedule = dag.schedule
    if isinstance(schedule, InvalidSchedule) or schedule.kind == "unknown":
        return {"kind": "unknown", "expression": None, "words": None}
    return {"kind": schedule.kind, "expression": schedule.expression, "words": describe(schedule)}


def _task(task: Task, lines: dict[int, int]) -> dict[str, Any]:
    rule = trigger_rule(task)
    unknown = set(task.unknown)
    unknown |= {"trigger_rule"} if rule is UNKNOWN else set()
    unknown |= {"task_id"} if task.task_id is None else set()
    upstream = [up.task_id for up in task.upstream.values()]
    if None in upstream:
        unknown.add("upstream")
    return {
        "task_id": task.task_id,
        "line": lines.get(id(task.callee)),
        "certain": task.certain,
        "operator": task.operator_name or None,
        "operator_class": task.operator,
        "trigger_rule": _plain(rule),
        "upstream": sorted({name for name in upstream if name is not None}),
        "mapped": task.mapped,
        "unknown": sorted(unknown),
    }
