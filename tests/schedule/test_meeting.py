"""Whether each run of one schedule has its counterpart in another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dag_lint.schedule import cron_timetable, schedule_from_value
from dag_lint.schedule.meeting import Meeting, meeting

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTHING = timedelta(0)


def meet(ours, theirs, delta=NOTHING, zones=("UTC", "UTC")):
    return meeting(schedule_from_value(ours), zones[0], schedule_from_value(theirs), zones[1], delta)


@pytest.mark.parametrize(
    ("ours", "theirs", "delta", "how_often", "fit"),
    [
        ("@daily", "@daily", NOTHING, "always", NOTHING),
        ("@daily", "@hourly", NOTHING, "always", NOTHING),
        ("@hourly", "@daily", NOTHING, "sometimes", None),
        ("0 5 * * *", "0 3 * * *", NOTHING, "never", 2 * HOUR),
        ("0 5 * * *", "0 3 * * *", 2 * HOUR, "always", 2 * HOUR),
        ("0 5 * * *", "0 3 * * *", 26 * HOUR, "always", 2 * HOUR),
        ("0 5 * * *", "0 3 * * *", -2 * HOUR, "never", 2 * HOUR),
        ("0 5 * * *", "0 6 * * *", NOTHING, "never", 23 * HOUR),
        ("0 5 * * *", "30 * * * *", NOTHING, "never", HOUR / 2),
        ("0 5 * * 1", "0 5 * * *", DAY, "always", NOTHING),
        ("0 5 * * *", "0 5 * * 1", NOTHING, "sometimes", None),
        ("0 5 * * *", "0 3 * * 1", NOTHING, "never", None),
        ("0 5 * * 1", "0 5 * * 0", NOTHING, "never", DAY),
        ("0 5 1 * *", "0 5 * * *", NOTHING, "always", NOTHING),
        # The first of a month is a Monday now and then.
        ("0 5 1 * *", "0 5 * * 1", NOTHING, "sometimes", None),
        ("*/10 * * * *", "0 0 29 2 *", NOTHING, "sometimes", None),
        ("*/10 * * * *", "5 0 29 2 *", NOTHING, "never", None),
    ],
)
def test_runs_meet_at_a_constant_time_before(ours, theirs, delta, how_often, fit):
    assert meet(ours, theirs, delta) == Meeting(how_often, fit)


def test_zones_count_where_they_differ():
    assert meet("0 0 * * *", "0 9 * * *", zones=("UTC", "Asia/Seoul")) == Meeting("always", NOTHING)
    assert meet("0 5 * * *", "0 9 * * *", zones=("UTC", "Asia/Seoul")) == Meeting("never", 5 * HOUR)
    # Where one clock changes and the other does not, no constant time fits.
    assert meet("0 5 * * *", "0 3 * * *", zones=("UTC", "Europe/Paris")) == Meeting("never", None)


def test_the_change_of_one_clock_is_left_out():
    zones = ("America/New_York", "America/New_York")
    assert meet("0 5 * * *", "0 1 * * *", zones=zones) == Meeting("never", 4 * HOUR)


def test_the_interval_of_a_trigger_timetable_makes_its_dates_earlier():
    ours = schedule_from_value("0 5 * * *")
    theirs = cron_timetable("CronTriggerTimetable", "0 5 * * *", "UTC", interval=HOUR)
    assert meeting(ours, "UTC", theirs, "UTC", NOTHING) == Meeting("never", HOUR)


@pytest.mark.parametrize(
    "schedule", [None, "@once", "@continuous", DAY, "0 0 31 2 *", "R * * * *", "0 0 1 1 * 0 2030"]
)
def test_what_no_cron_decides_is_not_known(schedule):
    assert meet("@daily", schedule) is None
    assert meet(schedule, "@daily") is None


def test_an_unknown_zone_is_not_known():
    assert meet("@daily", "@daily", zones=(None, "UTC")) is None
    assert meet("@daily", "@daily", zones=("UTC", "Mars/Olympus")) is None
