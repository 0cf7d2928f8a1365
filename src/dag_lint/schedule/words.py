"""A schedule in plain English, exact, and short enough for a lint message."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dag_lint.schedule.cron import Cron, parse_cron
from dag_lint.schedule.day_words import day_phrase
from dag_lint.schedule.phrases import join, plural, year_phrase
from dag_lint.schedule.rhythm import YEAR_DAYS, Rhythm, rhythm_of
from dag_lint.schedule.time_words import time_phrase
from dag_lint.schedule.values import delta_in_seconds

if TYPE_CHECKING:
    from dag_lint.schedule.model import Delta, Schedule

BRIEF = 90
"""What a lint message has room for, in characters."""

_PLAIN_KINDS = {
    "none": "never by itself, only when triggered",
    "once": "once",
    "continuous": "again and again, each run as soon as the one before has ended",
    "assets": "whenever its assets are updated",
    "unknown": "at times that cannot be read from the file",
}


def describe(schedule: Schedule) -> str:
    """When a schedule runs, as a clause that follows "it runs ...": `once an hour, at minute 3`.

    Total: a schedule that cannot be put into words says so. Holds no line break.
    """
    if schedule.kind in _PLAIN_KINDS:
        return _PLAIN_KINDS[schedule.kind]
    if schedule.crons:
        words = join([describe_cron(text) for text in schedule.crons], last="; and ", comma="; ")
    elif schedule.delta is not None:
        words = describe_delta(schedule.delta)
    elif schedule.events is not None:
        count = len(schedule.events)
        words = f"at {plural(count, 'listed moment')}" if count else "never, as it lists no moment"
    else:
        words = f"at the times that {schedule.timetable} decides"
    return f"{words}, and whenever its assets are updated" if schedule.with_assets else words


def describe_briefly(schedule: Schedule, limit: int = BRIEF) -> str:
    """The same words when they fit into `limit` characters, else only the rate: `408 times a day`."""
    words = describe(schedule)
    if len(words) <= limit:
        return words
    rate_words = rate_in_words(schedule)
    if rate_words is None or " in " in rate_words:
        return "at many different times"
    number, _, unit = rate_words.rpartition(" a ")
    return f"{number} times a {unit}"


def describe_cron(text: str) -> str:
    """A cron text in words; what croniter does not accept is described as that."""
    cron = parse_cron(text)
    if cron is None:
        return f"at the times of a cron expression of {len(text)} characters"
    if not isinstance(cron, Cron):
        return "never, as Airflow refuses it"
    if cron.random:
        return "at times that are drawn at random whenever the expression is read"
    times, needs_day = time_phrase(cron)
    days = day_phrase(cron)
    words = f"{times} {days}" if days else f"every day {times}" if needs_day else times
    if cron.years is not None:
        words = f"{words}, {year_phrase(cron.years)}"
    return words if cron.fires else f"{words}, which never comes"


def describe_delta(delta: Delta) -> str:
    """A length of time as a schedule: `every 3 hours`, `every day`, `every month`."""
    parts: list[tuple[float, str]]
    if isinstance(delta, timedelta):
        parts = [_largest_unit(delta.total_seconds())]
    else:
        seconds = delta_in_seconds(delta)
        if seconds is None:
            return "at moments that a relativedelta with fixed fields decides"
        rest = seconds - (delta.years * 365 + delta.months * 30) * 86400
        parts = [(delta.years, "year"), (delta.months, "month"), _largest_unit(rest)]
    parts = [(number, unit) for number, unit in parts if number]
    if len(parts) == 1 and parts[0][0] == 1:
        return f"every {parts[0][1]}"
    return "every " + join([plural(number, unit) for number, unit in parts])


def _largest_unit(seconds: float) -> tuple[float, str]:
    """90 minutes, 36 hours, 2 weeks: the largest unit of which it is a whole number."""
    for size, unit in ((7 * 86400, "week"), (86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return seconds / size, unit
    return seconds, "second"


def rate_in_words(schedule: Schedule) -> str | None:
    """How many runs that makes: `24 a day`, `1 a week`, `12 a year`; None when it cannot be known."""
    rhythm = rhythm_of(schedule)
    return None if rhythm is None else rate(rhythm)


def rate(rhythm: Rhythm) -> str:
    """A rhythm as a rate, in the largest unit in which it is a whole number."""
    daily = rhythm.every_day and rhythm.per_day >= 1
    if daily and _is_whole(rhythm.per_day):
        return f"{_count(rhythm.per_day)} a day"
    if _is_whole(rhythm.per_week) and rhythm.per_week > 0.9:
        return f"{_count(rhythm.per_week)} a week"
    if daily:
        return f"{_count(rhythm.per_day)} a day"
    if rhythm.per_year >= 0.9:
        return f"{_count(rhythm.per_year)} a year"
    if rhythm.per_year <= 0:
        return "none"
    return f"1 in {_count(round(1 / rhythm.per_year, 1))} years"


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 0.004


def _count(number: float) -> str:
    if _is_whole(number):
        return f"{round(number):,}"
    return f"about {round(number, 1):g}" if number < 10 else f"about {round(number):,}"


def runs_per_year(schedule: Schedule) -> int | None:
    """The runs that one year of backfill makes, rounded; None when it cannot be known."""
    rhythm = rhythm_of(schedule)
    return None if rhythm is None else round(rhythm.per_day * rhythm.days_per_year * 365 / YEAR_DAYS)
