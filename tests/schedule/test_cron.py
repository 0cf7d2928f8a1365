"""Cron text as numbers, and what its author may not know of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from croniter import CroniterBadDateError, croniter
from dateutil.relativedelta import relativedelta

from dag_lint.schedule import (
    Cron,
    RefusedCron,
    Schedule,
    UnevenStep,
    every_minute_fix,
    every_minute_of_one_hour,
    multiple_cron,
    nth_weekday_fix,
    parse_cron,
    schedule_from_value,
    shortest_gap,
    skipped_months,
    uneven_step,
)
from dag_lint.schedule import cron as cron_module
from dag_lint.schedule.walk import NoMomentError, next_on_wall, previous_on_wall


def read(text: str) -> Cron:
    parsed = parse_cron(text)
    assert isinstance(parsed, Cron)
    return parsed


def test_fields_are_numbers() -> None:
    cron = read("5-10/5 8,20 L * MON-WED")
    assert (cron.minutes, cron.hours, cron.days, cron.last_day) == ((5, 10), (8, 20), None, True)
    assert cron.weekdays == (1, 2, 3)
    assert cron.day_or_weekday
    assert cron.fixed_hour
    assert read("0 * * * *").fixed_hour is False
    assert read("0 0 15W * *").nearest == 15
    assert read("0 0 * * 6#2,L5").nth == ((5, 0), (6, 2))
    assert read("0 0 * * * 0 2030").years == (2030,)


@pytest.mark.parametrize(
    ("text", "daily"),
    [
        ("0 0 * * *", True),
        ("0 0 */1 * 1", True),
        ("0 0 1 * 0-6", True),
        ("0 0 ? * ?", True),
        ("0 0 * * 1-5", False),
        ("0 0 * 1 *", False),
        ("0 0 * * 1#1", False),
        ("0 0 1W * *", False),
        ("0 0 * * * 0 2030", False),
    ],
)
def test_every_day(text: str, *, daily: bool) -> None:
    assert read(text).every_day is daily


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("0 0 31 2 *", False),
        ("0 0 30 2 *", False),
        ("0 0 31 4,6,9,11 *", False),
        ("0 0 29 2 *", True),
        ("0 0 31 2 1", True),
        ("10 0 L * 6#2", False),
        ("0 0 * * 1#5", True),
        ("0 0 29 2 * 0 2031", False),
        ("0 0 29 2 * 0 2090-2096", True),
    ],
)
def test_whether_it_ever_fires(text: str, *, fires: bool) -> None:
    assert read(text).fires is fires


def test_odd_texts_end_in_an_answer() -> None:
    assert parse_cron("0," * 200 + "0 * * * *") is None
    for text in (
        "",
        "\x00",
        "9" * 200 + " * * * *",
        "* * * * * * * *",
        "🙂 * * * *",
        "*/99999999999 * * * *",
    ):
        assert parse_cron(text) is None or isinstance(parse_cron(text), (Cron, RefusedCron))


def test_failures_of_croniter_itself_are_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, start: float = 0.0) -> object:
        raise RecursionError(text, start)

    monkeypatch.setattr(cron_module, "_croniter", broken)
    assert parse_cron("1 2 L 4 5") is None
    monkeypatch.setattr(cron_module, "_croniter", lambda _text, _start=0.0: object())
    assert parse_cron("1 2 L 4 6") is None


def test_a_mixture_that_croniter_refuses_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cron_module, "_accepts", lambda *_: True)
    assert parse_cron("61 2 3 4 5") == RefusedCron(
        "61 2 3 4 5", '"61 2 3 4 5" combines what croniter cannot combine'
    )


def test_every_minute_of_one_hour() -> None:
    assert every_minute_of_one_hour(read("* 6 * * *")) == 6
    assert every_minute_fix(read("* 6 * * 1")) == "0 6 * * 1"
    for text in ("*/5 6 * * *", "* 6-7 * * *", "10-15 6 * * *", "* 6 * * * *", "0 6 * * *"):
        assert every_minute_of_one_hour(read(text)) is None
        assert every_minute_fix(read(text)) is None


@pytest.mark.parametrize(
    ("text", "uneven"),
    [
        ("*/45 * * * *", UnevenStep("minute", 45, (0, 45))),
        ("0 */5 * * *", UnevenStep("hour", 5, (0, 5, 10, 15, 20))),
        ("0 0 1 */5 *", UnevenStep("month", 5, (1, 6, 11))),
        ("0 0 1 1/5 *", UnevenStep("month", 5, (1, 6, 11))),
        ("*/90 * * * *", UnevenStep("minute", 90, (0,))),
        ("0/7 * * * *", UnevenStep("minute", 7, (0, 7, 14, 21, 28, 35, 42, 49, 56))),
        ("*/15 */6 * */3 *", None),
        ("1/7 * * * *", None),
        ("8-18/3 * * * *", None),
        ("0 0 */7 * *", None),
    ],
)
def test_steps_that_leave_a_rest(text: str, uneven: UnevenStep | None) -> None:
    assert uneven_step(read(text)) == uneven


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("0 2 1-7 * 0", "0 2 * * 0#1"),
        ("0 2 8-14 * MON", "0 2 * * 1#2"),
        ("0 2 22-28 1 5", "0 2 * 1 5#4"),
        ("0 2 2-8 * 0", None),
        ("0 2 1-7 * 0,1", None),
        ("0 2 1-7 * *", None),
        ("0 2 * * 0", None),
        ("0 2 1-7 * 1#1", None),
    ],
)
def test_seven_days_and_a_weekday_were_meant_as_the_nth(text: str, fix: str | None) -> None:
    assert nth_weekday_fix(read(text)) == fix


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("0 0 31 * *", (2, 4, 6, 9, 11)),
        ("0 0 30 * *", (2,)),
        ("0 0 29 * *", (2,)),
        ("0 0 30,31 * *", (2,)),
        ("0 0 31 1,3 *", ()),
        ("0 0 31,L * *", ()),
        ("0 0 31 * 1", ()),
        ("0 0 28 * *", ()),
        ("0 0 * * *", ()),
        ("0 0 31 2 *", ()),
    ],
)
def test_months_without_the_day(text: str, months: tuple[int, ...]) -> None:
    assert skipped_months(read(text)) == months


WALKED = (
    "3 * * * *",
    "*/45 9-17 * * 1-5",
    "59 23 31 12 *",
    "0 0 29 2 *",
    "0 0 L * *",
    "0 0 1,L */2 *",
    "0 0 * * 6#2",
    "0 0 * * L5",
    "0 0 * * 1#5,3#1",
    "0 0 15W * *",
    "0 0 31W * *",
    "0 0 1W 1,5 *",
    "0 0 13 * 5",
    "0 0 1-7 * 1#1",
    "0 0 */1 * 1",
    "*/7 */5 * * * */13",
    "0 0 * * * 30 2023-2030/3",
    "0 0 1 1 * 0 2090",
    "8 23 1,L 8-12 1#1,3#2 0 2023,2026",
    "0 0 31 2 *",
    "* * 11 * 1#5",
)
MOMENTS = (
    datetime(2024, 2, 29, 23, 59, 59, 999999),
    datetime(2024, 1, 1),
    datetime(2024, 6, 15, 10, 30, 20),
    datetime(2025, 12, 31, 0, 0, 13),
    datetime(2026, 8, 12, 23, 8),
)


@pytest.mark.parametrize("text", WALKED)
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_walking_gives_what_croniter_gives(text: str, moment: datetime) -> None:
    for ours, theirs in ((next_on_wall, "get_next"), (previous_on_wall, "get_prev")):
        try:
            expected = getattr(croniter(text, moment), theirs)(datetime)
        except CroniterBadDateError:
            expected = None
        try:
            found: datetime | None = ours(read(text), moment)
        except NoMomentError:
            found = None
        assert found == expected


@pytest.mark.parametrize("text", ["0 0 * * *", "0 0 1 * *"])
def test_walking_ends_at_the_ends_of_the_calendar(text: str) -> None:
    with pytest.raises(NoMomentError):
        next_on_wall(read(text), datetime(9999, 12, 31, 12))
    with pytest.raises(NoMomentError):
        previous_on_wall(read(text), datetime(1, 1, 1))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("*/5 * * * *", 300),
        ("0 6,23 * * *", 7 * 3600),
        ("0 6 * * *", 86400),
        ("0 6 * * 1", 7 * 86400),
        ("0 6 1 * *", 28 * 86400),
        ("0 6 L * *", 86400),
        ("0 6 1 * 1", None),
        ("0 0 31 2 *", None),
        ("* * * * * *", None),
        (timedelta(hours=3), 10800),
        (relativedelta(months=1), None),
        (None, None),
    ],
)
def test_the_shortest_gap(value: object, seconds: float | None) -> None:
    schedule = schedule_from_value(value)
    assert isinstance(schedule, Schedule)
    assert shortest_gap(schedule) == seconds
    several = multiple_cron(["0 6 * * *", "0 7 * * *"])
    assert isinstance(several, Schedule)
    assert shortest_gap(several) is None


def test_what_only_a_newer_croniter_reads_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def older(text: str, start: float = 0.0) -> object:
        if "w" in text.lower():
            raise ValueError(text)
        return croniter(text, start)

    monkeypatch.setattr(cron_module, "_croniter", older)
    assert parse_cron("7 7 15W * *") is None
    assert isinstance(parse_cron("77 7 15W * *"), RefusedCron)
    assert isinstance(parse_cron("7 7 LW * *"), RefusedCron)
