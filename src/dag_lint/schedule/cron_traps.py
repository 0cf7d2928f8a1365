"""Facts about a cron expression that its author may not know (DAG108 to DAG110)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.schedule.cron import LAST_DAY_OF_MONTH

if TYPE_CHECKING:
    from dag_lint.schedule.cron import Cron

_STEP = re.compile(r"(\*|0-59|0-23|1-12|0|1)/(\d+)")
_SIZES = {0: 60, 1: 24, 3: 12}


@dataclass(frozen=True, slots=True)
class UnevenStep:
    """A step that does not divide its field.

    unit: minute, hour or month.    step: the number behind the slash.
    values: the minutes, hours or months at which it really fires.
    """

    unit: str
    step: int
    values: tuple[int, ...]


def every_minute_of_one_hour(cron: Cron) -> int | None:
    """The hour of `* 6 * * *`: minute `*` and one fixed hour make 60 runs in that hour."""
    if cron.written[0] == "*" and len(cron.hours) == 1 and not cron.has_seconds:
        return cron.hours[0]
    return None


def every_minute_fix(cron: Cron) -> str | None:
    """The same expression with minute 0 for a `*` minute."""
    if every_minute_of_one_hour(cron) is None:
        return None
    return " ".join(("0", *cron.text.split()[1:]))


def uneven_step(cron: Cron) -> UnevenStep | None:
    """The first step in the minute, hour or month field that leaves a shorter gap at the end.

    `*/45`, `*/7`, `0 */5`; a step beyond the field (`*/90`) leaves only the first value.
    """
    for field, size in _SIZES.items():
        match = _STEP.fullmatch(cron.written[field])
        if match is None:
            continue
        start_is_low = match[1] not in ("0", "1") or int(match[1]) == (1 if field == 3 else 0)
        step = int(match[2])
        if start_is_low and size % step:
            values = (cron.minutes, cron.hours, (), cron.months)[field]
            return UnevenStep(("minute", "hour", "", "month")[field], step, values)
    return None


def nth_weekday_fix(cron: Cron) -> str | None:
    """`0 2 * * 0#1` for `0 2 1-7 * 0`: seven days and one weekday were meant as the first Sunday."""
    if cron.days is None or cron.weekdays is None or len(cron.weekdays) != 1 or cron.nth:
        return None
    first = cron.days[0]
    if cron.days != tuple(range(first, first + 7)) or first not in (1, 8, 15, 22):
        return None
    fields = list(cron.text.split())
    fields[2], fields[4] = "*", f"{cron.weekdays[0]}#{first // 7 + 1}"
    return " ".join(fields)


def skipped_months(cron: Cron) -> tuple[int, ...]:
    """The months of the month field in which no day of a day-29-to-31 field exists; () when none.

    February counts as having 28 days: `0 0 29 * *` skips it in three years of four.
    """
    if cron.days is None or cron.last_day or cron.weekday_restricted or not cron.fires:
        return ()
    first = cron.days[0]
    return tuple(m for m in cron.months if first > (28 if m == 2 else LAST_DAY_OF_MONTH[m - 1]))
