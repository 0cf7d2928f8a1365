"""How many runs are due at once when a DAG with catchup is un-paused: counted by days, not one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dag_lint.schedule.ticks import CronTicks, DeltaTicks
from dag_lint.schedule.timetable import DataIntervals, MultipleTriggers, Triggers
from dag_lint.schedule.walk import NoMomentError, days_of_month
from dag_lint.schedule.zones import UTC, wall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from dag_lint.schedule.cron import Cron
    from dag_lint.schedule.timetable import Bounds, Run, Timetable

MAX_DAYS = 100_000
EXACT_STEPS = 2_000
MAX_STEPS = 20_000
"""Moments that are counted one by one: months, and the days on which a clock is moved."""


def due_runs(timetable: Timetable, first: Run, bounds: Bounds, now: datetime) -> int | None:
    """The runs from the first one on that a timetable with catchup creates until now.

    first: the first run, due already. None: too many days, or too fine for a moved clock.
    """
    count = _counted_by_days(timetable, first, bounds, now)
    if count is not None and count > EXACT_STEPS:
        return count
    # So few are counted as they come: a clock moved by half an hour makes timetables stumble.
    return _by_steps(timetable, first, bounds, now) or count


def _counted_by_days(timetable: Timetable, first: Run, bounds: Bounds, now: datetime) -> int | None:
    latest = bounds.latest
    if isinstance(timetable, DataIntervals):
        # A run exists for each interval that has ended and that began no later than end_date.
        ended = _moments(timetable.ticks, first.start, now)
        begun = None if latest is None else _moments(timetable.ticks, first.start, latest)
        if ended is None or (latest is not None and begun is None):
            return None
        return ended - 1 if begun is None else min(ended - 1, begun)
    last = now if latest is None else min(now, latest)
    if isinstance(timetable, Triggers):
        return _moments(timetable.ticks, first.end, last)
    if isinstance(timetable, MultipleTriggers):
        ticks = [each.ticks for each in timetable.timetables if isinstance(each.ticks, CronTicks)]
        return _cron_moments(ticks, first.end, last)
    return None


def _by_steps(timetable: Timetable, first: Run, bounds: Bounds, now: datetime) -> int | None:
    count, run = 1, first
    while count < EXACT_STEPS:
        try:
            following = timetable.next_run(run, bounds, now)
        except NoMomentError:
            return count
        if following is None or following.run_after > now:
            return count
        count, run = count + 1, following
    return None


def _moments(ticks: object, first: datetime, last: datetime) -> int | None:
    if isinstance(ticks, CronTicks):
        return _cron_moments([ticks], first, last)
    if not isinstance(ticks, DeltaTicks) or last < first:
        return 0
    if not ticks.has_months():
        return (last - first) // timedelta(seconds=ticks.seconds()) + 1
    count, moment = 0, first
    while moment <= last:
        count += 1
        moment = ticks.next(moment)
        if count > MAX_STEPS:
            return None
    return count


def _cron_moments(ticks: list[CronTicks], first: datetime, last: datetime) -> int | None:
    """The distinct moments of crons of one zone from first to last, both counted."""
    if last < first:
        return 0
    zone = ticks[0].zone
    crons = tuple(dict.fromkeys(each.cron for each in ticks))
    begin, end = wall(first, zone), wall(last, zone)
    if (end - begin).days > MAX_DAYS:
        return None
    total = 0
    for day in _days(begin.date(), end.date()):
        matching = tuple(cron for cron in crons if _fires_on(cron, day))
        if not matching:
            continue
        if zone is not UTC and _clock_moves(day, zone):
            found = _one_by_one([CronTicks(cron, zone) for cron in crons], day, first, last)
            if found is None:
                return None
            total += found
        elif begin.date() < day < end.date():
            total += _in_a_day(matching)
        else:
            low = begin.time() if day == begin.date() else time.min
            high = end.time() if day == end.date() else time.max
            total += _until(matching, high, inclusive=True) - _until(matching, low, inclusive=False)
    return total


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _fires_on(cron: Cron, day: date) -> bool:
    if cron.years is not None and day.year not in cron.years:
        return False
    return cron.every_day or day.day in days_of_month(cron, day.year, day.month)


def _offset(day: date, zone: tzinfo) -> timedelta:
    return datetime.combine(day, time.min, tzinfo=zone).utcoffset() or timedelta(0)


def _clock_moves(day: date, zone: tzinfo) -> bool:
    if day == date.max:
        return False
    return _offset(day, zone) != _offset(day + timedelta(days=1), zone)


def _one_by_one(ticks: list[CronTicks], day: date, first: datetime, last: datetime) -> int | None:
    """The moments of a day on which the clock is moved; None when there are too many."""
    zone = ticks[0].zone
    starts = datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)
    low, high = max(first, starts), min(last, ends - timedelta(microseconds=1))
    found: set[datetime] = set()
    for each in ticks:
        moment = low - timedelta(microseconds=1)
        while True:
            try:
                moment = each.next(moment)
            except NoMomentError:
                break
            if moment > high:
                break
            found.add(moment)
            if len(found) > MAX_STEPS:
                return None
    return len(found)


@lru_cache(maxsize=256)
def _in_a_day(crons: tuple[Cron, ...]) -> int:
    if len(crons) == 1:
        return len(crons[0].hours) * len(crons[0].minutes) * len(crons[0].seconds)
    return len(_seconds_of_day(crons))


@lru_cache(maxsize=256)
def _seconds_of_day(crons: tuple[Cron, ...]) -> tuple[int, ...]:
    found = {
        hour * 3600 + minute * 60 + second
        for cron in crons
        for hour in cron.hours
        for minute in cron.minutes
        for second in cron.seconds
    }
    return tuple(sorted(found))


def _until(crons: tuple[Cron, ...], at: time, *, inclusive: bool) -> int:
    """The moments of a day before a time of day, or up to it."""
    find = bisect_right if inclusive or at.microsecond else bisect_left
    return find(_seconds_of_day(crons), at.hour * 3600 + at.minute * 60 + at.second)
