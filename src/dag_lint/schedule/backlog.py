"""How many runs are due at once when a DAG with catchup is un-paused: counted by days, not one by one."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dag_lint.schedule.ticks import CronTicks, DeltaTicks
from dag_lint.schedule.timetable import Bounds, DataIntervals, MultipleTriggers, Run, Triggers
from dag_lint.schedule.walk import NoMomentError, days_of_month
from dag_lint.schedule.zones import UTC, wall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from dag_lint.schedule.cron import Cron
    from dag_lint.schedule.ticks import Ticks
    from dag_lint.schedule.timetable import Timetable

MAX_DAYS = 100_000
EXACT_STEPS = 2_000
MAX_STEPS = 20_000
"""Months that are added one by one."""

AROUND = timedelta(hours=3)
"""So far from a change of the clock all is as usual again."""

_ENDLESS = Bounds(None, None, catchup=True)


def due_runs(timetable: Timetable, first: Run, bounds: Bounds, now: datetime) -> int | None:
    """The runs from the first one on that a timetable with catchup creates until now.

    first: the first run, due already. None: too many days.
    """
    count = _by_days(timetable, first, bounds.latest, now)
    if count is not None and count > EXACT_STEPS:
        return count
    return _by_steps(timetable, first, bounds, now) or count


def _by_steps(timetable: Timetable, first: Run, bounds: Bounds, now: datetime) -> int | None:
    count, run = 1, first
    while count < EXACT_STEPS:
        try:
            following = timetable.next_run(run, bounds, now)
        except NoMomentError:
            return count
        if following is None or not run.run_after < following.run_after <= now:
            return count
        count, run = count + 1, following
    return None


def _by_days(timetable: Timetable, first: Run, latest: datetime | None, now: datetime) -> int | None:
    if isinstance(timetable, DataIntervals):
        # A run exists for each interval that has ended and that began no later than end_date.
        ended = _later_runs(timetable, [timetable.ticks], first.end, now, _end)
        if latest is None or ended is None:
            return None if ended is None else ended + 1
        begun = _later_runs(timetable, [timetable.ticks], first.start, latest, _start)
        return None if begun is None else min(ended, begun) + 1
    if isinstance(timetable, Triggers):
        ticks = [timetable.ticks]
    elif isinstance(timetable, MultipleTriggers):
        ticks = [each.ticks for each in timetable.timetables]
    else:
        return None
    later = _later_runs(timetable, ticks, first.end, now if latest is None else min(now, latest), _end)
    return None if later is None else later + 1


def _start(run: Run) -> datetime:
    return run.start


def _end(run: Run) -> datetime:
    return run.end


def _later_runs(
    timetable: Timetable, ticks: list[Ticks], after: datetime, until: datetime, of: Callable[[Run], datetime]
) -> int | None:
    """The runs whose start or end lies behind `after`, which is one of them, and not behind `until`."""
    if until <= after:
        return 0
    crons = [each for each in ticks if isinstance(each, CronTicks)]
    if len(crons) == len(ticks):
        return None if (until - after).days > MAX_DAYS else _cron_runs(timetable, crons, after, until, of)
    return _lengths(ticks[0], after, until) if isinstance(ticks[0], DeltaTicks) else None


def _lengths(ticks: DeltaTicks, after: datetime, until: datetime) -> int | None:
    if not ticks.has_months():
        return (until - after) // timedelta(seconds=ticks.seconds())
    count, moment = 0, ticks.next(after)
    while moment <= until:
        count, moment = count + 1, ticks.next(moment)
        if count > MAX_STEPS:
            return None
    return count


def _cron_runs(
    timetable: Timetable,
    ticks: list[CronTicks],
    after: datetime,
    until: datetime,
    of: Callable[[Run], datetime],
) -> int:
    """By days where the clock runs evenly, and step by step around its changes."""
    zone = ticks[0].zone
    crons = tuple(dict.fromkeys(each.cron for each in ticks))
    too_many = len(_seconds_of_day(crons)) > EXACT_STEPS
    total, position = 0, after
    for change in _changes(zone, after - AROUND, until + AROUND):
        low, high = max(change - AROUND, position), min(change + AROUND, until)
        if high <= low:
            continue
        total += _moments(crons, wall(position, zone), wall(low, zone))
        if too_many:
            eve = min(max(change - timedelta(microseconds=1), low), high)
            total += _moments(crons, wall(low, zone), wall(eve, zone))
            total += _moments(crons, wall(eve, zone) + _moved(change, zone), wall(high, zone))
        else:
            total += _stepped(timetable, ticks, low, high, of)
        position = high
    return total + _moments(crons, wall(position, zone), wall(until, zone))


def _changes(zone: tzinfo, low: datetime, high: datetime) -> Iterator[datetime]:
    """The moments at which the offset of a zone changes."""
    if zone is UTC:
        return
    day = low
    offset = day.astimezone(zone).utcoffset()
    while day < high:
        following = day + timedelta(days=1)
        new_offset = following.astimezone(zone).utcoffset()
        if new_offset != offset:
            yield _change(day, following, zone)
            offset = new_offset
        day = following


def _change(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _moved(change: datetime, zone: tzinfo) -> timedelta:
    """By how much the clock is moved."""
    eve = change - timedelta(microseconds=1)
    return wall(change, zone) - wall(eve, zone) - timedelta(microseconds=1)


def _stepped(
    timetable: Timetable, ticks: list[CronTicks], low: datetime, high: datetime, of: Callable[[Run], datetime]
) -> int:
    """The runs behind `low` until `high`, as the timetable itself steps."""
    try:
        begin = max(each.align_previous(low) for each in ticks)
        run: Run | None = Run(begin, begin, begin)
        count = 0
        for _ in range(4 * EXACT_STEPS):
            last, run = run, timetable.next_run(run, _ENDLESS, high)
            if run is None or run == last or of(run) > high:
                break
            count += of(run) > low
    except NoMomentError:
        return 0
    return count


def _moments(crons: tuple[Cron, ...], after: datetime, until: datetime) -> int:
    """The distinct moments of crons on an even wall clock, behind `after` and not behind `until`."""
    total = 0
    for ordinal in range(after.toordinal(), until.toordinal() + 1):
        day = date.fromordinal(ordinal)
        matching = tuple(cron for cron in crons if _fires_on(cron, day))
        if not matching:
            continue
        seconds = _seconds_of_day(matching)
        total += len(seconds) if day < until.date() else _until(seconds, until.time())
        if day == after.date():
            total -= _until(seconds, after.time())
    return total


def _fires_on(cron: Cron, day: date) -> bool:
    if cron.years is not None and day.year not in cron.years:
        return False
    return cron.every_day or day.day in days_of_month(cron, day.year, day.month)


def _until(seconds: tuple[int, ...], at: time) -> int:
    return bisect_right(seconds, at.hour * 3600 + at.minute * 60 + at.second)


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
