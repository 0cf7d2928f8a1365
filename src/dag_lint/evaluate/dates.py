"""Dates, durations and zones: the values of datetime, pendulum, zoneinfo, pytz and dateutil."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.clocks import clock, clock_behind, combine, days_ago, moving_method, with_zone
from dag_lint.evaluate.values import plain_arguments
from dag_lint.known import Constant, Moving, Naive, Unknown, Value
from dag_lint.zones import PytzZone, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

_WHOLE_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_READS_DATE = frozenset(
    {
        "isoformat",
        "strftime",
        "timestamp",
        "weekday",
        "isoweekday",
        "date",
        "time",
        "toordinal",
        "total_seconds",
    }
)


def _constructor(make: Callable[..., object]) -> Callable[[CallArguments, Handle], Value]:
    def build(arguments: CallArguments, node: Handle) -> Value:
        known = plain_arguments(arguments)
        if known is None:
            return Unknown(node)
        try:
            made = make(*known[0], **known[1])
        except Exception:
            # What Python refuses (`datetime(2024, 13, 1)`) fails when the file is imported.
            return Unknown(node)
        return Unknown(node) if made is None else Constant(made, node)

    return build


def _datetime(arguments: CallArguments, node: Handle) -> Value:
    made = _constructor(datetime)(arguments, node)
    if isinstance(made, Unknown) and arguments.complete and len(arguments.positional) < 8:
        zone = arguments.keywords.get("tzinfo")
        if (source := clock_behind(arguments)) is not None:
            return Moving(source, node, aware=zone is not None)
        if zone is None and arguments.positional and plain_arguments(arguments) is None:
            return Naive(node)
    return made


def _strptime(arguments: CallArguments, node: Handle) -> Value:
    form = arguments.value(1, "format")
    if isinstance(form, Constant) and isinstance(form.value, str):
        known = plain_arguments(arguments)
        if known is not None:
            try:
                return Constant(datetime.strptime(*known[0]), node)
            except Exception:
                return Unknown(node)
        aware = "%z" in form.value
        if (source := clock_behind(arguments)) is not None:
            return Moving(source, node, aware=aware)
        # %Z reads a name and gives no zone for it.
        if not aware:
            return Naive(node)
    return Unknown(node)


class _Pendulum(datetime):
    """A pendulum date. Adding a timedelta to it moves the instant, where datetime moves the clock on the wall.

    Raises ValueError where the two differ, at changes of the clock: durations of pendulum do neither.
    """

    def __add__(self, delta: timedelta) -> _Pendulum:
        plain_date = self._plain()
        on_the_wall = plain_date + delta
        if not isinstance(delta, timedelta) or self.tzinfo is None:
            # A relativedelta moves the calendar, and without a zone there is nothing but the wall.
            return _as_pendulum(on_the_wall)
        instant = (plain_date.astimezone(timezone.utc) + delta).astimezone(self.tzinfo)
        if on_the_wall.utctimetuple() != instant.utctimetuple():
            raise ValueError
        return _as_pendulum(on_the_wall)

    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, timedelta) else self._plain() - other

    def astimezone(self, tz: tzinfo | None = None) -> _Pendulum:
        """The same instant in another zone."""
        return _as_pendulum(self._plain().astimezone(tz))

    def _plain(self) -> datetime:
        return datetime.combine(self.date(), self.timetz())


def _as_pendulum(moment: datetime) -> _Pendulum:
    return _Pendulum.combine(moment.date(), moment.timetz())


def _pendulum_datetime(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0,
    tz: object = "UTC", fold: int = 1, raise_on_unknown_times: bool = False,
) -> datetime | None:  # fmt: skip
    zone = _as_zone(tz)
    return None if zone is None else _Pendulum(year, month, day, hour, minute, second, microsecond, zone)


def _as_zone(tz: object) -> tzinfo | None:
    if isinstance(tz, tzinfo):
        return tz
    if isinstance(tz, (int, float)) and not isinstance(tz, bool):
        return timezone(timedelta(hours=tz))
    return zone_of(tz) if isinstance(tz, str) else None


def _pendulum_parse(text: str, tz: object = "UTC", **_: object) -> datetime | None:
    moment = _Pendulum.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=_as_zone(tz))


def _airflow_datetime(*args: Any, **keywords: Any) -> datetime:
    if len(args) < 8:
        keywords.setdefault("tzinfo", timezone.utc)
    return datetime(*args, **keywords)


def _make_aware(value: datetime, zone: object = "UTC") -> datetime | None:
    # Airflow asks a zone of pytz to localize().
    found = zone_of(zone.key) if isinstance(zone, PytzZone) else _as_zone(zone)
    return None if found is None or value.tzinfo is not None else value.replace(tzinfo=found)


def _giving_zone(make: Callable[..., object]) -> Callable[[CallArguments, Handle], Value]:
    build = _constructor(make)
    return lambda arguments, node: with_zone(arguments, node) or build(arguments, node)


def _airflow_parse(text: str, timezone: object = "UTC", **_: object) -> datetime | None:
    return _pendulum_parse(text, timezone)


def _dateutil_parse(text: str) -> datetime | None:
    from dateutil.parser import parse

    # What a text leaves out, it takes from the clock.
    return parse(text) if _WHOLE_DATE.match(text) else None


def _pendulum_instance(moment: datetime, tz: object = "UTC") -> datetime | None:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=_as_zone(tz))


def _relativedelta(**keywords: Any) -> object:
    from dateutil.relativedelta import relativedelta

    return relativedelta(**keywords)


def _duration(**keywords: Any) -> object:
    if "months" in keywords or "years" in keywords:
        return _relativedelta(**keywords)
    return timedelta(**keywords)


def _pytz(key: str) -> tzinfo | None:
    zone = zone_of(key)
    return zone if zone is None or zone is timezone.utc else PytzZone(key)


def _combine(arguments: CallArguments, node: Handle) -> Value:
    return combine(arguments, node) or _constructor(datetime.combine)(arguments, node)


def _from_timestamp(arguments: CallArguments, node: Handle) -> Value:
    # The local zone of the machine decides what a naive one means: only the aware form is known.
    aware = arguments.value(1, "tz") is not None
    if (source := clock_behind(arguments)) is not None:
        return Moving(source, node, aware=aware)
    if not aware:
        return Naive(node)
    return _constructor(datetime.fromtimestamp)(arguments, node)


DATE_CALLS: dict[str, Callable[[CallArguments, Handle], Value]] = {
    "datetime.datetime": _datetime,
    "datetime.datetime.strptime": _strptime,
    "datetime.datetime.fromisoformat": _constructor(datetime.fromisoformat),
    "datetime.datetime.combine": _combine,
    "datetime.datetime.fromtimestamp": _from_timestamp,
    "datetime.datetime.utcfromtimestamp": _from_timestamp,
    "datetime.date": _constructor(date),
    "datetime.date.fromisoformat": _constructor(date.fromisoformat),
    "datetime.time": _constructor(time),
    "datetime.timedelta": _constructor(timedelta),
    "datetime.timezone": _constructor(timezone),
    "zoneinfo.ZoneInfo": _constructor(zone_of),
    "backports.zoneinfo.ZoneInfo": _constructor(zone_of),
    "dateutil.tz.gettz": _constructor(zone_of),
    "dateutil.tz.tzutc": _constructor(lambda: timezone.utc),
    "dateutil.parser.parse": _constructor(_dateutil_parse),
    "dateutil.relativedelta.relativedelta": _constructor(_relativedelta),
    "pytz.timezone": _constructor(_pytz),
    "pendulum.datetime": _constructor(_pendulum_datetime),
    "pendulum.create": _constructor(_pendulum_datetime),
    "pendulum.timezone": _constructor(zone_of),
    "pendulum.tz.timezone": _constructor(zone_of),
    "pendulum.tz.timezone.Timezone": _constructor(zone_of),
    "pendulum.Timezone": _constructor(zone_of),
    "pendulum.parse": _constructor(_pendulum_parse),
    "pendulum.parser.parse": _constructor(_pendulum_parse),
    "pendulum.instance": _giving_zone(_pendulum_instance),
    "pendulum.DateTime": _datetime,
    "pendulum.DateTime.now": clock("pendulum.now()", aware=True),
    "pendulum.DateTime.today": clock("pendulum.today()", aware=True, whole_days=True),
    "pendulum.DateTime.utcnow": clock("pendulum.now()", aware=True, zone="UTC"),
    "pendulum.naive": _constructor(lambda *args: datetime(*args)),
    "pendulum.duration": _constructor(_duration),
    "pendulum.Duration": _constructor(_duration),
    "airflow.utils.timezone.datetime": _constructor(_airflow_datetime),
    "airflow.sdk.timezone.datetime": _constructor(_airflow_datetime),
    "airflow.utils.timezone.convert_to_utc": _giving_zone(_pendulum_instance),
    "airflow.utils.timezone.make_aware": _giving_zone(_make_aware),
    "airflow.sdk.timezone.make_aware": _giving_zone(_make_aware),
    "airflow.utils.timezone.parse": _constructor(_airflow_parse),
    "airflow.sdk.timezone.parse": _constructor(_airflow_parse),
    "datetime.datetime.now": clock("datetime.now()", zone_argument="tz"),
    "datetime.datetime.utcnow": clock("datetime.utcnow()"),
    "datetime.datetime.today": clock("datetime.today()"),
    "datetime.date.today": clock("date.today()", whole_days=True, is_date=True),
    "pendulum.now": clock("pendulum.now()", aware=True),
    "pendulum.today": clock("pendulum.today()", aware=True, whole_days=True),
    "pendulum.yesterday": clock("pendulum.yesterday()", timedelta(days=1), aware=True, whole_days=True),
    "pendulum.tomorrow": clock("pendulum.tomorrow()", timedelta(days=-1), aware=True, whole_days=True),
    "airflow.utils.timezone.utcnow": clock("timezone.utcnow()", aware=True, zone="UTC"),
    "airflow.sdk.timezone.utcnow": clock("timezone.utcnow()", aware=True, zone="UTC"),
    "airflow.utils.dates.days_ago": days_ago,
}

DATE_CONSTANTS: dict[str, object] = {
    "datetime.timezone.utc": timezone.utc,
    "datetime.UTC": timezone.utc,
    "pendulum.UTC": timezone.utc,
    "pytz.utc": timezone.utc,
    "pytz.UTC": timezone.utc,
    "dateutil.tz.UTC": timezone.utc,
    "airflow.utils.timezone.utc": timezone.utc,
    "airflow.sdk.timezone.utc": timezone.utc,
    "datetime.datetime.min": datetime.min,
    "datetime.datetime.max": datetime.max,
    "datetime.time.min": time.min,
    "datetime.time.max": time.max,
}


def date_method(receiver: Moving | Constant, name: str, arguments: CallArguments, node: Handle) -> Value:
    """A method of a date, a duration or a zone."""
    if isinstance(receiver, Moving):
        return moving_method(receiver, name, arguments, node)
    value = receiver.value
    known = plain_arguments(arguments)
    if isinstance(value, tzinfo) and name in ("localize", "convert"):
        moving = with_zone(arguments, node)
        if moving is not None:
            return moving
    if known is None:
        return (
            Naive(node)
            if name == "replace"
            and isinstance(value, datetime)
            and value.tzinfo is None
            and "tzinfo" not in arguments.keywords
            else Unknown(node)
        )
    try:
        made = _constant_method(value, name, *known)
    except Exception:
        return Unknown(node)
    return Unknown(node) if made is None else Constant(made, node)


def _constant_method(value: object, name: str, args: list[Any], keywords: dict[str, Any]) -> object:
    if (
        isinstance(value, tzinfo)
        and name in ("localize", "convert")
        and args
        and isinstance(args[0], datetime)
    ):
        zone = zone_of(value.key) if isinstance(value, PytzZone) else value
        return args[0].replace(tzinfo=zone) if name == "localize" else args[0].astimezone(zone)
    if isinstance(value, tzinfo) and name == "datetime":
        return datetime(*args, **{**keywords, "tzinfo": value})
    if isinstance(value, datetime):
        if name in ("add", "subtract"):
            from dateutil.relativedelta import relativedelta

            delta = relativedelta(**keywords)
            return value + delta if name == "add" else value - delta
        if name in ("in_timezone", "in_tz"):
            zone = _as_zone(args[0])
            return None if zone is None else value.astimezone(zone)
        if name == "set":
            return value.replace(**keywords)
        if name == "astimezone" and (value.tzinfo is None or not args):
            return None
        if name in ("replace", "astimezone"):
            return getattr(value, name)(*args, **keywords)
        if name == "timestamp" and value.tzinfo is None:
            return None
    if isinstance(value, (date, timedelta)) and name in _READS_DATE:
        return getattr(value, name)(*args, **keywords)
    return value.replace(**keywords) if isinstance(value, date) and name == "replace" else None
