"""The days of a cron expression in words: `on Monday to Friday`, `on day 1 of the month`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.schedule.cron import LAST_DAY_OF_MONTH
from dag_lint.schedule.phrases import (
    MONTHS,
    ORDINALS,
    WEEKDAYS,
    circular_spans,
    join,
    numbers,
    ordinal,
    step_of,
)

if TYPE_CHECKING:
    from dag_lint.schedule.cron import Cron


def day_phrase(cron: Cron) -> str:
    """The days on which a cron fires, beginning with "on" or "in"; empty when it fires on all."""
    if cron.every_day:
        return ""
    if cron.nth and cron.nearest is not None:
        return f"on {_nearest(cron)} when it is also {_nth(cron)}"
    if cron.nth:
        # `#` holds beside either field alone, so a day field beside it adds no day of its own.
        return f"on {_nth(cron)}"
    if cron.nearest is not None:
        return f"on {_nearest(cron)}"
    all_weekdays = cron.weekdays is None or len(cron.weekdays) == 7
    all_days = not cron.day_restricted or (cron.days is not None and len(cron.days) == 31)
    if cron.day_or_weekday and not all_weekdays and not all_days:
        return f"on {_days(cron)} and on every {_weekdays(cron)}{_in_months(cron)}"
    if cron.weekday_restricted and not all_weekdays and not cron.day_restricted:
        return f"on {_weekdays(cron)}{_in_months(cron)}"
    if cron.day_restricted and not all_days and not cron.weekday_restricted:
        return f"on {_days(cron)}"
    # Either of the two day fields holds every day, so only the months are left.
    return "" if cron.every_month else f"every day{_in_months(cron)}"


def _in_months(cron: Cron) -> str:
    return "" if cron.every_month else f" in {_months(cron)}"


def _months(cron: Cron) -> str:
    return numbers(cron.months, MONTHS, offset=1)


def _of_month(cron: Cron) -> str:
    return "of the month" if cron.every_month else f"of {_months(cron)}"


def _days(cron: Cron) -> str:
    days = cron.days or ()
    parts: list[str] = []
    if len(cron.months) == 1 and len(days) == 1 and not cron.last_day:
        return f"{days[0]} {MONTHS[cron.months[0] - 1]}"
    if days:
        parts.append(_numbered(days))
    if cron.last_day:
        parts.append("the last day")
    shortest = min(28 if month == 2 else LAST_DAY_OF_MONTH[month - 1] for month in cron.months)
    if len(days) == 1 and not cron.last_day and days[0] > shortest and cron.every_month:
        return f"{parts[0]} of the months that have one"
    return f"{join(parts)} {_of_month(cron)}"


def _numbered(days: tuple[int, ...]) -> str:
    step = step_of(days)
    if step is not None and step > 1 and len(days) > 3:
        return f"every {ordinal(step)} day from day {days[0]} to {days[-1]}"
    return f"day {days[0]}" if len(days) == 1 else f"days {numbers(days)}"


def _weekdays(cron: Cron) -> str:
    # The week of a reader begins on Monday.
    names = (*WEEKDAYS[1:], WEEKDAYS[0])
    days = sorted((day + 6) % 7 for day in cron.weekdays or ())
    wrapped = [(first, last) for first, last in circular_spans(days, 7) if first > last]
    for first, last in wrapped:
        inner = [day for day in days if last < day < first]
        return join([*(names[day] for day in inner), f"{names[first]} to {names[last]}"])
    return numbers(days, names)


def _nth(cron: Cron) -> str:
    every = sorted({weekday for weekday, _ in cron.nth})
    by_which: dict[int, list[str]] = {}
    for weekday, which in cron.nth:
        by_which.setdefault(which, []).append(WEEKDAYS[weekday])
    if len(every) == 1 and len(by_which) > 1:
        order = sorted(by_which, key=_last_at_end)
        return f"the {join([ORDINALS[which] for which in order])} {WEEKDAYS[every[0]]} {_of_month(cron)}"
    parts = [f"the {ORDINALS[which]} {join(by_which[which])}" for which in sorted(by_which, key=_last_at_end)]
    return f"{join(parts)} {_of_month(cron)}"


def _nearest(cron: Cron) -> str:
    return f"the weekday nearest to day {cron.nearest} {_of_month(cron)}"


def _last_at_end(which: int) -> int:
    return which or 6
