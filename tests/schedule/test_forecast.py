"""The forecast around the recorded timetables: defaults, un-pausing, sentences, and limits."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from dateutil.relativedelta import relativedelta

from dag_lint.schedule import (
    Schedule,
    asset_or_time,
    cron_timetable,
    delta_timetable,
    events_timetable,
    multiple_cron,
    other_timetable,
    schedule_from_value,
)
from dag_lint.schedule.backlog import due_runs
from dag_lint.schedule.forecast import (
    Forecast,
    OnUnpause,
    Settings,
    build_timetable,
    forecast,
    timetable_name,
)
from dag_lint.schedule.ticks import DeltaTicks
from dag_lint.schedule.timetable import Bounds, Continuous, DataIntervals, Run
from dag_lint.schedule.walk import NoMomentError
from dag_lint.schedule.zones import find_zone

UTC = timezone.utc
AT = datetime(2024, 6, 15, 10, 30, 20, tzinfo=UTC)
START = datetime(2023, 3, 1, tzinfo=UTC)


def read(value: object) -> Schedule:
    schedule = value if isinstance(value, Schedule) else schedule_from_value(value)
    assert isinstance(schedule, Schedule)
    return schedule


def ask(value: object, airflow: str = "3.3", **more: object) -> Forecast:
    keywords: dict[str, object] = {"at": AT, "start_date": START, "catchup": False, **more}
    return forecast(read(value), airflow=airflow, **keywords)  # type: ignore[arg-type]


def test_the_first_run_of_an_hourly_dag_is_created_at_once_in_both_versions() -> None:
    at_once = OnUnpause("one", 1)
    two, three = ask("3 * * * *", "2.11", count=1), ask("3 * * * *", count=1)
    nine, ten = (datetime(2024, 6, 15, hour, 3, tzinfo=UTC) for hour in (9, 10))
    assert (two.timetable, two.on_unpause) == ("CronDataIntervalTimetable", at_once)
    assert two.runs == (Run(nine, ten, ten),)
    assert (three.timetable, three.on_unpause) == ("CronTriggerTimetable", at_once)
    assert three.runs == (Run(ten, ten, ten),)


def test_catchup_has_the_default_of_the_version_or_of_the_deployment() -> None:
    assert ask("@daily", "2.11", catchup=None).catchup is True
    assert ask("@daily", "3.3", catchup=None).catchup is False
    assert ask("@daily", "2.11", catchup=None, settings=Settings(catchup_by_default=False)).catchup is False


def test_un_pausing_with_catchup_is_counted() -> None:
    assert ask("3 * * * *", "2.11", catchup=True).on_unpause == OnUnpause("many", 11338)
    assert ask("3 * * * *", "3.3", catchup=True).on_unpause == OnUnpause("many", 11339)
    assert ask("3 * * * *", "3.3", catchup=True, moving_start=True).on_unpause == OnUnpause("many", None)
    assert ask("@daily", catchup=True, start_date=AT + timedelta(1)).on_unpause == OnUnpause("none", 0)
    two_days = AT - timedelta(days=2)
    assert ask("@daily", catchup=True, start_date=two_days, count=1).on_unpause == OnUnpause("many", 2)


def test_zero_runs_may_be_asked_for() -> None:
    found = ask("@daily", count=0)
    assert (found.runs, found.on_unpause) == ((), OnUnpause("one", 1))


@pytest.mark.parametrize(
    ("value", "airflow", "settings", "name"),
    [
        ("@daily", "2.11", Settings(create_cron_data_intervals=False), "CronTriggerTimetable"),
        ("@daily", "3.3", Settings(create_cron_data_intervals=True), "CronDataIntervalTimetable"),
        (timedelta(1), "2.11", Settings(create_cron_data_intervals=False), "DeltaDataIntervalTimetable"),
        (timedelta(1), "3.3", None, "DeltaTriggerTimetable"),
        (timedelta(1), "3.3", Settings(create_cron_data_intervals=True), "DeltaDataIntervalTimetable"),
        (timedelta(1), "3.3", Settings(create_delta_data_intervals=True), "DeltaTriggerTimetable"),
        (None, "3.3", None, "NullTimetable"),
        ([], "2.11", None, "DatasetTriggeredTimetable"),
        ([], "3.3", None, "AssetTriggeredTimetable"),
        (other_timetable("Mine"), "3.3", None, "Mine"),
        (object(), "3.3", None, None),
    ],
)
def test_the_timetable_of_a_schedule(
    value: object, airflow: str, settings: Settings | None, name: str | None
) -> None:
    assert timetable_name(read(value), airflow, settings) == name


@pytest.mark.parametrize(
    ("value", "more", "note"),
    [
        (None, {}, "It has no schedule: it runs only when it is triggered."),
        ([], {}, "It runs when its assets are updated; no clock decides that."),
        ("0 0 31 2 *", {}, "It never runs: at 00:00 on 31 February, which never comes."),
        ("@continuous", {}, "The next run begins as soon as this one has ended, and so on."),
        (
            "@daily",
            {"end_date": START - timedelta(1)},
            "It never runs: end_date lies before start_date.",
        ),
        (
            "@daily",
            {"end_date": START + timedelta(1)},
            "No run is left before its end_date, 2023-03-02 00:00 UTC.",
        ),
        (
            "@monthly",
            {"start_date": AT, "end_date": AT + timedelta(1)},
            "No run begins before its end_date, 2024-06-16 10:30 UTC.",
        ),
        (
            "@daily",
            {"start_date": None, "airflow": "2.11"},
            "Airflow 2 refuses a DAG that has a schedule and no start_date.",
        ),
        (
            "@daily",
            {"start_date": None, "catchup": True},
            "Airflow 3 refuses a DAG that has catchup=True and no start_date.",
        ),
        (events_timetable([START]), {}, "None of its listed moments is left."),
        ("0 0 * * * 0 2030", {}, "Airflow finds no next run; the scheduler's log says why."),
        (
            asset_or_time(read(cron_timetable("CronTriggerTimetable", "@daily", "UTC"))),
            {},
            "Updates of its assets start runs besides these.",
        ),
        (
            other_timetable("AfterWorkdayTimetable"),
            {},
            "Holidays are left out; where pandas is installed, the timetable skips those of the USA.",
        ),
        (
            "@daily",
            {"moving_start": True},
            "start_date moves with every parse; here it is taken as of 2024-06-15 10:30:20 UTC.",
        ),
    ],
)
def test_a_sentence_says_why(value: object, more: dict[str, object], note: str) -> None:
    assert ask(value, **more).notes == (note,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "more", "unknown"),
    [
        (object(), {}, "schedule"),
        ("R * * * *", {}, "schedule"),
        ("0," * 200 + "0 * * * *", {}, "schedule"),
        ("@daily", {"timezone": "Mars/Olympus"}, "timezone"),
        ("@daily", {"timezone": None}, "timezone"),
        (other_timetable("Mine"), {}, "timetable"),
        (events_timetable(None), {}, "timetable"),
        (cron_timetable("CronPartitionTimetable", "@daily", "UTC"), {}, "timetable"),
        (delta_timetable("OurDelta", timedelta(1)), {}, "timetable"),
        (multiple_cron(["@daily"], "UTC"), {"airflow": "2.11"}, "timetable"),
    ],
)
def test_what_is_not_known_is_named(value: object, more: dict[str, object], unknown: str) -> None:
    found = ask(value, **more)  # type: ignore[arg-type]
    assert found.unknown == (unknown,)
    assert (found.runs, found.on_unpause) == ((), None)
    assert len(found.notes) == 1


def test_the_zone_of_the_timetable_wins() -> None:
    seoul = ask(cron_timetable("CronTriggerTimetable", "0 9 * * *", "Asia/Seoul"), count=1)
    assert seoul.runs[0].start == datetime(2024, 6, 15, 0, tzinfo=UTC)
    plain = ask("0 9 * * *", timezone="Asia/Seoul", count=1)
    assert plain.runs == seoul.runs


@pytest.mark.parametrize(
    ("name", "hours"),
    [("UTC", 0), ("Asia/Seoul", 9), ("+05:30", 5.5), ("-0300", -3), (timezone(timedelta(hours=2)), 2)],
)
def test_zones_by_name(name: object, hours: float) -> None:
    zone = find_zone(name)  # type: ignore[arg-type]
    assert zone is not None
    assert AT.astimezone(zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["Mars/Olympus", "+99:00", "../etc/passwd", "Asia", ""])
def test_zones_that_do_not_exist(name: str) -> None:
    assert find_zone(name) is None


@pytest.mark.parametrize(
    "value",
    [
        timedelta(days=999_999_999),
        timedelta(microseconds=1),
        relativedelta(hour=3),
        relativedelta(years=9000),
        relativedelta(months=1, days=-20),
        "* * * * * *",
        "0 0 29 2 1#5",
        "0 0 29 2 * 0 2099",
        multiple_cron(["* * * * * *", "0 0 * * *"], "America/New_York"),
    ],
)
@pytest.mark.parametrize("airflow", ["2.11", "3.3"])
@pytest.mark.parametrize("catchup", [False, True])
def test_odd_schedules_end_in_an_answer(value: object, airflow: str, *, catchup: bool) -> None:
    for start in (START, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)):
        found = ask(value, airflow, start_date=start, catchup=catchup, timezone="America/New_York", count=5)
        assert len(found.runs) <= 5


def test_a_thousand_runs_and_no_more() -> None:
    assert len(ask("* * * * *", count=5000).runs) == 1000


def test_a_run_is_given_once_where_airflow_stands_still() -> None:
    # 2.11 offers the same run again and again here: Casablanca's clock is moved while the days differ.
    found = ask(
        "* * L * *",
        "2.11",
        at=datetime(2020, 4, 5, 5, 13, tzinfo=UTC),
        start_date=datetime(2020, 4, 3, 20, 50, tzinfo=UTC),
        timezone="Africa/Casablanca",
        catchup=True,
    )
    assert len(found.runs) == len(set(found.runs))


BACKLOGS = [
    ("3 * * * *", "UTC", None),
    ("30 * * * *", "America/New_York", None),
    ("30 2 * * *", "America/New_York", None),
    ("*/20 1-3 * * *", "Europe/Berlin", None),
    ("*/45 * * * *", "Asia/Beirut", None),
    ("0 1-3 * * *", "Australia/Lord_Howe", None),
    ("0 9 * * 1-5", "Asia/Seoul", None),
    ("*/10 * * * *", "UTC", datetime(2023, 12, 1, 7, 3, tzinfo=UTC)),
    (timedelta(minutes=17), "UTC", None),
    (timedelta(minutes=17), "UTC", datetime(2023, 12, 1, 7, 3, tzinfo=UTC)),
    (relativedelta(days=1), "UTC", None),
    (relativedelta(months=1), "UTC", None),
    (multiple_cron(["*/30 * * * *", "0 9 * * *", "20 2 * * *"], "America/New_York"), "UTC", None),
]


@pytest.mark.parametrize("airflow", ["2.11", "3.3"])
@pytest.mark.parametrize(("value", "zone", "end"), BACKLOGS)
def test_the_count_is_what_stepping_gives(
    value: object, zone: str, end: datetime | None, airflow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if airflow == "2.11" and isinstance(value, Schedule):
        pytest.skip("Airflow 2 has no MultipleCronTriggerTimetable")
    timetable = build_timetable(read(value), airflow, zone)
    # Nine months with two changes of the clock in them.
    bounds = Bounds(datetime(2023, 9, 10, 5, 7, tzinfo=UTC), end, catchup=True)
    stepped: list[Run] = []
    run = timetable.next_run(None, bounds, AT)
    while run is not None and run.run_after <= AT:
        stepped.append(run)
        run = timetable.next_run(run, bounds, AT)
    monkeypatch.setattr("dag_lint.schedule.backlog._by_steps", lambda *_: None)
    assert due_runs(timetable, stepped[0], bounds, AT) == len(stepped)


def test_events_and_workdays_are_counted_as_they_come() -> None:
    events = events_timetable([START + timedelta(days=day) for day in range(10)])
    assert ask(events, catchup=True, count=3).on_unpause == OnUnpause("many", 10)
    workdays = ask(other_timetable("AfterWorkdayTimetable"), catchup=True, count=3)
    assert workdays.on_unpause == OnUnpause("many", 338)


def test_backlogs_too_long_to_count() -> None:
    first = datetime(1500, 1, 1, tzinfo=UTC)
    assert ask("@hourly", catchup=True, start_date=first).on_unpause == OnUnpause("many", None)
    end = AT - timedelta(1)
    found = ask("@hourly", "2.11", catchup=True, start_date=first, end_date=end)
    assert found.on_unpause == OnUnpause("many", None)


def test_a_backlog_of_seconds_is_counted_by_the_wall_clock() -> None:
    found = ask("* * * * * *", catchup=True, timezone="America/New_York")
    assert found.on_unpause == OnUnpause("many", int((AT - START).total_seconds()) + 1)


def test_a_continuous_dag_goes_on_from_the_end_of_its_last_run() -> None:
    bounds = Bounds(START, AT + timedelta(hours=2), catchup=False)
    first = Continuous(airflow_3=False).next_run(None, bounds, AT)
    assert first == Run(START, AT, AT)
    later = AT + timedelta(hours=1)
    for airflow_3 in (False, True):
        assert Continuous(airflow_3).next_run(first, bounds, later) == Run(AT, later, later)
        assert Continuous(airflow_3).next_run(first, bounds, AT + timedelta(days=1)) is None
    assert Continuous(airflow_3=False).next_run(None, Bounds(None, None, catchup=False), AT) is None
    ahead = Bounds(AT + timedelta(days=1), None, catchup=False)
    waiting = Continuous(airflow_3=True).next_run(None, ahead, AT)
    assert Continuous(airflow_3=True).next_run(waiting, ahead, AT) == waiting


def test_without_a_start_airflow_2_never_triggers_with_catchup() -> None:
    trigger = build_timetable(
        read(delta_timetable("DeltaTriggerTimetable", timedelta(hours=1))), "2.11", "UTC"
    )
    assert trigger.next_run(None, Bounds(None, None, catchup=True), AT) is None


def test_a_delta_that_does_not_move_on_ends_the_search() -> None:
    stuck = DataIntervals(DeltaTicks(relativedelta(months=1, days=-31)), airflow_3=True)
    with pytest.raises(NoMomentError):
        stuck.next_run(None, Bounds(START, None, catchup=False), AT)
