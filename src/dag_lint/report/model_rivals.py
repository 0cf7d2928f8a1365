"""Two DAGs of one name in a file: Airflow takes one of them, and nobody knows which."""

from __future__ import annotations

from typing import Any

_ALWAYS_THERE = frozenset(
    {"dag_id", "task_id", "line", "certain", "complete", "unknown", "tasks", "upstream"}
)


def without_rivals(dags: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The DAGs, those of one name as one, of which only that is known in which all of them agree."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for number, dag in enumerate(dags):
        # What has no known name is no rival of anything.
        by_name.setdefault(f"={dag['dag_id']}" if dag["dag_id"] is not None else f"#{number}", []).append(dag)
    return [_dag(rivals) if len(rivals) > 1 else rivals[0] for rivals in by_name.values()]


def _dag(rivals: list[dict[str, Any]]) -> dict[str, Any]:
    found = _agreed(rivals)
    found["certain"] = any(dag["certain"] for dag in rivals)
    names = dict.fromkeys(task["task_id"] for dag in rivals for task in dag["tasks"])
    found["tasks"] = [_task(name, rivals) for name in names]
    same = all([*_without_lines(dag["tasks"])] == [*_without_lines(rivals[0]["tasks"])] for dag in rivals)
    found["complete"] = all(dag["complete"] for dag in rivals) and same
    return found


def _without_lines(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in task.items() if name != "line"} for task in tasks]


def _task(name: str | None, rivals: list[dict[str, Any]]) -> dict[str, Any]:
    having = [task for dag in rivals for task in dag["tasks"] if task["task_id"] == name]
    found = _agreed(having)
    everywhere = all(any(task["task_id"] == name for task in dag["tasks"]) for dag in rivals)
    found["certain"] = everywhere and all(task["certain"] for task in having)
    upstream = [set(task["upstream"]) for task in having]
    found["upstream"] = sorted(set.intersection(*upstream))
    if any(one != upstream[0] for one in upstream):
        found["unknown"] = sorted({*found["unknown"], "upstream"})
    return found


def _agreed(rivals: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields of the first, those that are not the same everywhere as unknown."""
    first = rivals[0]
    unknown = {name for one in rivals for name in one["unknown"]}
    unknown |= {
        name
        for name in first
        if name not in _ALWAYS_THERE and any(one[name] != first[name] for one in rivals)
    }
    found = {name: None if name in unknown - _ALWAYS_THERE else value for name, value in first.items()}
    if "schedule" in unknown:
        found["schedule"] = {"kind": "unknown", "expression": None, "words": None}
    found["unknown"] = sorted(unknown)
    return found
