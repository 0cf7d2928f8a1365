"""From a Python value, or a timetable's arguments, to a Schedule."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dag_lint.schedule.cron import RefusedCron, parse_cron
from dag_lint.schedule.model import (
    ASSETS_SCHEDULE,
    CONTINUOUS_SCHEDULE,
    NO_SCHEDULE,
    ONCE_SCHEDULE,
    UNKNOWN_SCHEDULE,
    InvalidSchedule,
    Schedule,
)
from dag_lint.schedule.presets import AIRFLOW_PRESETS, CONTINUOUS, ELSEWHERE, KNOWN_PRESETS, ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dag_lint.schedule.model import Delta, Kind

_EVERY = re.compile(r"@every\s+(\d+)\s*([smh])", re.IGNORECASE)


def schedule_from_value(value: object) -> Schedule | InvalidSchedule:
    """Read what was given as `schedule=` (or `schedule_interval=`).

    value: None, a str, a timedelta, a relativedelta, or a collection of assets. A timetable comes in
    through the constructors below. Anything that is not known to be refused is an unknown schedule.
    """
    if value is None:
        return NO_SCHEDULE
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, timedelta) or is_relativedelta(value):
        return _from_delta(value)
    if isinstance(value, bool):
        return InvalidSchedule(f"{value} is no schedule")
    if isinstance(value, (int, float)):
        return InvalidSchedule(f"the number {value} is no schedule: a number of seconds is a timedelta")
    if isinstance(value, date):
        return InvalidSchedule("a date is no schedule")
    if isinstance(value, (list, tuple, set, frozenset)):
        if any(isinstance(item, (str, int, float)) for item in value):
            return InvalidSchedule("a list of schedules may hold assets only")
        return ASSETS_SCHEDULE
    return UNKNOWN_SCHEDULE


def is_relativedelta(value: object) -> bool:
    """Whether it is a dateutil relativedelta, without importing dateutil for it."""
    module = sys.modules.get("dateutil.relativedelta")
    return module is not None and isinstance(value, module.relativedelta)


def delta_in_seconds(delta: Delta) -> float | None:
    """The length of a delta; a month counts as 30 days and a year as 365, as Airflow counts them.

    None for a relativedelta that sets fields (`hour=3`, `weekday=MO`) instead of adding to them.
    """
    if isinstance(delta, timedelta):
        return _plain(delta.total_seconds())
    fixed = (delta.year, delta.month, delta.day, delta.weekday, delta.hour, delta.minute, delta.second)
    if any(field is not None for field in (*fixed, delta.microsecond)):
        return None
    days = delta.years * 365 + delta.months * 30 + delta.days
    return _plain(
        days * 86400 + delta.hours * 3600 + delta.minutes * 60 + delta.seconds + delta.microseconds / 1e6
    )


def _plain(seconds: float) -> float:
    return int(seconds) if seconds == int(seconds) else seconds


def cron_timetable(
    class_name: str,
    expression: object,
    timezone: str | None = None,
    *,
    interval: Delta | None = None,
    run_immediately: bool | timedelta | None = False,
) -> Schedule | InvalidSchedule:
    """`CronDataIntervalTimetable` or `CronTriggerTimetable`, from its arguments.

    expression: the cron text; anything but a str is an unknown cron of a known timetable.
    """
    return multiple_cron(
        (expression,), timezone, class_name=class_name, interval=interval, run_immediately=run_immediately
    )


def multiple_cron(
    expressions: Sequence[object],
    timezone: str | None = None,
    *,
    class_name: str = "MultipleCronTriggerTimetable",
    interval: Delta | None = None,
    run_immediately: bool | timedelta | None = False,
) -> Schedule | InvalidSchedule:
    """`MultipleCronTriggerTimetable(*crons, timezone=...)`; the first refused text decides."""
    if not expressions:
        return InvalidSchedule(f"{class_name} has no cron expression")
    held: list[str] = []
    for text in expressions:
        if not isinstance(text, str):
            return Schedule("timetable", expression=class_name, timetable=class_name, timezone=timezone)
        refused = _refused(text)
        if refused is not None:
            return refused
        held.append(AIRFLOW_PRESETS.get(text, text))
    return Schedule(
        "timetable",
        expression=class_name,
        crons=tuple(held),
        timetable=class_name,
        timezone=timezone,
        interval=interval,
        run_immediately=run_immediately,
    )


def delta_timetable(
    class_name: str, delta: object, *, interval: Delta | None = None
) -> Schedule | InvalidSchedule:
    """`DeltaDataIntervalTimetable` or `DeltaTriggerTimetable`, from its arguments."""
    plain = Schedule("timetable", expression=class_name, timetable=class_name)
    if not (isinstance(delta, timedelta) or is_relativedelta(delta)):
        return plain
    known = _from_delta(delta)
    if isinstance(known, InvalidSchedule):
        return known
    return Schedule(
        "timetable", expression=class_name, delta=known.delta, timetable=class_name, interval=interval
    )


def events_timetable(events: Sequence[datetime] | None) -> Schedule:
    """`EventsTimetable(event_dates=...)`; None when the dates could not be read."""
    return Schedule(
        "timetable",
        expression="EventsTimetable",
        timetable="EventsTimetable",
        events=None if events is None else tuple(sorted(events)),
    )


def asset_or_time(timetable: Schedule, class_name: str = "AssetOrTimeSchedule") -> Schedule:
    """`AssetOrTimeSchedule(timetable=..., assets=...)`: the time part, which assets add to."""
    return Schedule(
        "timetable",
        expression=class_name,
        delta=timetable.delta,
        crons=timetable.crons,
        timetable=class_name,
        timezone=timetable.timezone,
        interval=timetable.interval,
        run_immediately=timetable.run_immediately,
        events=timetable.events,
        with_assets=True,
        inner=timetable.timetable,
    )


def other_timetable(class_name: str) -> Schedule:
    """A timetable of which only the class is known (a custom one, AfterWorkdayTimetable)."""
    return Schedule("timetable", expression=class_name, timetable=class_name)


def _from_text(text: str) -> Schedule | InvalidSchedule:
    if text == ONCE:
        return ONCE_SCHEDULE
    if text == CONTINUOUS:
        return CONTINUOUS_SCHEDULE
    refused = _refused(text)
    if refused is not None:
        return refused
    held = AIRFLOW_PRESETS.get(text, text)
    kind: Kind = "preset" if text.startswith("@") else "cron"
    return Schedule(kind, expression=held, written=text, crons=(held,))


def _refused(text: str) -> InvalidSchedule | None:
    parsed = parse_cron(text)
    if isinstance(parsed, RefusedCron):
        return InvalidSchedule(parsed.reason, _suggestion(text))
    return None


def _suggestion(text: str) -> str | None:
    """The preset or cron that a refused text probably stands for."""
    bare = text.strip().lower()
    every = _EVERY.fullmatch(bare)
    if every is not None:
        return _every(int(every[1]), every[2])
    if bare in ELSEWHERE:
        return ELSEWHERE[bare]
    if not bare or bare == "none" or not re.fullmatch(r"@?[a-z_]+", bare):
        return None
    from difflib import get_close_matches

    close = get_close_matches("@" + bare.lstrip("@"), KNOWN_PRESETS, n=1, cutoff=0.75)
    return close[0] if close else None


def _every(number: int, unit: str) -> str | None:
    if unit == "m" and 0 < number < 60:
        return f"*/{number} * * * *"
    if unit == "h" and 0 < number < 24:
        return f"0 */{number} * * *"
    return None


def _from_delta(delta: Any) -> Schedule | InvalidSchedule:
    seconds = delta_in_seconds(delta)
    if seconds is not None and seconds <= 0:
        return InvalidSchedule("a schedule must be a positive length of time")
    return Schedule("delta", expression=seconds, delta=delta)
