"""How far a date that moves lies in the past, when lengths of time are added to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dag_lint.known import Moving

if TYPE_CHECKING:
    from dag_lint.known import Handle

_DAY = timedelta(days=1)

Length = tuple[timedelta, timedelta]
"""The least and the most that a length of time may be: a month has 28 to 31 days."""


def duration(parts: dict[str, Any], sign: int = 1) -> Length | None:
    """The length of `days=1, months=2 ...`, None when it is not known or no length (`hour=3`)."""
    try:
        months = parts.get("months", 0) + 12 * parts.get("years", 0)
        rest = timedelta(**{name: value for name, value in parts.items() if name not in ("months", "years")})
        ends = (sign * (rest + months * 28 * _DAY), sign * (rest + months * 31 * _DAY))
        return min(ends), max(ends)
    except (TypeError, OverflowError, AttributeError):
        return None


def length_of(delta: object, sign: int = 1) -> Length | None:
    """The length of a timedelta or relativedelta, None when it sets fields instead of adding to them."""
    if isinstance(delta, timedelta):
        return sign * delta, sign * delta
    names = ("years", "months", "days", "hours", "minutes", "seconds", "microseconds")
    fields = ("year", "month", "day", "weekday", "hour", "minute", "second", "microsecond")
    if not hasattr(delta, "months") or any(getattr(delta, name, None) is not None for name in fields):
        return None
    return duration({name: getattr(delta, name, 0) for name in names}, sign)


def moved(moving: Moving, by: Length | None, node: Handle) -> Moving:
    """The moment that lies `by` further in the past."""
    back = most = None
    try:
        if by is not None and moving.back is not None:
            back = moving.back + by[0]
        if by is not None and moving.most is not None:
            most = moving.most + by[1]
    except OverflowError:
        back = most = None
    return Moving(
        moving.source, node, back, moving.aware, most=most, is_date=moving.is_date, zone=moving.zone
    )
