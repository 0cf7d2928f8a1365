"""Every recorded case: what Airflow's own timetables did, and what the forecast says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from dag_lint.schedule import (
    Schedule,
    cron_timetable,
    delta_timetable,
    events_timetable,
    multiple_cron,
    other_timetable,
    schedule_from_value,
)
from dag_lint.schedule.forecast import Forecast, Settings, forecast

RECORDED = sorted((Path(__file__).parent / "recorded").glob("*.json"))
MOST_DUE = 1500  # the recording counts no further


def length(spec: dict[str, Any], key: str = "") -> timedelta | relativedelta | None:
    plain = spec.get(key or "delta")
    relative = spec.get(f"relativedelta_{key}" if key else "relativedelta")
    if plain is not None:
        return timedelta(**plain)
    return None if relative is None else relativedelta(**relative)


def read_schedule(spec: dict[str, Any]) -> Schedule:
    """The schedule as the linter would have read it from the file."""
    immediately = spec.get("run_immediately", False)
    if isinstance(immediately, dict):
        immediately = timedelta(**immediately)
    name = spec.get("class")
    if "text" in spec:
        read = schedule_from_value(spec["text"])
    elif "none" in spec:
        read = schedule_from_value(None)
    elif "events" in spec:
        read = events_timetable([datetime.fromisoformat(text) for text in spec["events"]])
    elif name is None:
        read = schedule_from_value(length(spec))
    elif name == "AfterWorkdayTimetable":
        read = other_timetable(name)
    elif "delta" in spec:
        read = delta_timetable(name, length(spec), interval=length(spec, "interval"))
    elif name == "MultipleCronTriggerTimetable":
        read = multiple_cron(spec["crons"], spec["timezone"], interval=length(spec, "interval"))
    else:
        read = cron_timetable(
            name,
            spec["crons"][0],
            spec["timezone"],
            interval=length(spec, "interval"),
            run_immediately=immediately,
        )
    assert isinstance(read, Schedule)
    return read


def forecast_of(case: dict[str, Any], airflow: str, count: int = 5) -> Forecast:
    return forecast(
        read_schedule(case["schedule"]),
        airflow=airflow,
        at=datetime.fromisoformat(case["at"]),
        start_date=datetime.fromisoformat(case["start"]) if case["start"] else None,
        end_date=datetime.fromisoformat(case["end"]) if case["end"] else None,
        catchup=case["catchup"],
        timezone=case["timezone"],
        count=count,
        settings=Settings(**case["settings"]),
    )


def differences(path: Path) -> tuple[int, list[str]]:
    recording = json.loads(path.read_text(encoding="utf-8"))
    airflow = recording["by"]["airflow"]
    found: list[str] = []
    compared = 0
    for case in recording["cases"]:
        recorded = case["recorded"]
        ours = forecast_of(case, airflow)
        runs = [[each.isoformat() for each in (run.start, run.end, run.run_after)] for run in ours.runs]
        if recorded.get("error") == "TypeError":
            continue  # an argument that this version does not have: no DAG to compare
        compared += 1
        if runs != recorded.get("runs", []):
            found.append(f"{case} -> {runs} {ours.notes}")
        elif "error" not in recorded and ours.timetable != recorded["timetable"]:
            found.append(f"{case} -> {ours.timetable}")
        elif recorded.get("due", 0) < MOST_DUE and "failed" not in recorded:
            due = None if ours.on_unpause is None else ours.on_unpause.count
            if due != recorded.get("due", 0) and not (due is None and "error" in recorded):
                found.append(f"{case} -> due {due}")
    return compared, found


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_no_recorded_case_differs(path: Path) -> None:
    compared, found = differences(path)
    assert found == []
    assert compared > 800


def test_both_versions_are_recorded() -> None:
    assert [path.stem for path in RECORDED] == ["timetables-2.11.2", "timetables-3.3.2"]
