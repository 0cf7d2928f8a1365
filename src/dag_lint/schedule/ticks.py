"""The moments that a cron or a length of time gives, as Airflow's CronMixin and DeltaMixin count them.

All moments are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from dag_lint.schedule.walk import NoMomentError, next_on_wall, previous_on_wall
from dag_lint.schedule.zones import moment_of, wall

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from dag_lint.schedule.cron import Cron
    from dag_lint.schedule.model import Delta


class Ticks(Protocol):
    """What a timetable asks of its schedule; each may raise NoMomentError."""

    def next(self, current: datetime) -> datetime:
        """The first moment behind the current one."""

    def previous(self, current: datetime) -> datetime:
        """The last moment before the current one."""

    def align_next(self, current: datetime) -> datetime:
        """The current moment when it is one of ours, else the first behind it."""

    def align_previous(self, current: datetime) -> datetime:
        """The current moment when it is one of ours, else the last before it."""


@dataclass(frozen=True, slots=True)
class CronTicks:
    """A cron on the wall clock of a zone."""

    cron: Cron
    zone: tzinfo

    def next(self, current: datetime) -> datetime:
        shown = wall(current, self.zone)
        found = next_on_wall(self.cron, shown)
        # With every hour in it, Airflow adds the time between, so that an hour shown twice runs twice.
        return current + (found - shown) if self._every_hour() else moment_of(found, self.zone)

    def previous(self, current: datetime) -> datetime:
        shown = wall(current, self.zone)
        found = previous_on_wall(self.cron, shown)
        return current - (shown - found) if self._every_hour() else moment_of(found, self.zone)

    def align_next(self, current: datetime) -> datetime:
        following = self.next(current)
        return current if self.previous(following) == current else following

    def align_previous(self, current: datetime) -> datetime:
        before = self.previous(current)
        return current if self.next(before) == current else before

    def _every_hour(self) -> bool:
        return len(self.cron.hours) == 24


@dataclass(frozen=True, slots=True)
class DeltaTicks:
    """A length of time, counted from wherever the counting begins."""

    delta: Delta

    def next(self, current: datetime) -> datetime:
        return _shift(current, self.delta)

    def previous(self, current: datetime) -> datetime:
        return _shift(current, -self.delta)

    def align_next(self, current: datetime) -> datetime:
        return current

    def align_previous(self, current: datetime) -> datetime:
        return current

    def has_months(self) -> bool:
        """Calendar months or years: no fixed number of seconds."""
        return not isinstance(self.delta, timedelta) and bool(self.delta.months or self.delta.years)

    def seconds(self) -> float:
        """The seconds that Airflow takes for it when it rounds (a month has 30 days)."""
        if isinstance(self.delta, timedelta):
            return self.delta.total_seconds()
        delta = self.delta
        days = delta.years * 365 + delta.months * 30 + delta.days
        return days * 86400 + delta.hours * 3600 + delta.minutes * 60 + delta.seconds


def _shift(moment: datetime, delta: Delta) -> datetime:
    try:
        return moment + delta
    except (OverflowError, ValueError):
        # Beyond the years 1 and 9999.
        raise NoMomentError from None
