"""How often a schedule runs, computed from its fields: no run is ever enumerated.

Daylight saving is left out on purpose: a rate is the same with and without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dag_lint.schedule.cron import Cron, parse_cron
from dag_lint.schedule.values import delta_in_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dag_lint.schedule.model import Schedule

DAY = 86400
YEAR_DAYS = 365.2425
MONTH_DAYS = YEAR_DAYS / 12
YEAR = YEAR_DAYS * DAY


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The mean rate of a schedule and its usual gaps, all times in seconds.

    per_day: runs on a day that has any.
    days_per_year: days that have any, as a mean over the years.
    usual_gap: the median gap between runs of one day; None with one run a day.
    usual_day_gap: the median number of days between days that have runs; None when not simple.
    starts: for each run of a day its second since midnight; () when unknown or more than a minute's worth.
    day_run: the longest row of neighbouring days that have runs (7 and more count as unbroken).
    """

    per_day: float
    days_per_year: float
    usual_gap: float | None = None
    usual_day_gap: float | None = None
    starts: tuple[int, ...] = ()
    day_run: int = 1

    @property
    def per_year(self) -> float:
        """Runs a year, as a mean."""
        return self.per_day * self.days_per_year

    @property
    def per_week(self) -> float:
        """Runs a week, as a mean."""
        return self.per_year * 7 / YEAR_DAYS

    @property
    def mean_gap(self) -> float:
        """The mean time between runs, in seconds."""
        return YEAR / self.per_year

    @property
    def every_day(self) -> bool:
        """It runs on all days."""
        return self.days_per_year > YEAR_DAYS - 0.01

    def clusters_within(self, span: float) -> float:
        """Runs a day when runs that lie within `span` seconds of the first of them count as one."""
        if len(self.starts) < 2:
            return self.per_day
        # Begin behind the longest gap, so that a cluster over midnight stays whole.
        gaps = [(b - a) % DAY for a, b in zip(self.starts, (*self.starts[1:], self.starts[0]), strict=True)]
        begin = (gaps.index(max(gaps)) + 1) % len(self.starts)
        ordered = [
            (start - self.starts[begin]) % DAY for start in (*self.starts[begin:], *self.starts[:begin])
        ]
        count, first = 1, ordered[0]
        for start in ordered[1:]:
            if start - first > span:
                count, first = count + 1, start
        return count


def rhythm_of(schedule: Schedule) -> Rhythm | None:
    """How often a schedule runs; None when the clock does not start it or it cannot be known."""
    if schedule.crons:
        return _of_crons(schedule.crons)
    if schedule.delta is not None:
        seconds = delta_in_seconds(schedule.delta)
        if not seconds:
            return None
        if not isinstance(schedule.delta, timedelta) and (schedule.delta.months or schedule.delta.years):
            # Airflow adds calendar months; 30 days is only what its rounding takes.
            years, months = schedule.delta.years, schedule.delta.months
            seconds += ((years * 12 + months) * MONTH_DAYS - (years * 365 + months * 30)) * DAY
        return rhythm_of_delta(seconds)
    return None


def shortest_gap(schedule: Schedule) -> float | None:
    """Seconds that surely lie between any two runs of a schedule; None when that cannot be known."""
    rhythm = rhythm_of(schedule)
    if rhythm is None or schedule.with_assets or len(schedule.crons) > 1:
        return None
    if not schedule.crons:
        return schedule.delta.total_seconds() if isinstance(schedule.delta, timedelta) else None
    if rhythm.per_day > 1:
        gaps = [b - a for a, b in pairwise((*rhythm.starts, *(DAY + start for start in rhythm.starts[:1])))]
        return min(gaps, default=None)
    cron = parse_cron(schedule.crons[0])
    if not isinstance(cron, Cron) or not cron.fires or (cron.day_restricted and cron.weekday_restricted):
        return None
    if cron.weekdays is not None and len(cron.weekdays) == 1:
        return 7 * DAY
    return 28 * DAY if cron.days is not None and len(cron.days) == 1 and not cron.last_day else DAY


def rhythm_of_delta(seconds: float) -> Rhythm:
    """The rhythm of a plain length of time, in seconds (positive)."""
    if seconds < DAY:
        return Rhythm(per_day=DAY / seconds, days_per_year=YEAR_DAYS, usual_gap=seconds, usual_day_gap=1)
    return Rhythm(per_day=1, days_per_year=YEAR / seconds, usual_day_gap=seconds / DAY)


def _of_crons(texts: Iterable[str]) -> Rhythm | None:
    parsed = [parse_cron(text) for text in dict.fromkeys(texts)]
    crons = [cron for cron in parsed if isinstance(cron, Cron)]
    if len(crons) < len(parsed) or any(cron.random for cron in crons):
        return None
    crons = [cron for cron in crons if cron.fires]
    if not crons:
        return None
    if len(crons) == 1:
        return rhythm_of_cron(crons[0])
    return _union([rhythm_of_cron(cron) for cron in crons], crons)


def _union(rhythms: list[Rhythm], crons: list[Cron]) -> Rhythm:
    """Several crons together; moments that they share are counted once when their days are the same."""
    first = crons[0]
    same_days = all(_days_of(cron) == _days_of(first) for cron in crons)
    if same_days and all(rhythm.starts for rhythm in rhythms):
        starts = tuple(sorted({start for rhythm in rhythms for start in rhythm.starts}))
        return _with_starts(starts, rhythms[0])
    days = min(YEAR_DAYS, sum(rhythm.days_per_year for rhythm in rhythms))
    runs = sum(rhythm.per_year for rhythm in rhythms)
    return Rhythm(per_day=runs / days, days_per_year=days)


def _days_of(cron: Cron) -> tuple[object, ...]:
    return (cron.days, cron.months, cron.weekdays, cron.years, cron.last_day, cron.nth, cron.nearest)


def _with_starts(starts: tuple[int, ...], like: Rhythm) -> Rhythm:
    gaps = [b - a for a, b in pairwise(starts)]
    return Rhythm(
        per_day=len(starts),
        days_per_year=like.days_per_year,
        usual_gap=_median(gaps) if gaps else None,
        usual_day_gap=like.usual_day_gap,
        starts=starts,
        day_run=like.day_run,
    )


@lru_cache(maxsize=1024)
def rhythm_of_cron(cron: Cron) -> Rhythm:
    """The rhythm of a cron that fires, from the numbers of its fields."""
    days_per_year, day_gap, day_run = _days(cron)
    years = 1.0 if cron.years is None else len(cron.years) / (cron.years[-1] - cron.years[0] + 1)
    like = Rhythm(per_day=1, days_per_year=days_per_year * years, usual_day_gap=day_gap, day_run=day_run)
    if len(cron.seconds) == 1:
        starts = tuple(h * 3600 + m * 60 + cron.seconds[0] for h in cron.hours for m in cron.minutes)
        return _with_starts(starts, like)
    # Within a minute the seconds alone decide which gap is the usual one.
    gaps = [b - a for a, b in pairwise(cron.seconds)]
    return Rhythm(
        per_day=len(cron.hours) * len(cron.minutes) * len(cron.seconds),
        days_per_year=like.days_per_year,
        usual_gap=_median(gaps),
        usual_day_gap=day_gap,
        day_run=day_run,
    )


def _days(cron: Cron) -> tuple[float, float | None, int]:
    """Days a year, the usual number of days between them, and the longest row of neighbours."""
    if cron.nth or cron.nearest is not None or (cron.last_day and (cron.days or cron.weekday_restricted)):
        return _counted_days(cron)
    in_months = sum(_month_days(month) for month in cron.months)
    share = in_months / YEAR_DAYS
    if not cron.day_restricted and not cron.weekday_restricted:
        return in_months, 1, 7
    if cron.last_day:
        return len(cron.months), MONTH_DAYS * _month_gap(cron.months), 1
    if cron.weekdays is not None:
        weekday_share = len(cron.weekdays) / 7
        if cron.days is None:
            gaps = _circular_gaps(cron.weekdays, 7)
            return in_months * weekday_share, _median(gaps), _longest_row(gaps)
        by_day = _days_by_number(cron.days, cron.months)
        # Weekdays spread evenly over the days of the month: 400 years hold 20,871 weeks exactly.
        return by_day + (in_months - by_day) * weekday_share, None, 7 if share * weekday_share > 0.99 else 2
    days = cron.days or ()
    gaps = [b - a for a, b in pairwise(days)]
    if not gaps:
        return _days_by_number(days, cron.months), MONTH_DAYS * _month_gap(cron.months), 1
    wrap = MONTH_DAYS * _month_gap(cron.months) - (days[-1] - days[0])
    return _days_by_number(days, cron.months), _median([*gaps, wrap]), _longest_row(gaps)


def _month_days(month: int) -> float:
    return 28.2425 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _days_by_number(days: tuple[int, ...], months: tuple[int, ...]) -> float:
    total = 0.0
    for month in months:
        length = 28 if month == 2 else _month_days(month)
        total += sum(1 for day in days if day <= length)
        if month == 2 and 29 in days:
            total += 0.2425
    return total


def _month_gap(months: tuple[int, ...]) -> float:
    """The usual number of months from one month of the field to the next."""
    return _median(_circular_gaps(months, 12))


def _circular_gaps(values: tuple[int, ...], size: int) -> list[int]:
    return [(b - a) % size or size for a, b in zip(values, (*values[1:], values[0]), strict=True)]


def _longest_row(gaps: list[int]) -> int:
    longest = row = 1
    for gap in gaps * 2:
        row = row + 1 if gap == 1 else 1
        longest = max(longest, row)
    return min(longest, 7)


def _counted_days(cron: Cron) -> tuple[float, float | None, int]:
    """`6#2`, `L5`, `15W` and their mixtures, counted over 28 years: after those the calendar repeats."""
    first, last = date(2001, 1, 1).toordinal(), date(2029, 1, 1).toordinal()
    found = [day for day in range(first, last) if day_matches(cron, date.fromordinal(day))]
    gaps = [b - a for a, b in pairwise(found)]
    row = _longest_row(gaps) if gaps else 1
    return len(found) / 28 or 0.0, _median(gaps) if gaps else None, row


def day_matches(cron: Cron, day: date) -> bool:
    """Whether a cron fires on a calendar day (its year field left out), as croniter decides it."""
    if day.month not in cron.months:
        return False
    by_weekday = _weekday_matches(cron, day)
    by_day = _number_matches(cron, day)
    if not cron.day_or_weekday:
        return by_weekday and by_day
    # `#` and `W` hold beside either field alone, so that the other field adds no day of its own.
    if cron.nth and cron.nearest is not None:
        return by_weekday and by_day
    if cron.nth:
        return by_weekday
    return by_day or (by_weekday and cron.nearest is None)


def _number_matches(cron: Cron, day: date) -> bool:
    if cron.nearest is not None:
        return day.day == _nearest_weekday(day.year, day.month, cron.nearest)
    if not cron.day_restricted:
        return True
    is_last = day.day == month_length(day.year, day.month)
    return (cron.last_day and is_last) or (cron.days is not None and day.day in cron.days)


def _weekday_matches(cron: Cron, day: date) -> bool:
    weekday = day.isoweekday() % 7
    if cron.nth:
        is_last = day.day + 7 > month_length(day.year, day.month)
        which = (day.day - 1) // 7 + 1
        return (weekday, which) in cron.nth or (is_last and (weekday, 0) in cron.nth)
    return cron.weekdays is None or weekday in cron.weekdays


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def _nearest_weekday(year: int, month: int, number: int) -> int:
    length = month_length(year, month)
    day = min(number, length)
    weekday = date(year, month, day).isoweekday()
    if weekday == 6:
        return day - 1 if day > 1 else day + 2
    if weekday == 7:
        return day + 1 if day < length else day - 2
    return day


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
