"""Zones, and what pytz makes of them."""

from datetime import datetime, timedelta, timezone

import pytest

from dag_lint.zones import PytzZone, has_settled_mean_time, true_offset, zone_of

NEW_YEAR = datetime(2024, 1, 1)


@pytest.mark.parametrize(
    ("key", "minutes"),
    [("Asia/Seoul", 508), ("US/Eastern", -296), ("Asia/Kolkata", 353), ("Etc/GMT-9", 540)],
)
def test_a_pytz_zone_as_tzinfo_is_local_mean_time_to_the_minute(key, minutes):
    assert NEW_YEAR.replace(tzinfo=PytzZone(key)).utcoffset() == timedelta(minutes=minutes)


def test_the_true_offset_is_that_of_the_date():
    summer = datetime(2024, 7, 1, tzinfo=PytzZone("US/Eastern"))
    assert true_offset(summer) == timedelta(hours=-4)
    assert true_offset(NEW_YEAR.replace(tzinfo=timezone.utc)) == timedelta(0)
    assert true_offset(NEW_YEAR) is None


def test_a_zone_that_does_not_exist_is_none():
    assert zone_of("Asia/Soul") is None
    assert zone_of("Asia") is None
    assert zone_of("../etc/passwd") is None
    assert PytzZone("Asia/Soul").utcoffset(None) == timedelta(0)


def test_some_mean_times_depend_on_the_release_of_the_time_zone_database():
    assert has_settled_mean_time("Asia/Seoul")
    assert has_settled_mean_time("Europe/Stockholm") is False
    assert has_settled_mean_time("EST") is None
