"""A schedule in words: exact, and the same wherever it is shown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest
from dateutil.relativedelta import relativedelta

from dag_lint.schedule import (
    Schedule,
    asset_or_time,
    cron_timetable,
    delta_timetable,
    describe,
    describe_briefly,
    events_timetable,
    multiple_cron,
    other_timetable,
    rate_in_words,
    runs_per_year,
    schedule_from_value,
)
from dag_lint.schedule.words import describe_cron

WEEKDAY_AND_SATURDAY = (
    "at 00:00 on the weekday nearest to day 15 of the month when it is also the second Saturday of "
    "the month, which never comes"
)
LONG = "7,8,13,22,31,47,49,51,52,55,58,3,1,17,19,22,24,26 * * * *"


def schedule(value: object) -> Schedule:
    read = value if isinstance(value, Schedule) else schedule_from_value(value)
    assert isinstance(read, Schedule)
    return read


@pytest.mark.parametrize(
    ("value", "words", "rate"),
    [
        ("* * * * *", "every minute", "1,440 a day"),
        ("3 * * * *", "once an hour, at minute 3", "24 a day"),
        ("*/15 * * * *", "every 15 minutes", "96 a day"),
        ("5-59/15 * * * *", "every 15 minutes, from minute 5 on", "96 a day"),
        ("10,40 * * * *", "every 30 minutes, from minute 10 on", "48 a day"),
        ("*/45 * * * *", "at minutes 0 and 45 of every hour", "48 a day"),
        ("*/7 * * * *", "at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour", "216 a day"),
        ("1-40/3 * * * *", "at every 3rd minute from 1 to 40 of every hour", "336 a day"),
        ("0-20 * * * *", "at minutes 0 to 20 of every hour", "504 a day"),
        ("*/90 * * * *", "once an hour, at minute 0", "24 a day"),
        (
            LONG,
            "at minutes 1, 3, 7, 8, 13, 17, 19, 22, 24, 26, 31, 47, 49, 51, 52, 55 and 58 of every hour",
            "408 a day",
        ),
        ("0 */3 * * *", "every 3 hours, at minute 0", "8 a day"),
        ("0 1-23/3 * * *", "every 3 hours, at minute 0, from 01:00 on", "8 a day"),
        ("0 */5 * * *", "every day at 00:00, 05:00, 10:00, 15:00 and 20:00", "5 a day"),
        ("5 9-17 * * *", "every hour from 09:05 to 17:05", "9 a day"),
        ("0 18-6 * * *", "every hour from 00:00 to 06:00 and from 18:00 to 23:00", "13 a day"),
        ("0 0-18/2 * * *", "every 2 hours from 00:00 to 18:00", "10 a day"),
        (
            "0 1,3,5,6,8,9,11,13,20,22 * * *",
            "every day at minute 0 of the hours 1, 3, 5, 6, 8, 9, 11, 13, 20 and 22",
            "10 a day",
        ),
        ("* 6 * * *", "every minute from 06:00 to 06:59", "60 a day"),
        ("*/15 9-17 * * 1-5", "every 15 minutes from 09:00 to 17:45 on Monday to Friday", "180 a week"),
        ("10-50/5 6 * * *", "every 5 minutes from 06:10 to 06:50", "9 a day"),
        ("5-20 6 * * *", "every minute from 06:05 to 06:20", "16 a day"),
        ("*/10 */2 * * *", "every 10 minutes in every 2nd hour", "72 a day"),
        ("5-59/10 */2 * * *", "every 10 minutes, from minute 5 on, in every 2nd hour", "72 a day"),
        ("0,5,17 */2 * * *", "at minutes 0, 5 and 17 of every 2nd hour", "36 a day"),
        ("0,5,17 1,2,3,9 * * *", "every day at minutes 0, 5 and 17 of the hours 1 to 3 and 9", "12 a day"),
        (
            "0,5,17,18,25,36,40,42,44 6 * * *",
            "every day at minutes 0, 5, 17, 18, 25, 36, 40, 42 and 44 of hour 6",
            "9 a day",
        ),
        (
            "0,5,17 1-20/2 * * *",
            "every day at minutes 0, 5 and 17 of every 2nd hour from 1 to 19",
            "30 a day",
        ),
        ("0 6 * * *", "every day at 06:00", "1 a day"),
        ("0,30 6 * * *", "every day at 06:00 and 06:30", "2 a day"),
        ("0,10,20 6 * * *", "every day at 06:00, 06:10 and 06:20", "3 a day"),
        ("0 9 * * 1-5", "at 09:00 on Monday to Friday", "5 a week"),
        ("0 9 * * MON-FRI", "at 09:00 on Monday to Friday", "5 a week"),
        ("0 0 * * 7", "at 00:00 on Sunday", "1 a week"),
        ("0 0 * * FRI-MON", "at 00:00 on Friday to Monday", "4 a week"),
        ("0 0 * * WED,FRI-MON", "at 00:00 on Wednesday and Friday to Monday", "5 a week"),
        ("0 0 * * 0,1", "at 00:00 on Monday and Sunday", "2 a week"),
        ("@hourly", "once an hour, at minute 0", "24 a day"),
        ("@daily", "every day at 00:00", "1 a day"),
        ("@Daily", "every day at 00:00", "1 a day"),
        ("@weekly", "at 00:00 on Sunday", "1 a week"),
        ("@monthly", "at 00:00 on day 1 of the month", "12 a year"),
        ("@quarterly", "at 00:00 on day 1 of January, April, July and October", "4 a year"),
        ("@yearly", "at 00:00 on 1 January", "1 a year"),
        ("@annually", "at 00:00 on 1 January", "1 a year"),
        ("0 0 1,15 * *", "at 00:00 on days 1 and 15 of the month", "24 a year"),
        ("0 0 1-5 * *", "at 00:00 on days 1 to 5 of the month", "60 a year"),
        ("0 0 */7 * *", "at 00:00 on every 7th day from day 1 to 29 of the month", "about 59 a year"),
        ("0 0 L * *", "at 00:00 on the last day of the month", "12 a year"),
        ("0 0 1,L * *", "at 00:00 on day 1 and the last day of the month", "24 a year"),
        ("0 0 L 2 *", "at 00:00 on the last day of February", "1 a year"),
        ("0 0 31 * *", "at 00:00 on day 31 of the months that have one", "7 a year"),
        ("0 0 29 2 *", "at 00:00 on 29 February", "1 in about 4.1 years"),
        ("0 0 31 2 *", "at 00:00 on 31 February, which never comes", None),
        ("0 0 * * 6#2", "at 00:00 on the second Saturday of the month", "12 a year"),
        ("0 0 * * 6#2,6#4", "at 00:00 on the second and fourth Saturday of the month", "24 a year"),
        ("0 0 * * 1#1,3#1", "at 00:00 on the first Monday and Wednesday of the month", "24 a year"),
        ("0 0 * * L5", "at 00:00 on the last Friday of the month", "12 a year"),
        ("0 0 * 3 L5", "at 00:00 on the last Friday of March", "1 a year"),
        ("0 0 * * 1#5", "at 00:00 on the fifth Monday of the month", "about 4.2 a year"),
        ("0 0 15W * *", "at 00:00 on the weekday nearest to day 15 of the month", "12 a year"),
        ("0 0 ? * 1", "at 00:00 on Monday", "1 a week"),
        ("0 0 13 * 5", "at 00:00 on day 13 of the month and on every Friday", "about 62 a year"),
        (
            "0 0 1 6-8 1",
            "at 00:00 on day 1 of June to August and on every Monday in June to August",
            "about 16 a year",
        ),
        ("0 0 L * 1", "at 00:00 on the last day of the month and on every Monday", "about 62 a year"),
        ("0 0 */1 * 1", "every day at 00:00", "1 a day"),
        ("0 0 1 * 0-6", "every day at 00:00", "1 a day"),
        ("0 0 1 6 0-6", "at 00:00 every day in June", "30 a year"),
        ("0 6 * 1 *", "at 06:00 every day in January", "31 a year"),
        ("0 9 * 1,7 1", "at 09:00 on Monday in January and July", "about 8.9 a year"),
        # `#` and `W` hold beside either field alone: the other one adds no day
        ("0 0 1-7 * 1#1", "at 00:00 on the first Monday of the month", "12 a year"),
        ("0 0 15W * 1", "at 00:00 on the weekday nearest to day 15 of the month", "12 a year"),
        (
            "0 0 15W * 6#2",
            WEEKDAY_AND_SATURDAY,
            None,
        ),
        ("10 0 L * 6#2", "at 00:10 on the second Saturday of the month, which never comes", None),
        # seconds and years
        ("0 0 * * * 0", "every day at 00:00", "1 a day"),
        ("0 0 * * * 30", "every day at 00:00:30", "1 a day"),
        ("0 0 * * * *", "every second from 00:00:00 to 00:00:59", "60 a day"),
        ("* * * * * *", "every second", "86,400 a day"),
        ("* * * * * */30", "every 30 seconds", "2,880 a day"),
        ("* * * * * 10,40", "every 30 seconds, from second 10 on", "2,880 a day"),
        ("* * * * * 7", "once a minute, at second 7", "1,440 a day"),
        ("* * * * * 7,9", "at seconds 7 and 9 of every minute", "2,880 a day"),
        ("*/5 * * * * *", "every second of every 5th minute of every hour", "17,280 a day"),
        ("*/5 * * * * 9", "at second 9 of every 5th minute of every hour", "288 a day"),
        ("* 9 * * * */30", "every 30 seconds in hour 9", "120 a day"),
        ("0,5 9-17 * * * */30", "every 30 seconds of minutes 0 and 5 of the hours 9 to 17", "36 a day"),
        ("0 0 * * * 0 2030", "every day at 00:00, in 2030", "1 a day"),
        ("0 0 1 1 * 0 2030-2035", "at 00:00 on 1 January, from 2030 to 2035", "1 a year"),
        ("0 0 1 1 * 0 2030,2032", "at 00:00 on 1 January, in 2030 and 2032", "1 in about 1.5 years"),
        (
            "0 0 1 1 * 0 2030-2050/5",
            "at 00:00 on 1 January, every 5 years from 2030 to 2050",
            "1 in about 4.2 years",
        ),
        ("0 0 29 2 * 0 2031", "at 00:00 on 29 February, in 2031, which never comes", None),
        ("R * * * *", "at times that are drawn at random whenever the expression is read", None),
        # lengths of time
        (timedelta(days=1), "every day", "1 a day"),
        (timedelta(hours=3), "every 3 hours", "8 a day"),
        (timedelta(minutes=90), "every 90 minutes", "16 a day"),
        (timedelta(hours=36), "every 36 hours", "about 243 a year"),
        (timedelta(hours=5), "every 5 hours", "about 4.8 a day"),
        (timedelta(weeks=2), "every 2 weeks", "about 26 a year"),
        (timedelta(weeks=1), "every week", "1 a week"),
        (timedelta(seconds=1.5), "every 1.5 seconds", "57,600 a day"),
        (relativedelta(months=1), "every month", "12 a year"),
        (
            relativedelta(years=1, months=2, days=3),
            "every 1 year, 2 months and 3 days",
            "1 in about 1.2 years",
        ),
        (relativedelta(days=2), "every 2 days", "about 183 a year"),
        (relativedelta(hour=3), "at moments that a relativedelta with fixed fields decides", None),
        # the rest
        (None, "never by itself, only when triggered", None),
        ("@once", "once", None),
        ("@continuous", "again and again, each run as soon as the one before has ended", None),
        ([], "whenever its assets are updated", None),
        (object(), "at times that cannot be read from the file", None),
        (other_timetable("MyTimetable"), "at the times that MyTimetable decides", None),
        (events_timetable([]), "never, as it lists no moment", None),
        (events_timetable([datetime(2024, 1, 1, tzinfo=timezone.utc)]), "at 1 listed moment", None),
        (cron_timetable("CronTriggerTimetable", "0 6 * * *"), "every day at 06:00", "1 a day"),
        (delta_timetable("DeltaTriggerTimetable", timedelta(hours=1)), "every hour", "24 a day"),
        (
            multiple_cron(["0 1 * * *", "0 13 * * 1"]),
            "every day at 01:00; and at 13:00 on Monday",
            "8 a week",
        ),
        (multiple_cron(["0 1 * * *", "0,30 1 * * *"]), None, "2 a day"),
        (multiple_cron(["0 1 * * *", "0 1 * * *"]), None, "1 a day"),
        (multiple_cron(["0 0 31 2 *", "0 0 30 2 *"]), None, None),
        (multiple_cron(["0 0 31 2 *", "0 0 * * *"]), None, "1 a day"),
    ],
)
def test_words_and_rate(value: object, words: str | None, rate: str | None) -> None:
    read = schedule(value)
    assert words is None or describe(read) == words
    assert rate_in_words(read) == rate
    assert not re.search(r":\d+:\d+: ", describe(read))


def test_many_years_are_counted() -> None:
    text = "0 0 1 1 * 0 2030,2031,2033,2034,2036,2037,2039,2040,2042"
    assert describe_cron(text) == "at 00:00 on 1 January, in 9 years from 2030 to 2042"


def test_assets_are_named_beside_the_times() -> None:
    assert describe(asset_or_time(schedule("@daily"))) == (
        "every day at 00:00, and whenever its assets are updated"
    )


def test_long_words_give_way_to_the_rate() -> None:
    assert describe_briefly(schedule("3 * * * *")) == "once an hour, at minute 3"
    assert describe_briefly(schedule(LONG), limit=80) == "408 times a day"
    assert describe_briefly(schedule("R * * * *"), limit=20) == "at many different times"


def test_texts_that_are_not_looked_at() -> None:
    long = "0," * 200 + "0 * * * *"
    assert describe(schedule(long)) == f"at the times of a cron expression of {len(long)} characters"
    assert rate_in_words(schedule(long)) is None
    assert describe_cron("60 * * * *") == "never, as Airflow refuses it"


def test_runs_per_year() -> None:
    assert runs_per_year(schedule("*/5 * * * *")) == 105_120
    assert runs_per_year(schedule(None)) is None
