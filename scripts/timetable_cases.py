"""The cases that record_timetables.py asks of Airflow: DAGs that are un-paused at a moment.

Plain data, built by rule so that each kind of timetable meets each kind of date.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

Case = dict[str, Any]

AT = "2024-06-15T10:30:20+00:00"
MIDNIGHT = "2024-06-15T00:00:00+00:00"
START = "2024-01-01T00:00:00+00:00"
OFF = "2024-06-10T07:13:21+00:00"
FUTURE = "2024-07-01T05:00:00+00:00"

CRONS = (
    "3 * * * *",
    "*/15 * * * *",
    "* * * * *",
    "0 0 * * *",
    "30 2 * * *",
    "0 */3 * * *",
    "0 9 * * 1-5",
    "0 0 1 * *",
    "0 0 L * *",
    "0 0 * * 6#2",
    "0 0 * * L5",
    "0 0 15W * *",
    "0 0 31 * *",
    "0 0 29 2 *",
    "0 0 13 * 5",
    "*/45 * * * *",
    "0 18-6 * * *",
    "0 0 * * FRI-MON",
    "0 0 * * * 30",
    "*/5 * * * * *",
    "0 0 * * * 0 2030",
    "0 0 1-7 * 1#1",
    "0 0 31 2 *",
    "10 0 L * 6#2",
    "@hourly",
    "@daily",
    "@midnight",
    "@weekly",
    "@monthly",
    "@quarterly",
    "@yearly",
    "@annually",
    "@Daily",
)

# The clock moves: forward, backward, by half an hour, and at midnight.
MOVED = (
    ("America/New_York", "2024-03-10T06:40:00+00:00", "2024-03-09T00:00:00+00:00"),
    ("America/New_York", "2024-03-10T07:10:00+00:00", "2024-03-09T00:00:00+00:00"),
    ("America/New_York", "2024-11-03T05:10:00+00:00", "2024-11-02T00:00:00+00:00"),
    ("America/New_York", "2024-11-03T06:40:00+00:00", "2024-11-02T00:00:00+00:00"),
    ("Europe/Berlin", "2024-03-31T01:10:00+00:00", "2024-03-30T00:00:00+00:00"),
    ("Europe/Berlin", "2024-10-27T00:40:00+00:00", "2024-10-26T00:00:00+00:00"),
    ("Australia/Lord_Howe", "2024-10-05T15:40:00+00:00", "2024-10-04T00:00:00+00:00"),
    ("Australia/Lord_Howe", "2024-04-06T15:10:00+00:00", "2024-04-05T00:00:00+00:00"),
    ("America/Sao_Paulo", "2018-11-04T03:30:00+00:00", "2018-11-02T00:00:00+00:00"),
    ("Asia/Beirut", "2024-10-26T21:30:00+00:00", "2024-10-25T00:00:00+00:00"),
)
MOVED_CRONS = (
    "30 * * * *",
    "*/20 * * * *",
    "0 0 * * *",
    "30 1 * * *",
    "30 2 * * *",
    "*/20 1-2 * * *",
    "0 */2 * * *",
)

BOTH = (False, True)
CRON_INTERVALS = {"create_cron_data_intervals": True}
CRON_TRIGGERS = {"create_cron_data_intervals": False}
BOTH_SETTINGS = (CRON_INTERVALS, CRON_TRIGGERS)


def case(schedule: Case, at: str = AT, start: str | None = START, **more: Any) -> Case:
    """One case with its defaults."""
    return {
        "schedule": schedule,
        "at": at,
        "start": start,
        "end": more.get("end"),
        "catchup": more.get("catchup", False),
        "timezone": more.get("timezone", "UTC"),
        "settings": more.get("settings", {}),
    }


def cron_cases() -> list[Case]:
    """Plain cron strings and presets, under the defaults and under the other setting."""
    plain = itertools.product(CRONS, BOTH, BOTH_SETTINGS)
    texts = ("3 * * * *", "0 0 * * *", "0 9 * * 1-5")
    starts = itertools.product(texts, (OFF, FUTURE, None, AT), (AT, MIDNIGHT), BOTH)
    zones = itertools.product(
        ("Asia/Seoul", "America/New_York", "+05:30"), ("0 9 * * *", "30 * * * *", "@weekly")
    )
    return [
        *(case({"text": text}, catchup=catchup, settings=settings) for text, catchup, settings in plain),
        *(case({"text": text}, at=at, start=start, catchup=catchup) for text, start, at, catchup in starts),
        *(case({"text": text}, timezone=zone) for zone, text in zones),
    ]


def moved_clock_cases() -> list[Case]:
    """Zones with daylight saving, around the hours at which the clock is moved."""
    return [
        case({"text": text}, at=at, start=start, timezone=zone, catchup=catchup, settings=settings)
        for (zone, at, start), text, catchup, settings in itertools.product(
            MOVED, MOVED_CRONS, BOTH, BOTH_SETTINGS
        )
    ]


def end_cases() -> list[Case]:
    """end_date: ahead, behind, at start_date, before it."""
    ends = ("2024-06-15T12:00:00+00:00", "2024-06-01T00:00:00+00:00", START, "2023-12-31T00:00:00+00:00")
    schedules: tuple[Case, ...] = (
        {"text": "3 * * * *"},
        {"text": "0 0 * * *"},
        {"delta": {"hours": 1}},
        {"text": "@once"},
        {"text": "@continuous"},
        {"events": ["2024-06-15T11:00:00+00:00", "2024-06-15T13:00:00+00:00"]},
        {"class": "MultipleCronTriggerTimetable", "crons": ["0 1 * * *", "30 11 * * *"], "timezone": "UTC"},
    )
    return [
        case(schedule, end=end, catchup=catchup)
        for schedule, end, catchup in itertools.product(schedules, ends, BOTH)
    ]


def delta_cases() -> list[Case]:
    """timedelta and relativedelta, plain and in both timetables."""
    lengths: tuple[Case, ...] = (
        {"delta": {"days": 1}},
        {"delta": {"hours": 1}},
        {"delta": {"minutes": 7}},
        {"delta": {"hours": 36}},
        {"delta": {"weeks": 1}},
        {"delta": {"seconds": 90}},
        {"relativedelta": {"days": 1}},
        {"relativedelta": {"months": 1}},
        {"relativedelta": {"years": 1}},
        {"relativedelta": {"months": 1, "days": 3}},
        {"relativedelta": {"hours": 5}},
    )
    cases = [
        case(length, start=start, catchup=catchup, settings=settings)
        for length, start, catchup, settings in itertools.product(lengths, (START, OFF), BOTH, BOTH_SETTINGS)
    ]
    cases.extend(case(length, start="2024-01-31T12:00:00+00:00", catchup=True) for length in lengths)
    cases.extend(case({"delta": {"hours": 1}}, start=start) for start in (FUTURE, None, AT))
    cases.extend(
        case({"delta": {"days": 1}}, at=at, start=start, timezone=zone, catchup=catchup)
        for zone, at, start in MOVED[:4]
        for catchup in BOTH
    )
    names = ("DeltaDataIntervalTimetable", "DeltaTriggerTimetable")
    cases.extend(
        case({"class": name, "delta": {"hours": 3}}, start=start, catchup=catchup)
        for name, catchup, start in itertools.product(names, BOTH, (START, OFF, FUTURE, None))
    )
    trigger: Case = {"class": "DeltaTriggerTimetable"}
    cases.append(case({**trigger, "delta": {"hours": 3}, "interval": {"hours": 3}}))
    cases.append(case({**trigger, "delta": {"days": 1}, "relativedelta_interval": {"months": 1}}))
    return cases


def timetable_cases() -> list[Case]:
    """The timetables by name, and what is not periodic."""
    names = ("CronDataIntervalTimetable", "CronTriggerTimetable")
    texts, zones = ("0 0 * * *", "30 * * * *"), ("UTC", "Asia/Seoul")
    cases = [
        case({"class": name, "crons": [text], "timezone": zone}, start=start, catchup=catchup)
        for name, text, zone, start, catchup in itertools.product(
            names, texts, zones, (START, OFF, FUTURE, None), BOTH
        )
    ]
    trigger: Case = {"class": "CronTriggerTimetable", "crons": ["0 0 * * *"], "timezone": "America/New_York"}
    for catchup in BOTH:
        cases.append(case({**trigger, "interval": {"days": 1}}, catchup=catchup))
        cases.append(case({**trigger, "relativedelta_interval": {"months": 1}}, catchup=catchup))
    # At ten past and at half past two, with no start_date to hold on to.
    for value in (True, False, None, {"minutes": 20}, {"hours": 11}):
        for at in ("2024-06-15T00:10:00+00:00", AT, "2024-06-15T02:24:00+00:00"):
            start_now: Case = {"class": "CronTriggerTimetable", "crons": ["0 0 * * *"], "timezone": "UTC"}
            cases.append(case({**start_now, "run_immediately": value}, at=at, start=None))
    several: Case = {"class": "MultipleCronTriggerTimetable", "timezone": "Europe/Berlin"}
    for crons, start, catchup in itertools.product(
        (["0 1 * * *", "30 11 * * *"], ["*/30 * * * *", "0 9 * * 1-5"], ["0 6 * * *", "0 6 * * 1"]),
        (START, OFF, FUTURE, None),
        BOTH,
    ):
        cases.append(case({**several, "crons": crons}, start=start, catchup=catchup))
    cases.append(case({**several, "crons": ["0 1 * * *", "0 13 * * *"], "interval": {"hours": 12}}))
    for zone, at, start in MOVED[4:6]:
        for catchup in BOTH:
            moved: Case = {**several, "timezone": zone, "crons": ["30 2 * * *", "*/20 * * * *"]}
            cases.append(case(moved, at=at, start=start, catchup=catchup))
    return cases


def single_cases() -> list[Case]:
    """Once, continuous, events, workdays, and no schedule."""
    events = [f"2024-06-{day:02}T08:00:00+00:00" for day in (1, 14, 16, 20)]
    schedules: tuple[Case, ...] = (
        {"text": "@once"},
        {"text": "@continuous"},
        {"events": events},
        {"events": []},
        {"class": "AfterWorkdayTimetable"},
        {"none": True},
    )
    return [
        case(schedule, start=start, catchup=catchup, at=at)
        for schedule, start, catchup, at in itertools.product(
            schedules, (START, OFF, FUTURE, None), BOTH, (AT, "2024-06-14T10:00:00+00:00")
        )
    ]


def all_cases() -> list[Case]:
    """Every case, once each."""
    cases = [
        *cron_cases(),
        *moved_clock_cases(),
        *end_cases(),
        *delta_cases(),
        *timetable_cases(),
        *single_cases(),
    ]
    return list({json.dumps(each, sort_keys=True): each for each in cases}.values())
