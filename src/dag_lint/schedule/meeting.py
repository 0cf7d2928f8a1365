"""Whether each run of one schedule has its counterpart in another, some constant time before.

This is what an ExternalTaskSensor asks: it looks for a run whose logical date is its own, less its
execution_delta. Moments are enumerated, a bounded number of them from a fixed day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from dag_lint.schedule.cron import Cron, parse_cron
from dag_lint.schedule.ticks import CronTicks
from dag_lint.schedule.walk import NoMomentError
from dag_lint.schedule.zones import UTC, find_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.schedule.model import Schedule

MOST_MOMENTS = 400
"""Of each schedule: a year of days, and seven years of weeks."""
MOST_DELTAS = 60
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
_LONGEST_DELTA = timedelta(days=32)
_TIMETABLES = (
    None,
    "CronDataIntervalTimetable",
    "CronTriggerTimetable",
    "MultipleCronTriggerTimetable",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """How often the counterpart exists, and the least time before at which it always does.

    `fit` is never negative, and None where no constant time fits all runs.
    """

    how_often: Literal["always", "sometimes", "never"]
    fit: timedelta | None


@dataclass(frozen=True, slots=True)
class _Dates:
    """The logical dates of a schedule: moments of its crons, each as much earlier as its interval is long."""

    ticks: tuple[CronTicks, ...]
    interval: timedelta

    def last_before(self, moment: datetime) -> datetime:
        """The moment when it is one of the dates, else the last of them before it."""
        return max(each.align_previous(moment + self.interval) for each in self.ticks) - self.interval

    def hold(self, moment: datetime) -> bool:
        return self.last_before(moment) == moment

    def first(self, count: int) -> list[datetime]:
        return list(islice(self._all(), count))

    def _all(self) -> Iterator[datetime]:
        moment = _BEGIN
        while True:
            moment = min(each.next(moment) for each in self.ticks)
            yield moment - self.interval


@lru_cache(maxsize=1024)
def meeting(
    ours: Schedule, our_zone: str | None, theirs: Schedule, their_zone: str | None, delta: timedelta
) -> Meeting | None:
    """How runs of `ours` that look for one of `theirs`, `delta` before, fare; None when that is not known.

    Zones are those of the DAGs, by their names. Where both are the same, the hour by which its clock changes
    is left out. Costs milliseconds.
    """
    our_zone, their_zone = ours.timezone or our_zone, theirs.timezone or their_zone
    if our_zone is None or their_zone is None:
        return None
    if our_zone == their_zone:
        our_zone = their_zone = "UTC"
    dates, other = _dates_of(ours, our_zone), _dates_of(theirs, their_zone)
    if dates is None or other is None:
        return None
    try:
        moments = dates.first(MOST_MOMENTS)
        met = sum(other.hold(moment - delta) for moment in moments)
        fit = _fit(moments, other)
        if met == len(moments):
            return Meeting("always", fit)
        # One of them may be so much rarer that none of its moments is among the first of the other.
        if met or any(dates.hold(moment + delta) for moment in other.first(MOST_MOMENTS)):
            return Meeting("sometimes", fit)
    except (NoMomentError, OverflowError, ValueError):
        return None
    return Meeting("never", fit)


def _dates_of(schedule: Schedule, zone_name: str) -> _Dates | None:
    """The logical dates, None for what no cron decides."""
    zone = find_zone(zone_name)
    if zone is None or schedule.with_assets or schedule.timetable not in _TIMETABLES:
        return None
    interval = schedule.interval if schedule.interval is not None else timedelta(0)
    if not schedule.crons or not isinstance(interval, timedelta):
        return None
    ticks: list[CronTicks] = []
    for text in schedule.crons:
        cron = parse_cron(text)
        if not isinstance(cron, Cron) or cron.random or not cron.fires or cron.years is not None:
            return None
        ticks.append(CronTicks(cron, zone))
    return _Dates(tuple(ticks), interval)


def _fit(moments: list[datetime], other: _Dates) -> timedelta | None:
    before = other.last_before(moments[0])
    for _ in range(MOST_DELTAS):
        delta = moments[0] - before
        if delta > _LONGEST_DELTA:
            return None
        if all(other.hold(moment - delta) for moment in moments):
            return delta
        before = other.last_before(before - timedelta(microseconds=1))
    return None
