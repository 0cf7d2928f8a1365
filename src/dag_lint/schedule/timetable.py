"""Airflow's built-in timetables: which run comes next.

A reading of `airflow/timetables/` of 2.11.2 and 3.3.2, compared with recordings of both. The clock comes
in as an argument. All moments are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from dag_lint.schedule.ticks import CronTicks, DeltaTicks, Ticks
from dag_lint.schedule.walk import NoMomentError
from dag_lint.schedule.zones import UTC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dag_lint.schedule.model import Delta

MAX_ROUNDING_STEPS = 30_000
"""Months from year 1 to 2500; more is a delta that does not move on."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its data interval, and the earliest moment at which it is created (all in UTC)."""

    start: datetime
    end: datetime
    run_after: datetime

    @property
    def logical_date(self) -> datetime:
        """What `ds` and the run id are made of: the start of the data interval."""
        return self.start


@dataclass(frozen=True, slots=True)
class Bounds:
    """start_date, end_date and catchup of a DAG, both dates inclusive."""

    earliest: datetime | None
    latest: datetime | None
    catchup: bool


class Timetable(Protocol):
    """What the scheduler asks a timetable."""

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        """The run behind `last` (None: the first one), None when there is none; may raise NoMomentError."""


@dataclass(frozen=True, slots=True)
class Never:
    """NullTimetable, and the asset timetables as far as the clock goes."""

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        return None


@dataclass(frozen=True, slots=True)
class DataIntervals:
    """CronDataIntervalTimetable and DeltaDataIntervalTimetable: a run at the end of each interval."""

    ticks: Ticks
    airflow_3: bool

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        ticks = self.ticks
        earliest = bounds.earliest
        if not bounds.catchup:
            earliest = self._skip_to_latest(earliest, now)
        elif earliest is not None:
            earliest = ticks.align_next(earliest)
        if last is None:
            if earliest is None:
                return None
            start = earliest
        else:
            start = ticks.align_previous(last.end)
            if earliest is not None:
                start = max(start, earliest)
            if self.airflow_3 and start <= last.start:
                start = ticks.next(start)
                if start <= last.start:
                    raise NoMomentError
        if bounds.latest is not None and start > bounds.latest:
            return None
        end = ticks.next(start)
        return Run(start, end, run_after=end)

    def _skip_to_latest(self, earliest: datetime | None, now: datetime) -> datetime:
        """The start of the last interval that is complete, without catchup."""
        ticks = self.ticks
        if isinstance(ticks, DeltaTicks):
            start = ticks.previous(self._round(ticks, now, earliest or now))
            return start if earliest is None else max(start, earliest)
        last_start = ticks.previous(now)
        next_start = ticks.next(last_start)
        if next_start < now:
            # A clock that moves by half an hour; Airflow's own assertion fails here.
            raise NoMomentError
        start = last_start if next_start == now else ticks.previous(last_start)
        return start if earliest is None else max(start, ticks.align_next(earliest))

    def _round(self, ticks: DeltaTicks, now: datetime, anchor: datetime) -> datetime:
        if self.airflow_3 and ticks.has_months():
            for _ in range(MAX_ROUNDING_STEPS):
                following = ticks.next(anchor)
                if following > now:
                    return anchor
                anchor = following
            raise NoMomentError
        seconds = now.timestamp()
        length = ticks.seconds()
        if not length:
            raise NoMomentError
        return datetime.fromtimestamp(seconds - seconds % length, tz=UTC)


@dataclass(frozen=True, slots=True)
class Triggers:
    """CronTriggerTimetable and DeltaTriggerTimetable: a run at each moment, with an interval of its own."""

    ticks: Ticks
    interval: Delta
    airflow_3: bool
    run_immediately: bool | timedelta | None = False

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        find = self._catch_up if bounds.catchup else self._latest
        at = find(last, bounds.earliest, now)
        if at is None or (bounds.latest is not None and bounds.latest < at):
            return None
        return Run(at - self.interval, at, run_after=at)

    def _catch_up(self, last: Run | None, earliest: datetime | None, now: datetime) -> datetime | None:
        if last is not None:
            return self.ticks.next(last.end)
        if earliest is not None:
            return self.ticks.align_next(earliest)
        return self._first_without_start(now) if self.airflow_3 else None

    def _latest(self, last: Run | None, earliest: datetime | None, now: datetime) -> datetime:
        candidates = [self.ticks.align_previous(now)]
        if last is not None:
            candidates.append(self.ticks.next(last.end))
        elif earliest is None and self.airflow_3:
            candidates.append(self._first_without_start(now))
        if earliest is not None:
            candidates.append(self.ticks.align_next(earliest))
        return max(candidates)

    def _first_without_start(self, now: datetime) -> datetime:
        before = self.ticks.align_previous(now)
        if isinstance(self.ticks, DeltaTicks) or self.run_immediately is True:
            return before
        following = self.ticks.align_next(now)
        if isinstance(self.run_immediately, timedelta):
            buffer = self.run_immediately
        else:
            buffer = max((following - before) / 10, timedelta(minutes=5))
        return before if now - before <= buffer else following


@dataclass(frozen=True, slots=True)
class MultipleTriggers:
    """MultipleCronTriggerTimetable (3.x): whichever of them comes next."""

    timetables: tuple[Triggers, ...]

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        runs = [timetable.next_run(last, bounds, now) for timetable in self.timetables]
        known = [run for run in runs if run is not None]
        if not known:
            return None
        if bounds.catchup:
            return min(known, key=lambda run: run.start)
        # The latest that is due, else the first to come. Airflow compares logical dates with the clock.
        due = [run for run in known if run.start <= now]
        return max(due, key=lambda run: run.start) if due else min(known, key=lambda run: run.start)


@dataclass(frozen=True, slots=True)
class Once:
    """OnceTimetable: one run at start_date."""

    airflow_3: bool

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        at = bounds.earliest or (now if self.airflow_3 else None)
        if last is not None or at is None or (bounds.latest is not None and at > bounds.latest):
            return None
        return Run(at, at, run_after=at)


@dataclass(frozen=True, slots=True)
class Continuous:
    """ContinuousTimetable: from the end of the run before until now."""

    airflow_3: bool

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        earliest = bounds.earliest or (now if self.airflow_3 else None)
        if earliest is None:
            return None
        if last is None:
            start, end = earliest, max(earliest, now)
        elif self.airflow_3 and last.end > now:
            start = earliest
            end = start + (last.end - last.start)
        else:
            start, end = last.end, now
        if bounds.latest is not None and end > bounds.latest:
            return None
        return Run(start, end, run_after=end)


@dataclass(frozen=True, slots=True)
class Events:
    """EventsTimetable: the listed moments."""

    moments: Sequence[datetime] = field(default=())

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        earliest = bounds.earliest
        if not bounds.catchup and (earliest is None or now > earliest):
            earliest = now
        for moment in self.moments:
            if (earliest is None or moment >= earliest) and (last is None or moment > last.end):
                if bounds.latest is not None and moment > bounds.latest:
                    return None
                return Run(moment, moment, run_after=moment)
        return None


@dataclass(frozen=True, slots=True)
class Workdays:
    """AfterWorkdayTimetable of Airflow's example plugin, without its holidays (they need pandas)."""

    airflow_3: bool

    def next_run(self, last: Run | None, bounds: Bounds, now: datetime) -> Run | None:
        earliest = bounds.earliest
        if last is not None:
            start = _midnight(last.start + timedelta(days=1))
        elif earliest is None:
            return None
        elif not bounds.catchup:
            if not self.airflow_3:
                # 2.x compares a time with a zone to one without, and never gets further.
                raise NoMomentError
            start = max(earliest, _midnight(now))
        elif earliest.time() != time.min:
            start = _midnight(earliest + timedelta(days=1))
        else:
            start = earliest
        while start.weekday() in (5, 6):
            start += timedelta(days=1)
        if bounds.latest is not None and start > bounds.latest:
            return None
        end = start + timedelta(days=1)
        return Run(start, end, run_after=end)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time.min, tzinfo=UTC)


__all__ = [
    "Bounds",
    "Continuous",
    "CronTicks",
    "DataIntervals",
    "DeltaTicks",
    "Events",
    "MultipleTriggers",
    "Never",
    "Once",
    "Run",
    "Timetable",
    "Triggers",
    "Workdays",
]
