"""Forecasts as text and as JSON."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from dag_lint.report.schedule import DagSchedule, schedule_as_data, schedule_as_text
from dag_lint.schedule import (
    InvalidSchedule,
    Schedule,
    cron_timetable,
    other_timetable,
    schedule_from_value,
)
from dag_lint.schedule.forecast import forecast

UTC = timezone.utc
AT = datetime(2024, 6, 15, 10, 30, 20, tzinfo=UTC)
START = datetime(2023, 3, 1, tzinfo=UTC)


def view(value: object, *, zone: str | None = "UTC", at: datetime = AT, **more: object) -> DagSchedule:
    schedule = value if isinstance(value, (Schedule, InvalidSchedule)) else schedule_from_value(value)
    if isinstance(schedule, InvalidSchedule):
        return DagSchedule("dags/fruit.py", "shedule_3_hour", 8, schedule, zone, ())
    keywords: dict[str, object] = {"catchup": False, "start_date": START, "count": 2, **more}
    forecasts = tuple(
        forecast(schedule, airflow=airflow, at=at, timezone=zone, **keywords)  # type: ignore[arg-type]
        for airflow in ("2.11", "3.3")
    )
    return DagSchedule("dags/fruit.py", "shedule_3_hour", 8, schedule, zone, forecasts)


def test_both_versions_where_they_differ() -> None:
    assert (
        schedule_as_text([view("3 * * * *")])
        == """\
shedule_3_hour (dags/fruit.py, line 8)
  3 * * * *: once an hour, at minute 3 (time zone UTC)

  Airflow 2.11: CronDataIntervalTimetable, without catchup
  Un-pausing it at 2024-06-15 10:30:20 (UTC) starts one run at once, that of
    2024-06-15 09:03.
  logical date      interval start    interval end      created from
* 2024-06-15 09:03  2024-06-15 09:03  2024-06-15 10:03  2024-06-15 10:03
  2024-06-15 10:03  2024-06-15 10:03  2024-06-15 11:03  2024-06-15 11:03
  * created at once

  Airflow 3.3: CronTriggerTimetable, without catchup
  Un-pausing it at 2024-06-15 10:30:20 (UTC) starts one run at once, that of
    2024-06-15 10:03.
  logical date      interval start    interval end      created from
* 2024-06-15 10:03  2024-06-15 10:03  2024-06-15 10:03  2024-06-15 10:03
  2024-06-15 11:03  2024-06-15 11:03  2024-06-15 11:03  2024-06-15 11:03
  * created at once
"""
    )


def test_versions_that_do_the_same_are_shown_once() -> None:
    text = schedule_as_text([view(None)])
    assert "Airflow 2.11 and 3.3\n" in text
    assert "It has no schedule: it runs only when it is triggered." in text
    trigger = cron_timetable("CronTriggerTimetable", "@daily", "UTC")
    assert "Airflow 2.11 and 3.3: CronTriggerTimetable, without catchup" in schedule_as_text([view(trigger)])


def test_times_stand_in_the_zone_of_the_dag_with_their_offset() -> None:
    text = schedule_as_text(
        [view("30 2 * * *", zone="America/New_York", at=datetime(2024, 3, 9, 12, tzinfo=UTC), count=3)]
    )
    assert "(time zone America/New_York)" in text
    assert "Un-pausing it at 2024-03-09 07:00:00 -05:00 (America/New_York)" in text
    assert "  2024-03-10 03:30  2024-03-10 03:30  2024-03-10 03:30  2024-03-10 03:30 -04:00\n" in text
    fixed = schedule_as_text([view("30 2 * * *", zone="Asia/Seoul")])
    assert "\n* 2024-06-14 02:30  2024-06-14 02:30  2024-06-15 02:30  2024-06-15 02:30\n" in fixed
    seconds = view("0 2 * * * 30", zone="America/New_York", at=datetime(2024, 3, 9, 12, tzinfo=UTC), count=3)
    assert "(UTC)" in schedule_as_text([seconds])


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("0 0 31 2 *", "  It never runs: at 00:00 on 31 February, which never comes.\n"),
        ("@dailly", '  Airflow refuses its schedule: "@dailly" is no preset of Airflow.\n'),
        ("@dailly", '  Probably "@daily" is meant.\n'),
        (5, "  Airflow refuses its schedule: the number 5 is no schedule: a number of seconds\n"),
        (object(), "At times that cannot be read from the file\n"),
        (object(), " starts runs that are not known.\n"),
        (other_timetable("Mine"), "  Mine: at the times that Mine decides (time zone UTC)\n"),
        (timedelta(hours=3), "  Every 3 hours (time zone UTC)\n"),
        ("@continuous", "The next run begins as soon as this one has ended, and so on."),
    ],
)
def test_sentences(value: object, line: str) -> None:
    assert line in schedule_as_text([view(value)])


def test_a_backlog_is_counted_in_words() -> None:
    assert "starts 11,338 runs, in this order." in schedule_as_text([view("3 * * * *", catchup=True)])
    moving = schedule_as_text([view("3 * * * *", catchup=True, moving_start=True)])
    assert "starts many runs." in moving
    future = schedule_as_text([view("@daily", start_date=AT + timedelta(days=3))])
    assert "starts nothing at once." in future
    assert "*" not in future


@pytest.mark.parametrize(
    "value",
    [
        "3 * * * *",
        "* * * * * */30",
        timedelta(seconds=90),
        "@continuous",
        "0,5,17,23,29,31,44,59 */7 1,5 * 3",
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Seoul"])
def test_no_line_is_longer_than_the_terminal(value: object, zone: str) -> None:
    spring = datetime(2024, 3, 10, 6, 40, tzinfo=UTC)
    for each in (view(value, zone=zone), view(value, zone=zone, at=spring, count=30)):
        text = schedule_as_text([each], explain=True)
        assert max(len(line) for line in text.splitlines()) <= 80


def test_the_explanation_names_every_column() -> None:
    text = schedule_as_text([view("@daily")], explain=True)
    for head in ("logical date:", "interval start, interval end:", "created from:", "*:"):
        assert f"\n{head}" in text


def test_odd_names_stay_on_their_line() -> None:
    odd = DagSchedule("a\nb.py", "x\x1b[31m", None, InvalidSchedule("no"), None, ())
    assert schedule_as_text([odd]) == "x?[31m (a?b.py)\n  Airflow refuses its schedule: no.\n"
    nameless = DagSchedule("a.py", None, 3, InvalidSchedule("no"), None, ())
    assert schedule_as_text([nameless]).startswith("a DAG whose dag_id is not known (a.py, line 3)\n")


def test_json() -> None:
    data = schedule_as_data(view("3 * * * *", count=1))
    assert data["schedule"] == {
        "kind": "cron",
        "expression": "3 * * * *",
        "words": "once an hour, at minute 3",
    }
    assert (data["file"], data["dag_id"], data["line"], data["timezone"], data["unknown"]) == (
        "dags/fruit.py",
        "shedule_3_hour",
        8,
        "UTC",
        [],
    )
    assert data["versions"][0] == {
        "airflow": "2.11",
        "timetable": "CronDataIntervalTimetable",
        "catchup": False,
        "at": "2024-06-15T10:30:20+00:00",
        "on_unpause": {"kind": "one", "count": 1},
        "runs": [
            {
                "logical_date": "2024-06-15T09:03:00+00:00",
                "data_interval_start": "2024-06-15T09:03:00+00:00",
                "data_interval_end": "2024-06-15T10:03:00+00:00",
                "run_after": "2024-06-15T10:03:00+00:00",
            }
        ],
    }


def test_json_of_what_is_not_known() -> None:
    unknown = schedule_as_data(view(object()))
    assert unknown["schedule"] == {"kind": "unknown", "expression": None, "words": None}
    assert unknown["unknown"] == ["schedule"]
    assert unknown["versions"][0]["on_unpause"] is None
    assert unknown["versions"][0]["notes"] == ["The schedule cannot be read from the file."]
    refused = schedule_as_data(view("@dailly"))
    assert refused["schedule"]["refused"] == '"@dailly" is no preset of Airflow'
    assert refused["versions"] == []
