"""What stands in `schedule=`: read as Airflow reads it, or refused with a reason."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest
from dateutil.relativedelta import MO, relativedelta

from dag_lint.schedule import (
    InvalidSchedule,
    Schedule,
    asset_or_time,
    cron_timetable,
    delta_timetable,
    events_timetable,
    multiple_cron,
    other_timetable,
    schedule_from_value,
)
from dag_lint.schedule.values import delta_in_seconds


@pytest.mark.parametrize(
    ("value", "kind", "expression"),
    [
        (None, "none", None),
        ("@once", "once", None),
        ("@continuous", "continuous", None),
        ("3 * * * *", "cron", "3 * * * *"),
        (" 0  0 * * * ", "cron", " 0  0 * * * "),
        ("@daily", "preset", "0 0 * * *"),
        ("@quarterly", "preset", "0 0 1 */3 *"),
        ("@midnight", "preset", "@midnight"),
        ("@annually", "preset", "@annually"),
        ("@Daily", "preset", "@Daily"),
        ("0 0 15W * *", "cron", "0 0 15W * *"),
        ("0 0 31 2 *", "cron", "0 0 31 2 *"),
        (timedelta(hours=3), "delta", 10800),
        (timedelta(seconds=1.5), "delta", 1.5),
        (relativedelta(months=1), "delta", 2592000),
        (relativedelta(hour=3), "delta", None),
        (relativedelta(weekday=MO(1)), "delta", None),
        ([], "assets", None),
        ((object(),), "assets", None),
        (object(), "unknown", None),
        ({"a": 1}, "unknown", None),
    ],
)
def test_what_airflow_takes(value: object, kind: str, expression: object) -> None:
    schedule = schedule_from_value(value)
    assert isinstance(schedule, Schedule)
    assert (schedule.kind, schedule.expression) == (kind, expression)


@pytest.mark.parametrize(
    ("value", "reason", "suggestion"),
    [
        ("", "the text is empty", None),
        ("   ", "the text is empty", None),
        ("3 * * *", '"3 * * *" has 4 fields, a cron expression 5 (6 with seconds, 7 with a year)', None),
        ("@dailly", '"@dailly" is no preset of Airflow', "@daily"),
        ("@foo", '"@foo" is no preset of Airflow', None),
        ("@Quarterly", '"@Quarterly" is no preset of Airflow', "@quarterly"),
        ("@never", '"@never" is no preset of Airflow', None),
        ("@minutely", '"@minutely" is no preset of Airflow', "* * * * *"),
        ("@every 5m", '"@every 5m" is no preset of Airflow', "*/5 * * * *"),
        ("@every 2h", '"@every 2h" is no preset of Airflow', "0 */2 * * *"),
        ("@every 90s", '"@every 90s" is no preset of Airflow', None),
        ("daily", '"daily" is neither a preset (those begin with @) nor a cron expression', "@daily"),
        ("None", '"None" is neither a preset (those begin with @) nor a cron expression', None),
        ("60 * * * *", "60 is no minute: that field goes from 0 to 59", None),
        ("0 24 * * *", "24 is no hour: that field goes from 0 to 23", None),
        ("0 0 0 * *", "0 is no day of the month: that field goes from 1 to 31", None),
        ("0 0 1 0 *", "0 is no month: that field goes from 1 to 12", None),
        ("0 0 * * 8", "8 is no weekday: that field goes from 0 to 7", None),
        ("*/0 * * * *", 'the minute field "*/0" has a step of 0', None),
        ("0 0,12, * * *", 'the hour field "0,12," has an empty part beside a comma', None),
        ("H * * * *", 'the minute field "H" is Jenkins\' hash syntax, which Airflow does not know', None),
        ("0 0 * * mon-foo", 'croniter cannot read the weekday field "mon-foo"', None),
        ("CRON_TZ=UTC 0 0 * * *", 'croniter cannot read the minute field "CRON_TZ=UTC"', None),
        (f"{'x' * 50} 0 0 * *", f'croniter cannot read the minute field "{"x" * 37}..."', None),
        (5, "the number 5 is no schedule: a number of seconds is a timedelta", None),
        (True, "True is no schedule", None),
        (date(2024, 1, 1), "a date is no schedule", None),
        (timedelta(0), "a schedule must be a positive length of time", None),
        (timedelta(days=-1), "a schedule must be a positive length of time", None),
        (relativedelta(days=-1), "a schedule must be a positive length of time", None),
        (["a"], "a list of schedules may hold assets only", None),
    ],
)
def test_what_airflow_refuses(value: object, reason: str, suggestion: str | None) -> None:
    assert schedule_from_value(value) == InvalidSchedule(reason, suggestion)


def test_a_timetable_keeps_its_class_its_crons_and_its_zone() -> None:
    schedule = cron_timetable("CronTriggerTimetable", "@daily", "Asia/Seoul", interval=timedelta(days=1))
    assert schedule == Schedule(
        "timetable",
        expression="CronTriggerTimetable",
        crons=("0 0 * * *",),
        timetable="CronTriggerTimetable",
        timezone="Asia/Seoul",
        interval=timedelta(days=1),
    )
    union = multiple_cron(["0 1 * * *", "0 2 * * *"], "UTC", run_immediately=None)
    assert isinstance(union, Schedule)
    assert (union.crons, union.run_immediately) == (("0 1 * * *", "0 2 * * *"), None)


def test_a_timetable_with_a_refused_or_unknown_argument() -> None:
    assert cron_timetable("CronTriggerTimetable", "60 * * * *") == InvalidSchedule(
        "60 is no minute: that field goes from 0 to 59"
    )
    assert cron_timetable("CronTriggerTimetable", object(), "UTC") == Schedule(
        "timetable", expression="CronTriggerTimetable", timetable="CronTriggerTimetable", timezone="UTC"
    )
    assert multiple_cron([]) == InvalidSchedule("MultipleCronTriggerTimetable has no cron expression")
    assert delta_timetable("DeltaTriggerTimetable", timedelta(0)) == InvalidSchedule(
        "a schedule must be a positive length of time"
    )
    assert delta_timetable("DeltaTriggerTimetable", object()) == other_timetable("DeltaTriggerTimetable")


def test_events_and_assets_with_time() -> None:
    first, second = (datetime(2024, 1, day, tzinfo=timezone.utc) for day in (1, 2))
    assert events_timetable([second, first]).events == (first, second)
    assert events_timetable(None).events is None
    both = asset_or_time(events_timetable([first]))
    assert both.with_assets
    assert both.events == (first,)


def test_is_timed() -> None:
    daily = schedule_from_value("@daily")
    once = schedule_from_value("@once")
    assert isinstance(daily, Schedule)
    assert isinstance(once, Schedule)
    assert (daily.is_timed, once.is_timed) == (True, False)


def test_a_relativedelta_in_seconds_counts_months_as_airflow_does() -> None:
    assert delta_in_seconds(relativedelta(years=1, months=1, days=1, hours=1, minutes=1, seconds=1)) == (
        396 * 86400 + 3661
    )


def test_importing_the_package_does_not_import_croniter() -> None:
    dear = "{'croniter', 'dateutil', 'libcst'}"
    code = f"import dag_lint.schedule, sys; print(sorted({dear} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
