"""Cron text, read by croniter (the parser that Airflow uses) into sets of numbers.

Nothing is enumerated here: what follows from an expression is computed from its fields.
croniter costs 50 ms to import, so it is imported when the first expression needs it: few do (see `plain_cron`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dag_lint.schedule.plain_cron import expand
from dag_lint.schedule.presets import AIRFLOW_PRESETS, CRONITER_ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LENGTH = 256
"""Longer texts are not looked at: a list of 200,000 minutes takes croniter a second."""

FIELD_NAMES = ("minute", "hour", "day of the month", "month", "weekday", "second", "year")
FIELD_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6), (0, 59), (1970, 2099))
LAST_DAY_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_NEAREST_WEEKDAY = re.compile(r"(?:[1-9]|[12]\d|3[01])w|w(?:[1-9]|[12]\d|3[01])")
_RANDOM_FIELD = re.compile(r"r(\(|/|$)")


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron expression that croniter accepts, as the numbers each field stands for.

    text: as given.            written: its fields, presets expanded, in lower case, `*` kept.
    days, weekdays: None when the field restricts nothing. Weekdays count from Sunday = 0.
    last_day: `L` in the day field.
    nth: pairs (weekday, which) for `6#2` and `L5`; which is 1 to 5, or 0 for the last.
    nearest: the day of `15W`, None otherwise.
    years: None when there is no year field or it is `*`.
    random: an `R` field: croniter draws the times anew each time it reads the text.
    fires: False when no such moment exists (`0 0 31 2 *`).
    """

    text: str
    written: tuple[str, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...] | None
    months: tuple[int, ...]
    weekdays: tuple[int, ...] | None
    seconds: tuple[int, ...] = (0,)
    years: tuple[int, ...] | None = None
    last_day: bool = False
    nth: tuple[tuple[int, int], ...] = ()
    nearest: int | None = None
    random: bool = False
    fires: bool = True

    @property
    def has_seconds(self) -> bool:
        """Six fields or more: the sixth is the second."""
        return len(self.written) > 5

    @property
    def day_restricted(self) -> bool:
        """The day-of-month field picks days."""
        return self.days is not None or self.last_day or self.nearest is not None

    @property
    def weekday_restricted(self) -> bool:
        """The day-of-week field picks days."""
        return self.weekdays is not None or bool(self.nth)

    @property
    def day_or_weekday(self) -> bool:
        """Both day fields are set, so that cron takes a day that matches either."""
        return self.day_restricted and self.weekday_restricted

    @property
    def every_month(self) -> bool:
        """The month field restricts nothing."""
        return len(self.months) == 12

    @property
    def every_day(self) -> bool:
        """It fires on every day of every year."""
        if not self.every_month or self.years is not None:
            return False
        if not self.day_restricted and not self.weekday_restricted:
            return True
        if self.nth or self.nearest is not None:
            return False
        all_days = self.days is not None and len(self.days) == 31
        all_weekdays = self.weekdays is not None and len(self.weekdays) == 7
        return all_days or all_weekdays

    @property
    def fixed_hour(self) -> bool:
        """It fires at some hours only, so that the time zone matters."""
        return len(self.hours) < 24


@dataclass(frozen=True, slots=True)
class RefusedCron:
    """A text that croniter refuses, and why, in the reader's terms."""

    text: str
    reason: str


@lru_cache(maxsize=1024)
def parse_cron(text: str) -> Cron | RefusedCron | None:
    """Read a cron text as Airflow's timetables do.

    `@quarterly` and the other named presets of Airflow are expanded first. Never raises.
    None: not looked at (longer than MAX_LENGTH characters) or croniter failed in an unforeseen way.
    """
    if len(text) > MAX_LENGTH:
        return None
    held = AIRFLOW_PRESETS.get(text, text)
    lowered = held.lower()
    plain = expand(CRONITER_ALIASES.get(lowered, lowered))
    if plain is not None:
        return _cron(text, held, plain)
    try:
        parsed = _croniter(held)
    except ValueError:
        return None if _is_newer_than_croniter(held) else RefusedCron(text, _reason(held))
    except Exception:
        return None
    try:
        return _from_parsed(text, held, parsed)
    except Exception:
        # croniter's attributes are its own business and may change under us.
        return None


def _is_newer_than_croniter(text: str) -> bool:
    """`15W`, which croniter reads from 7.0 on: whether Airflow does is for its croniter to say."""
    fields = text.lower().split()
    if len(fields) not in (5, 6, 7) or not _NEAREST_WEEKDAY.fullmatch(fields[2]):
        return False
    return all(_accepts(index, field, len(fields)) for index, field in enumerate(fields) if index != 2)


def _croniter(text: str, start: float = 0.0) -> Any:
    from croniter import croniter

    return croniter(text, start)


def _from_parsed(text: str, held: str, parsed: Any) -> Cron:
    nearest = tuple(sorted(getattr(parsed, "nearest_weekday", ())))
    nth = tuple(
        sorted(
            (int(weekday), 0 if which == "l" else int(which))
            for weekday, many in parsed.nth_weekday_of_month.items()
            for which in many
        )
    )
    return _cron(text, held, parsed.expanded, nth, nearest)


def _cron(
    text: str,
    held: str,
    expanded: list[list[Any]],
    nth: tuple[tuple[int, int], ...] = (),
    nearest: tuple[int, ...] = (),
) -> Cron:
    lowered = held.lower()
    written = tuple(CRONITER_ALIASES.get(lowered, lowered).split())
    day_values = expanded[2]
    cron = Cron(
        text=text,
        written=written,
        minutes=_numbers(expanded, 0),
        hours=_numbers(expanded, 1),
        days=None if nearest else _restricted(day_values),
        months=_numbers(expanded, 3),
        weekdays=None if nth else _restricted(expanded[4]),
        seconds=_numbers(expanded, 5) if len(expanded) > 5 else (0,),
        years=_restricted(expanded[6]) if len(expanded) > 6 else None,
        last_day="l" in day_values,
        nth=nth,
        nearest=nearest[0] if nearest else None,
        random=any(_RANDOM_FIELD.match(field) for field in written),
    )
    if _surely_fires(cron) or _finds_a_moment(held, cron):
        return cron
    return Cron(**{name: getattr(cron, name) for name in Cron.__slots__ if name != "fires"}, fires=False)


def _numbers(expanded: list[list[Any]], index: int) -> tuple[int, ...]:
    values = expanded[index]
    low, high = FIELD_RANGES[index]
    if values == ["*"]:
        return tuple(range(low, high + 1))
    return tuple(sorted({int(value) for value in values}))


def _restricted(values: Iterable[Any]) -> tuple[int, ...] | None:
    """The numbers of a field, or None when it restricts nothing (or holds only `L`)."""
    numbers = tuple(sorted({value for value in values if isinstance(value, int)}))
    return numbers or None


def _surely_fires(cron: Cron) -> bool:
    if cron.nth or cron.nearest is not None or cron.years is not None:
        return False
    if cron.days is None or cron.last_day or cron.weekday_restricted:
        return True
    return any(cron.days[0] <= LAST_DAY_OF_MONTH[month - 1] for month in cron.months)


def _finds_a_moment(held: str, cron: Cron) -> bool:
    """Ask croniter, from just before the first year that the expression allows."""
    from calendar import timegm

    first_year = cron.years[0] if cron.years else 2001
    try:
        _croniter(held, float(timegm((first_year - 1, 12, 31, 23, 59, 59)))).get_next(float)
    except ValueError:
        return False
    return True


def _reason(text: str) -> str:
    """Why croniter refuses a text: the first field that is wrong by itself."""
    fields = text.split()
    if not fields:
        return "the text is empty"
    if len(fields) not in (5, 6, 7):
        if text.startswith("@"):
            return f"{_shown(text)} is no preset of Airflow"
        if len(fields) == 1:
            return f"{_shown(text)} is neither a preset (those begin with @) nor a cron expression"
        return f"{_shown(text)} has {len(fields)} fields, a cron expression 5 (6 with seconds, 7 with a year)"
    for index, field in enumerate(fields):
        if not _accepts(index, field, len(fields)):
            return _field_reason(index, field)
    return f"{_shown(text)} combines what croniter cannot combine"


def _accepts(index: int, field: str, count: int) -> bool:
    probe = ["*"] * count
    probe[index] = field
    try:
        _croniter(" ".join(probe))
    except Exception:
        return False
    return True


def _field_reason(index: int, field: str) -> str:
    name = FIELD_NAMES[index]
    low, high = FIELD_RANGES[index]
    if index == 4:
        high = 7
    shown = _shown(field)
    if re.search(r"/0+(,|$)", field):
        return f"the {name} field {shown} has a step of 0"
    if any(part == "" for part in field.split(",")):
        return f"the {name} field {shown} has an empty part beside a comma"
    plain = re.sub(r"/\d+", "", field)
    numbers = [int(number) for number in re.findall(r"\d+", plain) if len(number) < 10]
    outside = [number for number in numbers if not low <= number <= high]
    if outside and re.fullmatch(r"[\d,*-]+", plain):
        return f"{outside[0]} is no {name}: that field goes from {low} to {high}"
    if re.match(r"[hH](\(|/|$)", field):
        return f"the {name} field {shown} is Jenkins' hash syntax, which Airflow does not know"
    return f"croniter cannot read the {name} field {shown}"


def _shown(text: str, limit: int = 40) -> str:
    clean = " ".join(text.split())
    return f'"{clean}"' if len(clean) <= limit else f'"{clean[: limit - 3]}..."'
