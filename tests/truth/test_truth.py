"""What we understand of DAG files is what two real Airflows recorded of them: known and right, or unknown.

`scripts/record_truth.py` writes the recordings; no Airflow is needed here. A file may hang on the environment
variable DAG_TRUTH: then what we claim to know has to hold with it and without it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dag_lint.lint import understand
from dag_lint.report.model import ReadFile, file_as_data
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
VERSIONS = ("2.11", "3.3")
RECORDED = {
    version: json.loads((HERE / f"airflow-{version}.json").read_text(encoding="utf-8"))["files"]
    for version in VERSIONS
}
CASES = [(version, name) for version in VERSIONS for name in RECORDED[version]]
DAG_FACTS = ("catchup", "start_date", "end_date", "timezone")
TASK_FACTS = ("operator", "trigger_rule", "mapped")

Verdict = tuple[str, str, str]
"""The kind of fact, "right", "wrong" or "unknown", and what it is about."""


def ours(version: str, name: str) -> dict[str, Any]:
    path = HERE / "dags" / name
    source = SourceFile(name, path.read_text(encoding="utf-8"), path)
    return file_as_data(ReadFile(name, understand(source, Settings(airflow_version=version)).file))


def verdicts(version: str, name: str) -> Iterator[Verdict]:
    """Every fact that either side names, for each recording of the file."""
    said = ours(version, name)
    for recording in RECORDED[version][name].values():
        if "dags" in recording:
            yield from _file(said, {dag["dag_id"]: dag for dag in recording["dags"]})


def _file(said: dict[str, Any], real: dict[str, Any]) -> Iterator[Verdict]:
    known = {dag["dag_id"]: dag for dag in said["dags"]}
    for dag_id, dag in known.items():
        if dag_id is not None and dag_id not in real and dag["certain"]:
            yield "dag", "wrong", f"{dag_id} is not there"
    for dag_id, dag in real.items():
        if dag_id in known:
            yield "dag", "right", dag_id
            yield from _dag(known[dag_id], dag)
        else:
            doubt = not said["complete"] or None in known or not all(each["certain"] for each in said["dags"])
            yield "dag", "unknown" if doubt else "wrong", f"{dag_id} is missing"


def _dag(said: dict[str, Any], real: dict[str, Any]) -> Iterator[Verdict]:
    for fact in DAG_FACTS:
        yield _fact(said, real, fact, real["dag_id"])
    yield "schedule", _schedule(said, real), f"{real['dag_id']}: {said['schedule']} and {real['timetable']}"
    known = {task["task_id"]: task for task in said["tasks"]}
    actual = {task["task_id"]: task for task in real["tasks"]}
    for task_id, task in known.items():
        if task_id is not None and task_id not in actual and task["certain"]:
            yield "task", "wrong", f"{real['dag_id']}.{task_id} is not there"
    for task_id, task in actual.items():
        place = f"{real['dag_id']}.{task_id}"
        if task_id not in known:
            yield (
                "task",
                "unknown" if not said["complete"] or None in known else "wrong",
                f"{place} is missing",
            )
            continue
        yield "task", "right", place
        for fact in TASK_FACTS:
            yield _fact(known[task_id], task, fact, place)
        yield from _edges(known[task_id], task, said["complete"], place)


def _fact(said: dict[str, Any], real: dict[str, Any], fact: str, place: str) -> Verdict:
    if fact in said["unknown"]:
        return fact, "unknown", place
    right = said[fact] == real[fact]
    return fact, "right" if right else "wrong", f"{place}: {said[fact]!r} and {real[fact]!r}"


def _schedule(said: dict[str, Any], real: dict[str, Any]) -> str:
    kind, expression = said["schedule"]["kind"], said["schedule"]["expression"]
    if "schedule" in said["unknown"]:
        return "unknown"
    plain = {"NullTimetable": "none", "OnceTimetable": "once", "ContinuousTimetable": "continuous"}
    if real["timetable"] in plain:
        return "right" if kind == plain[real["timetable"]] else "wrong"
    if kind in ("cron", "preset"):
        return "right" if expression == real["expression"] else "wrong"
    if kind == "delta":
        return "right" if real["seconds"] in (None, expression) and "Delta" in real["timetable"] else "wrong"
    return "right" if expression == real["timetable"] else "wrong"


def _edges(said: dict[str, Any], real: dict[str, Any], complete: bool, place: str) -> Iterator[Verdict]:
    sure = complete and "upstream" not in said["unknown"]
    for extra in set(said["upstream"]) - set(real["upstream"]):
        yield "edge", "wrong", f"{place}: no edge from {extra}"
    for upstream in real["upstream"]:
        found = upstream in said["upstream"]
        yield "edge", "right" if found else "wrong" if sure else "unknown", f"{place}: edge from {upstream}"


@pytest.mark.parametrize(("version", "name"), CASES)
def test_nothing_that_is_said_is_wrong(version: str, name: str) -> None:
    assert [about for _, verdict, about in verdicts(version, name) if verdict == "wrong"] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_nearly_everything_is_known(version: str) -> None:
    count = Counter(verdict for name in RECORDED[version] for _, verdict, _ in verdicts(version, name))
    assert count["right"] >= 500
    assert count["right"] >= 0.97 * sum(count.values()), count


def test_both_airflows_were_asked_of_every_file() -> None:
    names = {path.name for path in (HERE / "dags").glob("*.py")}
    assert set(RECORDED["2.11"]) == set(RECORDED["3.3"]) == names
