"""The times of day of a cron expression in words: `every 15 minutes`, `at 06:00`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.schedule.phrases import clock, join, numbers, ordinal, plural, spans, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dag_lint.schedule.cron import Cron

MAX_TIMES = 8
"""More times of day than these are not listed one by one."""


def time_phrase(cron: Cron) -> tuple[str, bool]:
    """The times of day, and whether "every day" must stand before them when the days are not said."""
    if cron.seconds != (0,):
        return _with_seconds(cron)
    if len(cron.hours) == 24:
        return _every_hour(cron.minutes), False
    if len(cron.minutes) * len(cron.hours) <= MAX_TIMES and not _is_row(cron):
        times = [clock(hour, minute) for hour in cron.hours for minute in cron.minutes]
        return f"at {join(times)}", True
    if len(cron.minutes) == 1:
        return _once_in_hours(cron)
    return _often_in_hours(cron)


def _is_row(cron: Cron) -> bool:
    """Times that are shorter as a row: four hours in even steps, or three quarters of one hour."""
    if len(cron.minutes) == 1:
        return step_of(cron.hours) == 1 or _fills_day(cron.hours)
    return step_of(cron.minutes) is not None and len(cron.minutes) > 3


def _fills_day(hours: Sequence[int]) -> bool:
    step = step_of(hours)
    return step is not None and step * len(hours) == 24


def even_step(minutes: Sequence[int], size: int = 60) -> int | None:
    """The step of numbers that repeat evenly around the field (0, 15, 30, 45), else None."""
    if len(minutes) == 2 and (minutes[1] - minutes[0]) * 2 == size:
        return size // 2
    step = step_of(minutes)
    return step if step is not None and step * len(minutes) == size else None


def _every_hour(minutes: Sequence[int]) -> str:
    if len(minutes) == 60:
        return "every minute"
    if len(minutes) == 1:
        return f"once an hour, at minute {minutes[0]}"
    step = even_step(minutes)
    if step is not None:
        return f"every {step} minutes" + (f", from minute {minutes[0]} on" if minutes[0] else "")
    return f"at {_minutes(minutes)} of every hour"


def _minutes(minutes: Sequence[int], unit: str = "minute") -> str:
    if len(minutes) == 1:
        return f"{unit} {minutes[0]}"
    listed = f"{unit}s {numbers(minutes)}"
    step = step_of(minutes)
    if even_step(minutes) is not None and minutes[0] == 0:
        return f"every {ordinal(step or 30)} {unit}"
    if step is not None and step > 1 and len(minutes) > 10:
        return f"every {ordinal(step)} {unit} from {minutes[0]} to {minutes[-1]}"
    return listed


def _once_in_hours(cron: Cron) -> tuple[str, bool]:
    minute, hours = cron.minutes[0], cron.hours
    if _fills_day(hours):
        words = f"every {hours[1] - hours[0]} hours, at minute {minute}"
        return words + (f", from {clock(hours[0], minute)} on" if hours[0] else ""), False
    rows = spans(hours)
    if all(last - first >= 2 for first, last in rows) and len(rows) <= 2:
        parts = [f"from {clock(first, minute)} to {clock(last, minute)}" for first, last in rows]
        return f"every hour {join(parts)}", False
    step = step_of(hours)
    if step is not None:
        return f"every {step} hours from {clock(hours[0], minute)} to {clock(hours[-1], minute)}", False
    return f"at minute {minute} of {_hours(hours)}", True


def _often_in_hours(cron: Cron) -> tuple[str, bool]:
    minutes, hours = cron.minutes, cron.hours
    step = even_step(minutes)
    if step is None and len(minutes) == 60:
        step = 1
    often = "every minute" if step == 1 else f"every {step} minutes"
    rows = spans(hours)
    if step is not None and len(rows) <= 2:
        parts = [f"from {clock(first, minutes[0])} to {clock(last, minutes[-1])}" for first, last in rows]
        return f"{often} {join(parts)}", False
    inner = step_of(minutes)
    if len(hours) == 1 and inner is not None:
        often = "every minute" if inner == 1 else f"every {inner} minutes"
        return f"{often} from {clock(hours[0], minutes[0])} to {clock(hours[0], minutes[-1])}", False
    if step is not None:
        begin = f", from minute {minutes[0]} on," if minutes[0] else ""
        return f"{often}{begin} in {_hours(hours)}", False
    return f"at {_minutes(minutes)} of {_hours(hours)}", not _fills_day(hours)


def _hours(hours: Sequence[int]) -> str:
    step = step_of(hours)
    if _fills_day(hours) and hours[0] == 0:
        return f"every {ordinal(step or 12)} hour"
    if step is not None and step > 1 and len(hours) > 5:
        return f"every {ordinal(step)} hour from {hours[0]} to {hours[-1]}"
    return f"hour {hours[0]}" if len(hours) == 1 else f"the hours {numbers(hours)}"


def _with_seconds(cron: Cron) -> tuple[str, bool]:
    seconds, minutes, hours = cron.seconds, cron.minutes, cron.hours
    times = len(seconds) * len(minutes) * len(hours)
    if times <= 4:
        listed = [clock(h, m, s) for h in hours for m in minutes for s in seconds]
        return f"at {join(listed)}", True
    often = _often(seconds)
    if len(seconds) == 60 and len(minutes) == 1 and len(hours) == 1:
        return (
            f"every second from {clock(hours[0], minutes[0], 0)} to {clock(hours[0], minutes[0], 59)}",
            False,
        )
    if len(minutes) == 60 and len(hours) == 24:
        return often, False
    if len(minutes) == 60:
        where = f"in {_hours(hours)}"
    elif len(hours) == 24:
        where = f"of {_minutes(minutes)} of every hour"
    else:
        where = f"of {_minutes(minutes)} of {_hours(hours)}"
    if len(seconds) == 1:
        often = f"at second {seconds[0]}"
    return f"{often} {where}", False


def _often(seconds: Sequence[int]) -> str:
    if len(seconds) == 60:
        return "every second"
    if len(seconds) == 1:
        return f"once a minute, at second {seconds[0]}"
    step = even_step(seconds)
    if step is not None:
        return f"every {plural(step, 'second')}" + (f", from second {seconds[0]} on" if seconds[0] else "")
    return f"at {_minutes(seconds, 'second')} of every minute"
