"""Record what Airflow's own timetables do, for tests/schedule/recorded/.

    python scripts/record_timetables.py tests/schedule/recorded/timetables-3.3.2.json

Runs inside an environment that has Airflow (2.11 or 3.3) and croniter, and needs nothing else of this
project. Each case is a DAG that is un-paused at a moment and has no run so far: its schedule goes through
a real `DAG(...)` where it is plain, and the first runs are asked of the timetable with a stopped clock that
moves on to each run's run_after.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.metadata
import itertools
import json
import os
import sys
import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

RUNS = 5
MOST_DUE = 1500

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

CRON_INTERVALS = {"create_cron_data_intervals": True}
CRON_TRIGGERS = {"create_cron_data_intervals": False}


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
    cases = [
        case({"text": text}, catchup=catchup, settings=settings)
        for text, catchup, settings in itertools.product(
            CRONS, (False, True), (CRON_INTERVALS, CRON_TRIGGERS)
        )
    ]
    for text, start, at in itertools.product(
        ("3 * * * *", "0 0 * * *", "0 9 * * 1-5"), (OFF, FUTURE, None, AT), (AT, MIDNIGHT)
    ):
        for catchup in (False, True):
            cases.append(case({"text": text}, at=at, start=start, catchup=catchup))
    for zone in ("Asia/Seoul", "America/New_York", "+05:30"):
        cases.extend(case({"text": text}, timezone=zone) for text in ("0 9 * * *", "30 * * * *", "@weekly"))
    return cases


def moved_clock_cases() -> list[Case]:
    """Zones with daylight saving, around the hours at which the clock is moved."""
    return [
        case({"text": text}, at=at, start=start, timezone=zone, catchup=catchup, settings=settings)
        for (zone, at, start), text, catchup, settings in itertools.product(
            MOVED, MOVED_CRONS, (False, True), (CRON_INTERVALS, CRON_TRIGGERS)
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
        for schedule, end, catchup in itertools.product(schedules, ends, (False, True))
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
        for length, start, catchup, settings in itertools.product(
            lengths, (START, OFF), (False, True), (CRON_INTERVALS, CRON_TRIGGERS)
        )
    ]
    cases.extend(case(length, start="2024-01-31T12:00:00+00:00", catchup=True) for length in lengths)
    cases.extend(case({"delta": {"hours": 1}}, start=start) for start in (FUTURE, None, AT))
    cases.extend(
        case({"delta": {"days": 1}}, at=at, start=start, timezone=zone, catchup=catchup)
        for zone, at, start in MOVED[:4]
        for catchup in (False, True)
    )
    for name, catchup in itertools.product(
        ("DeltaDataIntervalTimetable", "DeltaTriggerTimetable"), (False, True)
    ):
        for start in (START, OFF, FUTURE, None):
            cases.append(case({"class": name, "delta": {"hours": 3}}, start=start, catchup=catchup))
    cases.append(case({"class": "DeltaTriggerTimetable", "delta": {"hours": 3}, "interval": {"hours": 3}}))
    cases.append(
        case(
            {"class": "DeltaTriggerTimetable", "delta": {"days": 1}, "relativedelta_interval": {"months": 1}}
        )
    )
    return cases


def timetable_cases() -> list[Case]:
    """The timetables by name, and what is not periodic."""
    cases: list[Case] = []
    for name in ("CronDataIntervalTimetable", "CronTriggerTimetable"):
        for text, zone, start, catchup in itertools.product(
            ("0 0 * * *", "30 * * * *"), ("UTC", "Asia/Seoul"), (START, OFF, FUTURE, None), (False, True)
        ):
            cases.append(
                case({"class": name, "crons": [text], "timezone": zone}, start=start, catchup=catchup)
            )
    trigger: Case = {"class": "CronTriggerTimetable", "crons": ["0 0 * * *"], "timezone": "America/New_York"}
    for catchup in (False, True):
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
        (False, True),
    ):
        cases.append(case({**several, "crons": crons}, start=start, catchup=catchup))
    cases.append(case({**several, "crons": ["0 1 * * *", "0 13 * * *"], "interval": {"hours": 12}}))
    for zone, at, start in MOVED[4:6]:
        for catchup in (False, True):
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
            schedules, (START, OFF, FUTURE, None), (False, True), (AT, "2024-06-14T10:00:00+00:00")
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


def moment(text: str | None) -> dt.datetime | None:
    """An ISO text as a moment."""
    return None if text is None else dt.datetime.fromisoformat(text)


class Airflow:
    """The parts of an Airflow that are needed, imported by name, as 2.x and 3.x keep them apart."""

    def __init__(self) -> None:
        self.version = importlib.metadata.version("apache-airflow")
        self.is_3 = self.version.startswith("3")
        self.pendulum = importlib.import_module("pendulum")
        self.base = importlib.import_module("airflow.timetables.base")
        self.trigger = importlib.import_module("airflow.timetables.trigger")
        self.interval = importlib.import_module("airflow.timetables.interval")
        self.events = importlib.import_module("airflow.timetables.events")
        self.workday = importlib.import_module("airflow.example_dags.plugins.workday")
        self.timezone = importlib.import_module(
            "airflow._shared.timezones.timezone" if self.is_3 else "airflow.utils.timezone"
        )
        self.dag: Any = importlib.import_module("airflow.sdk" if self.is_3 else "airflow").DAG

    def schedule(self, spec: Case) -> Any:
        """The value of `schedule=`."""
        if "text" in spec:
            return spec["text"]
        if "none" in spec:
            return None
        if "events" in spec:
            return self.events.EventsTimetable([self.pendulum.parse(text) for text in spec["events"]])
        if "class" not in spec:
            return _length(spec)
        if spec["class"] == "AfterWorkdayTimetable":
            return self.workday.AfterWorkdayTimetable()
        room = self.interval if "DataInterval" in spec["class"] else self.trigger
        keywords: Case = {}
        if "interval" in spec:
            keywords["interval"] = dt.timedelta(**spec["interval"])
        if "relativedelta_interval" in spec:
            keywords["interval"] = _length({"relativedelta": spec["relativedelta_interval"]})
        if "run_immediately" in spec:
            value = spec["run_immediately"]
            keywords["run_immediately"] = dt.timedelta(**value) if isinstance(value, dict) else value
        make = getattr(room, spec["class"])
        if "delta" in spec:
            return make(_length(spec), **keywords)
        return make(*spec["crons"], timezone=spec["timezone"], **keywords)

    def timetable(self, each: Case) -> tuple[Any, Any]:
        """The timetable of a DAG and what restricts it."""
        start, end = moment(each["start"]), moment(each["end"])
        keywords: Case = {}
        if start is not None:
            keywords["start_date"] = self.pendulum.instance(start).in_timezone(_zone(self, each["timezone"]))
        if end is not None:
            keywords["end_date"] = self.pendulum.instance(end)
        settings = {f"AIRFLOW__SCHEDULER__{key.upper()}": str(on) for key, on in each["settings"].items()}
        with mock.patch.dict(os.environ, settings):
            dag = self.dag(
                "recorded",
                schedule=self.schedule(each["schedule"]),
                catchup=each["catchup"],
                max_active_runs=1,
                **keywords,
            )
        timetable = dag.timetable
        if self.is_3:
            encoders = importlib.import_module("airflow.serialization.encoders")
            timetable = encoders.coerce_to_core_timetable(timetable)
        timetable.validate()
        coerce = self.timezone.convert_to_utc
        return timetable, self.base.TimeRestriction(
            coerce(dag.start_date), coerce(dag.end_date), each["catchup"]
        )

    def record(self, each: Case) -> Case:
        """The first runs of a case, how many of them are due at once, or the error."""
        try:
            timetable, restriction = self.timetable(each)
        except Exception as error:
            return {"error": type(error).__name__}
        at = self.pendulum.parse(each["at"])
        result: Case = {"timetable": type(timetable).__name__, "runs": [], "due": 0}
        clock, last, counting = at, None, True
        try:
            while len(result["runs"]) < RUNS or (counting and result["due"] < MOST_DUE):
                run = self.next_run(timetable, restriction, last, clock)
                if run is None:
                    break
                counting = counting and run.run_after <= at
                result["due"] += counting
                if len(result["runs"]) < RUNS:
                    result["runs"].append(_shown(run))
                clock, last = max(clock, run.run_after), run.data_interval
                if each["schedule"].get("text") == "@continuous":
                    break
        except Exception as error:
            result["failed"] = type(error).__name__
        return result

    def next_run(self, timetable: Any, restriction: Any, last: Any, clock: Any) -> Any:
        """Ask the timetable at a stopped clock."""
        with ExitStack() as stopped:
            for module in (self.trigger, self.interval, self.timezone):
                stopped.enter_context(mock.patch.object(module, "utcnow", lambda: clock))
            if self.is_3:
                stopped.enter_context(mock.patch.object(self.trigger.time, "time", clock.timestamp))
            today = mock.Mock(wraps=self.pendulum.Date)
            today.today = lambda: clock.in_timezone("UTC").date()
            stopped.enter_context(mock.patch.object(self.workday, "Date", today))
            return timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)


def _zone(airflow: Airflow, name: str) -> Any:
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        hours, minutes = name[1:].split(":")
        return airflow.pendulum.timezone(sign * (int(hours) * 3600 + int(minutes) * 60))
    return airflow.pendulum.timezone(name)


def _length(spec: Case) -> Any:
    if "delta" in spec:
        return dt.timedelta(**spec["delta"])
    return importlib.import_module("dateutil.relativedelta").relativedelta(**spec["relativedelta"])


def _shown(run: Any) -> list[str]:
    interval = run.data_interval
    return [each.in_timezone("UTC").isoformat() for each in (interval.start, interval.end, run.run_after)]


def main() -> None:
    """Write one JSON file, a line a case."""
    warnings.simplefilter("ignore")
    airflow = Airflow()
    lines = [json.dumps({**each, "recorded": airflow.record(each)}) for each in all_cases()]
    head = json.dumps({"airflow": airflow.version, "croniter": importlib.metadata.version("croniter")})
    body = ",\n".join(lines)
    Path(sys.argv[1]).write_text(f'{{"by": {head}, "cases": [\n{body}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
