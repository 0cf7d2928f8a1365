"""Whether a schedule keeps what a dag_id claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.schedule.claim_words import DAY, HOUR, MONTH, WEEK, YEAR
from dag_lint.schedule.cron import Cron, parse_cron
from dag_lint.schedule.cron_traps import every_minute_of_one_hour
from dag_lint.schedule.model import Schedule
from dag_lint.schedule.rhythm import rhythm_of
from dag_lint.schedule.words import describe_briefly

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.schedule.claims import Claim
    from dag_lint.schedule.rhythm import Rhythm

CLOSE = (0.67, 1.5)
"""Agreement: the real gap over the claimed one."""

FEW_MORE = 3.001
"""An adverb is kept by a few more runs than it says: three a day are still daily."""

RETRY_SPAN = 2 * HOUR
"""Runs of one day within two hours are one run and its retries."""

MANY_A_DAY = 12
"""A weekly DAG may tick a few times on its day, not all day."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A dag_id that says one thing and a schedule that does another.

    says, does: both in words: `every 3 hours`, `once an hour, at minute 3`.
    faster: it runs more often than the name says.
    why: for the idioms, what the number in the expression really is, as a clause; None otherwise.
    cron: the expression that does what the name says, where a mechanical change gives it.
    every_minute_of_one_hour: DAG108 explains the case by itself.
    """

    claim: Claim
    says: str
    does: str
    faster: bool
    why: str | None = None
    cron: str | None = None
    every_minute_of_one_hour: bool = False


def judge(claim: Claim, schedule: Schedule) -> Mismatch | None:
    """The mismatch between a claim and a schedule; None when they agree, and when that is not known."""
    if schedule.kind == "once":
        if claim.muted != "no":
            return None
        return Mismatch(claim, claim.words, describe_briefly(schedule), faster=False)
    if not schedule.is_timed:
        return None
    rhythm = rhythm_of(schedule)
    if rhythm is None:
        return None
    cron = _only_cron(schedule)
    kept = _keeps(claim, rhythm) and not _weekday_for_days(claim, cron)
    if kept or _step_as_written(claim, cron) or _other_rule_speaks(schedule):
        return None
    faster = rhythm.mean_gap < min(claim.periods)
    if _silent(claim, rhythm, faster=faster) or (schedule.with_assets and not faster):
        return None
    why, right = _idiom(claim, cron) if cron is not None else (None, None)
    return Mismatch(
        claim,
        claim.words,
        describe_briefly(schedule),
        faster=faster,
        why=why,
        cron=right,
        every_minute_of_one_hour=cron is not None and every_minute_of_one_hour(cron) is not None,
    )


def _only_cron(schedule: Schedule) -> Cron | None:
    if len(schedule.crons) != 1:
        return None
    cron = parse_cron(schedule.crons[0])
    return cron if isinstance(cron, Cron) else None


def _other_rule_speaks(schedule: Schedule) -> bool:
    """Day of the month or weekday: DAG110 says that, and the rate is not what the author counted."""
    crons = [parse_cron(text) for text in schedule.crons]
    return any(isinstance(cron, Cron) and cron.day_or_weekday and not cron.every_day for cron in crons)


def _close(gap: float | None, period: float) -> bool:
    return gap is not None and CLOSE[0] <= gap / period <= CLOSE[1]


def _keeps(claim: Claim, rhythm: Rhythm) -> bool:
    return any(_keeps_period(period, rhythm) for period in claim.periods)


def _keeps_period(period: float, rhythm: Rhythm) -> bool:
    if _close(rhythm.mean_gap, period) or _close(rhythm.usual_gap, period):
        return True
    clusters = rhythm.clusters_within(min(RETRY_SPAN, period / 4))
    if _close(YEAR / (clusters * rhythm.days_per_year), period):
        return True
    if clusters == 1 and rhythm.usual_day_gap is not None and _close(rhythm.usual_day_gap * DAY, period):
        return True
    if period < WEEK / 2 or rhythm.per_day > MANY_A_DAY:
        return False
    # For weeks and more the days count, not the ticks on them, and neighbouring days are retries.
    longest_row = 2 if period < MONTH / 2 else 7
    row = rhythm.day_run if rhythm.day_run <= longest_row else 1
    return any(_close(YEAR / rhythm.days_per_year * days, period) for days in (1, row))


def _weekday_for_days(claim: Claim, cron: Cron | None) -> bool:
    """`every_5_days` on Fridays: a week is close to five days, and still not what was meant."""
    return (
        cron is not None
        and claim.form == "every"
        and claim.unit == "day"
        and 3 < claim.number < 7
        and _days_idiom(claim.number, cron.written[:5])[0] is not None
        and cron.weekdays is not None
    )


def _step_as_written(claim: Claim, cron: Cron | None) -> bool:
    """`every_45_minutes` with `*/45`: the author wrote what he meant, and DAG109 says what cron does."""
    if cron is None:
        return False
    field = {"second": 5, "minute": 0, "hour": 1, "day": 2, "month": 3}.get(claim.unit)
    if field is None or field >= len(cron.written):
        return False
    return cron.written[field].endswith(f"/{claim.number}") and _finer_fields_fixed(cron, field)


def _finer_fields_fixed(cron: Cron, field: int) -> bool:
    if field in (0, 5):
        return True
    return len(cron.minutes) == 1 and (field == 1 or len(cron.hours) == 1)


def _silent(claim: Claim, rhythm: Rhythm, *, faster: bool) -> bool:
    """Whether the claim is too loose, or too likely about the data, to be broken by this schedule."""
    if claim.muted == "both":
        return True
    if not faster:
        return False
    hourly_or_finer = rhythm.per_day >= 24
    if claim.muted == "faster" and not hourly_or_finer:
        return True
    return not claim.exact and max(claim.periods) / rhythm.mean_gap <= FEW_MORE


def _idiom(claim: Claim, cron: Cron) -> tuple[str | None, str | None]:
    """Why the number stands in the wrong field, and the expression that was meant."""
    reader = _IDIOMS.get(claim.unit)
    if reader is None or cron.has_seconds or claim.form == "count":
        return None, None
    why, right = reader(claim.number, cron.written)
    if right is not None and not _is_right(claim, right):
        return why, None
    return why, right


def _is_right(claim: Claim, text: str) -> bool:
    rhythm = rhythm_of(Schedule("cron", expression=text, crons=(text,)))
    return rhythm is not None and _keeps(claim, rhythm)


Idiom = tuple["str | None", "str | None"]
_NO_IDIOM: Idiom = (None, None)
MINUTE_FIELD = "the first field is the minute of the hour"
HOUR_FIELD = "the second field is the hour of the day"


def _step(number: int, size: int) -> str | None:
    if number == 1:
        return "*"
    return f"*/{number}" if size % number == 0 else None


def _minutes_idiom(number: int, written: tuple[str, ...]) -> Idiom:
    step = _step(number, 60)
    right = None if step is None else f"{step} * * * *"
    if written == (str(number), "*", "*", "*", "*"):
        return MINUTE_FIELD, right
    if written[1:] == (f"*/{number}", "*", "*", "*") and written[0].isdigit():
        return HOUR_FIELD, right
    return _NO_IDIOM


def _hours_idiom(number: int, written: tuple[str, ...]) -> Idiom:
    minute, hour = written[:2]
    step = _step(number, 24)
    if step is None or written[2:] != ("*", "*", "*"):
        return _NO_IDIOM
    if hour == "*" and minute in (str(number), f"*/{number}") and number > 1:
        return MINUTE_FIELD, f"0 {step} * * *"
    if hour == str(number) and minute.isdigit():
        return HOUR_FIELD, f"{minute} {step} * * *"
    if hour == f"*/{number}" and minute == "*":
        return "a * in the first field is every minute", f"0 {step} * * *"
    return _NO_IDIOM


def _days_idiom(number: int, written: tuple[str, ...]) -> Idiom:
    minute, hour, day, month, weekday = written
    if number == 1:
        if minute.isdigit() and (hour, day, month, weekday) == ("*", "*", "*", "*"):
            return MINUTE_FIELD, f"{minute} 0 * * *"
        return _NO_IDIOM
    if not (minute.isdigit() and hour.isdigit() and month == "*"):
        return _NO_IDIOM
    right = f"{minute} {hour} */{number} * *"
    if (day, weekday) == ("*", str(number)):
        return "the fifth field is the day of the week", right
    if (day, weekday) == (str(number), "*"):
        return "the third field is the day of the month", right
    return _NO_IDIOM


def _seconds_idiom(number: int, written: tuple[str, ...]) -> Idiom:
    if written[0] in (f"*/{number}", str(number)) and written[1:] == ("*", "*", "*", "*"):
        step = _step(number, 60)
        return MINUTE_FIELD, None if step is None else f"* * * * * {step}"
    return _NO_IDIOM


_IDIOMS: dict[str, Callable[[int, tuple[str, ...]], Idiom]] = {
    "second": _seconds_idiom,
    "minute": _minutes_idiom,
    "hour": _hours_idiom,
    "day": _days_idiom,
}
