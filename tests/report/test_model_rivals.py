"""Two DAGs of one name are shown as one, of which only that is known in which both agree."""

from __future__ import annotations

from typing import Any

from dag_lint.report.model_rivals import without_rivals


def task(task_id: str | None, upstream: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    found = {
        "task_id": task_id,
        "line": 1,
        "certain": True,
        "operator": "EmptyOperator",
        "upstream": [*upstream],
    }
    return {**found, "unknown": [], **fields}


def dag(dag_id: str | None, *tasks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    schedule = {"kind": "preset", "expression": "0 0 * * *", "words": "every day"}
    found = {
        "dag_id": dag_id,
        "line": 1,
        "certain": True,
        "schedule": schedule,
        "catchup": False,
        "complete": True,
    }
    return {**found, "unknown": [], "tasks": [*tasks], **fields}


def test_dags_of_different_or_unknown_names_stay_as_they_are():
    dags = [dag("a"), dag(None), dag("b"), dag(None)]
    assert without_rivals(dags) == dags


def test_two_that_are_the_same_are_one():
    (found,) = without_rivals([dag("a", task("t")), dag("a", task("t", line=9), line=8)])
    assert found == dag("a", task("t"))


def test_what_differs_is_unknown():
    other = {"kind": "none", "expression": None, "words": "never"}
    (found,) = without_rivals([dag("a"), dag("a", schedule=other, catchup=None, unknown=["catchup"])])
    assert found["unknown"] == ["catchup", "schedule"]
    assert found["schedule"]["kind"] == "unknown"
    assert found["catchup"] is None
    assert found["certain"]


def test_a_task_that_only_one_has_may_not_exist():
    first = dag("a", task("s"), task("t", ("s",)))
    second = dag("a", task("s", operator="BashOperator"), task("t"), task("u"))
    (found,) = without_rivals([first, second])
    s, t, u = found["tasks"]
    assert (s["certain"], s["operator"], s["unknown"]) == (True, None, ["operator"])
    assert (t["certain"], t["upstream"], t["unknown"]) == (True, [], ["upstream"])
    assert not u["certain"]
    assert not found["complete"]
