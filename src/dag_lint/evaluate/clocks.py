"""Clocks, and what is computed from them while a file is parsed."""

from __future__ import annotations

from datetime import time, timedelta, timezone
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.moving import duration, moved
from dag_lint.evaluate.values import plain
from dag_lint.known import Constant, Moving, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.moving import Length
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

_DAY = timedelta(days=1)
_UNITS = {"hour": timedelta(hours=1), "day": _DAY, "week": 7 * _DAY, "month": 31 * _DAY, "year": 366 * _DAY}
_TIMES_OF_DAY = frozenset({"hour", "minute", "second", "microsecond"})
_FIELDS = frozenset(
    {"year", "month", "day", "hour", "minute", "second", "microsecond", "day_of_week", "int_timestamp"}
)
_PARTS = frozenset(
    {
        "strftime", "isoformat", "timestamp", "weekday", "isoweekday", "isocalendar", "time", "toordinal", "ctime",
        "format", "to_date_string", "to_datetime_string", "to_iso8601_string", "timetuple",
    }
)  # fmt: skip


def clock(
    source: str, back: timedelta = timedelta(0), zone_argument: str | None = None, aware: bool = False,
    whole_days: bool = False, is_date: bool = False, zone: str | None = None,
) -> Callable[[CallArguments, Handle], Value]:  # fmt: skip
    """A function that reads a clock. `whole_days`: it gives a midnight, or a date."""

    def build(arguments: CallArguments, node: Handle) -> Value:
        has_zone = aware or (zone_argument is not None and arguments.value(0, zone_argument) is not None)
        most = back + _DAY if whole_days else back
        named = zone or (_zone_in(arguments) if has_zone else None)
        return Moving(source, node, back, has_zone, most=most, is_date=is_date, zone=named)

    return build


def _zone_in(arguments: CallArguments) -> str | None:
    """The name of the zone that a clock is read in: its only argument."""
    given = arguments.value(0, "tz")
    zone = given.value if isinstance(given, Constant) else None
    if zone is timezone.utc:
        return "UTC"
    return zone if isinstance(zone, str) else getattr(zone, "key", None)


def days_ago(arguments: CallArguments, node: Handle) -> Value:
    """Airflow's `days_ago(n, hour=0, minute=0, ...)`: that many days before today's midnight in UTC."""
    days = arguments.value(0, "n")
    later = {
        f"{name}s": plain(argument.value)[1] for name, argument in arguments.keywords.items() if name != "n"
    }
    midnight = Moving("days_ago()", node, timedelta(0), aware=True, most=_DAY, zone="UTC")
    if not isinstance(days, Constant) or len(arguments.positional) > 1:
        return moved(midnight, None, node)
    return moved(moved(midnight, duration({"days": days.value}), node), duration(later, -1), node)


def moving_method(receiver: Moving, name: str, arguments: CallArguments, node: Handle) -> Value:
    """A method of a date that moves."""
    if name in _PARTS:
        return part_of(receiver, node)
    known = {key: plain(argument.value) for key, argument in arguments.keywords.items()}
    values = {key: value for key, (is_known, value) in known.items() if is_known and key != "tzinfo"}
    certain = (
        arguments.complete and not arguments.positional and len(values) >= len(known) - ("tzinfo" in known)
    )
    made = _method(receiver, name, values if certain else None, arguments, node)
    if made is not None and ("tzinfo" in known or name in ("astimezone", "in_timezone", "in_tz")):
        made.aware, made.zone = True, None
    return made if made is not None else Unknown(node)


def _method(
    receiver: Moving, name: str, keywords: dict[str, Any] | None, arguments: CallArguments, node: Handle
) -> Moving | None:
    if name in ("add", "subtract"):
        by = None if keywords is None else duration(keywords, 1 if name == "subtract" else -1)
        return moved(receiver, by, node)
    if name in ("astimezone", "in_timezone", "in_tz"):
        return moved(receiver, (timedelta(0), timedelta(0)), node)
    if name == "replace":
        return moved(receiver, None if keywords is None else _set_time_of_day(keywords), node)
    if name == "start_of":
        unit = arguments.value(0, "unit")
        longest = _UNITS.get(str(unit.value)) if isinstance(unit, Constant) else None
        return moved(receiver, None if longest is None else (timedelta(0), longest), node)
    if name in ("end_of", "set", "at"):
        return moved(receiver, None, node)
    if name == "naive":
        made = moved(receiver, (timedelta(0), timedelta(0)), node)
        made.aware, made.zone = False, None
        return made
    if name == "date":
        made = moved(receiver, (timedelta(0), timedelta(0) if receiver.is_date else _DAY), node)
        made.is_date, made.aware = True, False
        return made
    return None


def _set_time_of_day(keywords: dict[str, Any]) -> Length | None:
    """How far `.replace(hour=6, minute=0)` moves a moment into the past, which may be into the future."""
    if not _TIMES_OF_DAY.issuperset(keywords):
        return None
    later = duration({f"{name}s": value for name, value in keywords.items()})
    within = _DAY if "hour" in keywords else timedelta(hours=1) if keywords else timedelta(0)
    return None if later is None else (-later[1], within - later[0])


def combine(arguments: CallArguments, node: Handle) -> Moving | None:
    """`datetime.combine(date, time, tzinfo)` with a date that moves, None when it does not."""
    first, second = arguments.value(0, "date"), arguments.value(1, "time")
    if not isinstance(first, Moving):
        source = clock_behind(arguments)
        return None if source is None else Moving(source, node)
    made = moved(first, (timedelta(0), timedelta(0) if first.is_date else _DAY), node)
    at = second.value if isinstance(second, Constant) else None
    if isinstance(at, time):
        later = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
        made = moved(made, (-later, -later), node)
    else:
        made = moved(made, None, node)
    zone = arguments.value(2, "tzinfo")
    made.aware = zone is not None or (at.tzinfo is not None if isinstance(at, time) else None)
    made.is_date, made.zone = False, None
    return made


def with_zone(arguments: CallArguments, node: Handle) -> Moving | None:
    """What a function that gives a date its zone makes of one that moves: `make_aware(datetime.now())`."""
    first = arguments.value(0)
    if not isinstance(first, Moving) or first.is_date:
        return None
    made = moved(first, (timedelta(0), timedelta(0)), node)
    made.aware, made.zone = True, None
    return made


def part_of(moving: Moving, node: Handle) -> Unknown:
    """A number or a text that was made of a date that moves: `now.year`, `now.strftime("%Y")`."""
    return Unknown(node, origin=moving.source)


def field_of(moving: Moving, name: str, node: Handle) -> Unknown | None:
    """`now.year`, None when it is no field of a date."""
    return part_of(moving, node) if name in _FIELDS else None


def clock_behind(arguments: CallArguments) -> str | None:
    """The clock that one of the arguments was read from."""
    for value in arguments.values():
        if isinstance(value, Moving):
            return value.source
        if isinstance(value, Unknown) and value.origin in CLOCKS:
            return CLOCKS[value.origin]
    return None


CLOCKS = {
    **{
        name: name
        for name in (
            "datetime.now()", "datetime.utcnow()", "datetime.today()", "date.today()", "pendulum.now()",
            "pendulum.today()", "pendulum.yesterday()", "pendulum.tomorrow()", "timezone.utcnow()", "days_ago()",
        )
    },
    "time.time": "time.time()",
}  # fmt: skip
"""The names of clocks, by the origin of what was read from them."""
