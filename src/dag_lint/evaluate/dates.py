"""Dates, durations and zones: the values of datetime, pendulum, zoneinfo, pytz and dateutil."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.values import plain
from dag_lint.known import Constant, Moving, Naive, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

_KEEPS_MOVING = frozenset(
    {
        "add",
        "subtract",
        "replace",
        "start_of",
        "end_of",
        "date",
        "astimezone",
        "in_timezone",
        "in_tz",
        "set",
        "at",
    }
)
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


class PytzZone(tzinfo):
    """A pytz zone as `tzinfo=` sees it: local mean time, the first entry of the zone's history."""

    def __init__(self, key: str) -> None:
        self.key = key

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Local mean time to the minute, as pytz rounds it; zero for zones that have none."""
        zone = zone_of(self.key)
        offset = zone.utcoffset(datetime(1800, 1, 1)) if zone is not None else None
        seconds = (offset or timedelta(0)).total_seconds()
        return timedelta(minutes=round(seconds / 60))

    def dst(self, moment: datetime | None) -> timedelta:
        """None is known of local mean time."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """As pytz names it."""
        return "LMT"


@lru_cache(maxsize=64)
def zone_of(key: str) -> tzinfo | None:
    """The time zone called `key`, None when there is none on this machine."""
    if key.upper() in ("UTC", "Z"):
        return timezone.utc
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(key)
    except Exception:
        # ZoneInfo raises by what it meets on the way: KeyError, ValueError, OSError for folders.
        return None


def _plain(arguments: CallArguments) -> tuple[list[Any], dict[str, Any]] | None:
    if not arguments.complete:
        return None
    positional = [plain(value) for value, _ in arguments.positional]
    keywords = {name: plain(argument.value) for name, argument in arguments.keywords.items()}
    if not all(known for known, _ in [*positional, *keywords.values()]):
        return None
    return [value for _, value in positional], {name: value for name, (_, value) in keywords.items()}


def _constructor(make: Callable[..., object]) -> Callable[[CallArguments, Handle], Value]:
    def build(arguments: CallArguments, node: Handle) -> Value:
        known = _plain(arguments)
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
        if zone is None and arguments.positional and _plain(arguments) is None:
            return Naive(node)
    return made


def _strptime(arguments: CallArguments, node: Handle) -> Value:
    form = arguments.value(1, "format")
    if isinstance(form, Constant) and isinstance(form.value, str):
        known = _plain(arguments)
        if known is not None:
            try:
                return Constant(datetime.strptime(*known[0]), node)
            except Exception:
                return Unknown(node)
        if "%z" not in form.value and "%Z" not in form.value:
            return Naive(node)
    return Unknown(node)


def _pendulum_datetime(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0,
    tz: object = "UTC", fold: int = 1, raise_on_unknown_times: bool = False,
) -> datetime | None:  # fmt: skip
    zone = _as_zone(tz)
    return None if zone is None else datetime(year, month, day, hour, minute, second, microsecond, zone)


def _as_zone(tz: object) -> tzinfo | None:
    if isinstance(tz, tzinfo):
        return tz
    if isinstance(tz, (int, float)) and not isinstance(tz, bool):
        return timezone(timedelta(hours=tz))
    return zone_of(tz) if isinstance(tz, str) else None


def _pendulum_parse(text: str, tz: object = "UTC", **_: object) -> datetime | None:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=_as_zone(tz))


def _airflow_datetime(*args: Any, **keywords: Any) -> datetime:
    if len(args) < 8:
        keywords.setdefault("tzinfo", timezone.utc)
    return datetime(*args, **keywords)


def _make_aware(value: datetime, zone: object = "UTC") -> datetime | None:
    found = _as_zone(zone)
    return None if found is None or value.tzinfo is not None else value.replace(tzinfo=found)


def _airflow_parse(text: str, timezone: object = "UTC", **_: object) -> datetime | None:
    return _pendulum_parse(text, timezone)


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


def _clock(
    source: str, back: timedelta = timedelta(0), zone_argument: str | None = None, aware: bool = False
) -> Callable[[CallArguments, Handle], Value]:
    def build(arguments: CallArguments, node: Handle) -> Value:
        has_zone = aware or (zone_argument is not None and arguments.value(0, zone_argument) is not None)
        return Moving(source, node, back, has_zone)

    return build


def _days_ago(arguments: CallArguments, node: Handle) -> Value:
    days = arguments.value(0, "n")
    back = None
    if isinstance(days, Constant) and isinstance(days.value, int) and abs(days.value) < 100_000:
        back = timedelta(days=days.value)
    return Moving("days_ago()", node, back, aware=True)


def _combine(arguments: CallArguments, node: Handle) -> Value:
    first = arguments.value(0, "date")
    if isinstance(first, Moving):
        return Moving(first.source, node, first.back, first.aware or arguments.value(2, "tzinfo") is not None)
    return _constructor(datetime.combine)(arguments, node)


def _from_timestamp(arguments: CallArguments, node: Handle) -> Value:
    # The local zone of the machine decides what a naive one means: only the aware form is known.
    if arguments.value(1, "tz") is None:
        return Naive(node)
    return _constructor(datetime.fromtimestamp)(arguments, node)


DATE_CALLS: dict[str, Callable[[CallArguments, Handle], Value]] = {
    "datetime.datetime": _datetime,
    "datetime.datetime.strptime": _strptime,
    "datetime.datetime.fromisoformat": _constructor(datetime.fromisoformat),
    "datetime.datetime.combine": _combine,
    "datetime.datetime.fromtimestamp": _from_timestamp,
    "datetime.date": _constructor(date),
    "datetime.date.fromisoformat": _constructor(date.fromisoformat),
    "datetime.time": _constructor(time),
    "datetime.timedelta": _constructor(timedelta),
    "datetime.timezone": _constructor(timezone),
    "zoneinfo.ZoneInfo": _constructor(zone_of),
    "backports.zoneinfo.ZoneInfo": _constructor(zone_of),
    "dateutil.tz.gettz": _constructor(zone_of),
    "dateutil.tz.tzutc": _constructor(lambda: timezone.utc),
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
    "pendulum.naive": _constructor(lambda *args: datetime(*args)),
    "pendulum.duration": _constructor(_duration),
    "pendulum.Duration": _constructor(_duration),
    "airflow.utils.timezone.datetime": _constructor(_airflow_datetime),
    "airflow.sdk.timezone.datetime": _constructor(_airflow_datetime),
    "airflow.utils.timezone.make_aware": _constructor(_make_aware),
    "airflow.sdk.timezone.make_aware": _constructor(_make_aware),
    "airflow.utils.timezone.parse": _constructor(_airflow_parse),
    "airflow.sdk.timezone.parse": _constructor(_airflow_parse),
    "datetime.datetime.now": _clock("datetime.now()", zone_argument="tz"),
    "datetime.datetime.utcnow": _clock("datetime.utcnow()"),
    "datetime.datetime.today": _clock("datetime.today()"),
    "datetime.date.today": _clock("date.today()"),
    "pendulum.now": _clock("pendulum.now()", aware=True),
    "pendulum.today": _clock("pendulum.today()", aware=True),
    "pendulum.yesterday": _clock("pendulum.yesterday()", timedelta(days=1), aware=True),
    "pendulum.tomorrow": _clock("pendulum.tomorrow()", timedelta(days=-1), aware=True),
    "airflow.utils.timezone.utcnow": _clock("timezone.utcnow()", aware=True),
    "airflow.sdk.timezone.utcnow": _clock("timezone.utcnow()", aware=True),
    "airflow.utils.dates.days_ago": _days_ago,
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
}


def date_method(receiver: Moving | Constant, name: str, arguments: CallArguments, node: Handle) -> Value:
    """A method of a date, a duration or a zone."""
    if isinstance(receiver, Moving):
        if name == "subtract" and (known := _plain(arguments)) is not None and receiver.back is not None:
            return Moving(receiver.source, node, _moved(receiver.back, known[1], 1), receiver.aware)
        if name == "add" and (known := _plain(arguments)) is not None and receiver.back is not None:
            return Moving(receiver.source, node, _moved(receiver.back, known[1], -1), receiver.aware)
        if name in _KEEPS_MOVING:
            aware = receiver.aware or "tzinfo" in arguments.keywords or name in ("astimezone", "in_timezone")
            # Going back to a boundary only moves further into the past, by an amount that depends on the hour.
            return Moving(receiver.source, node, None if name == "end_of" else receiver.back, aware)
        return Unknown(node)
    value = receiver.value
    known = _plain(arguments)
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


def _moved(back: timedelta, keywords: dict[str, Any], sign: int) -> timedelta | None:
    known = {
        name: value
        for name, value in keywords.items()
        if name in ("days", "hours", "minutes", "weeks", "seconds")
    }
    try:
        return back + sign * timedelta(**known) if len(known) == len(keywords) else None
    except (OverflowError, TypeError):
        return None


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
