"""A dag_id against a schedule: which pairs are spoken of, and which are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dag_lint.schedule import (
    InvalidSchedule,
    Mismatch,
    Schedule,
    asset_or_time,
    cron_timetable,
    delta_timetable,
    judge,
    multiple_cron,
    other_timetable,
    read_claim,
    schedule_from_value,
)


def mismatch(dag_id: str, value: object) -> Mismatch | None:
    claim = read_claim(dag_id)
    schedule = value if isinstance(value, Schedule) else schedule_from_value(value)
    assert not isinstance(schedule, InvalidSchedule)
    return None if claim is None else judge(claim, schedule)


@pytest.mark.parametrize(
    ("dag_id", "schedule", "says", "right"),
    [
        # N in the wrong field
        ("shedule_3_hour", "3 * * * *", "every 3 hours", "0 */3 * * *"),
        ("every_5_minutes", "5 * * * *", "every 5 minutes", "*/5 * * * *"),
        ("every_5_minutes", "0 */5 * * *", "every 5 minutes", "*/5 * * * *"),
        ("every_3_hours", "0 3 * * *", "every 3 hours", "0 */3 * * *"),
        ("every_3_hours", "15 3 * * *", "every 3 hours", "15 */3 * * *"),
        ("every_3_hours", "*/3 * * * *", "every 3 hours", "0 */3 * * *"),
        ("every_3_hours", "* */3 * * *", "every 3 hours", "0 */3 * * *"),
        ("my_daily_dag", "0 * * * *", "daily", "0 0 * * *"),
        ("my_daily_dag", "@hourly", "daily", "0 0 * * *"),
        ("daily_report", "@hourly", "daily", "0 0 * * *"),
        ("hourly_load", "0 1 * * *", "hourly", "0 * * * *"),
        ("every_minute", "1 * * * *", "every minute", "* * * * *"),
        ("every_5_days", "0 0 * * 5", "every 5 days", "0 0 */5 * *"),
        ("every_5_days", "0 6 5 * *", "every 5 days", "0 6 */5 * *"),
        ("every_30_seconds", "*/30 * * * *", "every 30 seconds", "* * * * * */30"),
        ("every_7_hours", "7 * * * *", "every 7 hours", None),
        ("every_7_minutes", "7 * * * *", "every 7 minutes", None),
        # another rhythm
        ("sync_every_5_min", "*/15 * * * *", "every 5 minutes", None),
        ("weekly_load", timedelta(days=1), "weekly", None),
        ("monthly_rollup", "0 * * * *", "monthly", None),
        ("merino_sports_nightly", "0 */6 * * *", "daily", None),
        ("analytics_events_counts_daily", "@hourly", "daily", "0 0 * * *"),
        ("dbt_daily", "@weekly", "daily", None),
        ("ai_strategy_daily_push", "0 9 * * 1,3,5", "daily", None),
        ("cron_15min", "@hourly", "every 15 minutes", None),
        ("run_12h", "@hourly", "every 12 hours", None),
        ("5_min_cron", "@hourly", "every 5 minutes", None),
        ("etl_6_hourly", "@daily", "every 6 hours", None),
        ("sync_10_daily", "@monthly", "every 10 days", None),
        ("hourly2", "@daily", "hourly", None),
        ("twice_daily", "@weekly", "twice a day", None),
        ("sync_3_times_a_week", "@daily", "three times a week", None),
        ("sync_4x_daily", "@daily", "4 times a day", None),
        ("job_daily_twice", "@hourly", "twice a day", None),
        ("sync_daily", "@once", "daily", None),
        ("monthly_sync", "@quarterly", "monthly", None),
        ("yearly_job", "@monthly", "yearly", None),
        ("biweekly_job", "@monthly", "every two weeks", None),
        ("every_other_day", "@weekly", "every 2 days", None),
        ("every_half_hour", "@daily", "every 30 minutes", None),
        ("every_quarter_hour", "@daily", "every 15 minutes", None),
        ("every_monday", "@daily", "every Monday", None),
        ("every_morning", "@hourly", "every morning", None),
        ("weekly_job", "0 * * * 1", "weekly", None),
        ("monthly_job", "0 0 * * 1-5", "monthly", None),
        # spellings
        ("Shedule3Hour", "@hourly", "every 3 hours", None),
        ("schedulEvery3Hours", "@hourly", "every 3 hours", None),
        ("scheduel_3_hours", "@hourly", "every 3 hours", None),
        ("shcedule_3_horus", "@hourly", "every 3 hours", None),
        ("every3hours", "@hourly", "every 3 hours", None),
        ("everyhour", "@daily", "every hour", None),
        ("every_three_hours", "@hourly", "every 3 hours", None),
        ("every_3rd_day", "@daily", "every 3 days", None),
        ("dayly_load", "@weekly", "daily", None),
        ("houly_load", "@daily", "hourly", None),
        ("dailySync", "@weekly", "daily", None),
        ("매일_동기화", "@weekly", "daily", None),
        ("동기화_매시간", "@daily", "hourly", None),
        ("3시간마다", "3 * * * *", "every 3 hours", "0 */3 * * *"),
        ("3분마다", "3 * * * *", "every 3 minutes", "*/3 * * * *"),
        ("매_3시간", "@hourly", "every 3 hours", None),
        ("세시간마다_실행", "@hourly", "every 3 hours", None),
        ("3sigan_mada", "@hourly", "every 3 hours", None),
        ("maeil_load", "@hourly", "daily", "0 0 * * *"),
        ("격일_백업", "@weekly", "every 2 days", None),
        # built-in timetables
        ("sync_daily", cron_timetable("CronTriggerTimetable", "0 * * * *", "UTC"), "daily", "0 0 * * *"),
        ("sync_hourly", multiple_cron(["0 1 * * *", "0 13 * * *"]), "hourly", None),
        ("sync_daily", delta_timetable("DeltaTriggerTimetable", timedelta(hours=1)), "daily", None),
    ],
)
def test_a_misleading_name_is_found(dag_id: str, schedule: object, says: str, right: str | None) -> None:
    found = mismatch(dag_id, schedule)
    assert found is not None
    assert (found.says, found.cron) == (says, right)
    assert not found.every_minute_of_one_hour


@pytest.mark.parametrize(
    ("dag_id", "schedule"),
    [
        ("load_hourly", "3 * * * *"),
        ("schedule_3_hour", "0 */3 * * *"),
        ("daily_report", "@daily"),
        # tolerance
        ("load_daily", "0 9 * * 1-5"),
        ("dbt_daily", "0 14 * * 0,2,3,5,6"),
        ("load_daily", "0 9 * * 1-4"),
        ("yesterday_daily", "10 7,8,9 * * *"),
        ("load_daily", "0 23,0 * * *"),
        ("load_daily", "0 9,21 * * *"),
        ("Fatos_hourly", "00 12-23 * * *"),
        ("load_hourly", "0 8-18 * * 1-5"),
        ("load_hourly", "5,10 * * * *"),
        ("load_hourly", "*/30 * * * *"),
        ("every_hour", "*/30 * * * *"),
        ("every_15_min", "*/15 8-18 * * 1-5"),
        ("every_2_hours", "0 8-18/2 * * *"),
        ("every_45_minutes", "*/45 * * * *"),
        ("every_5_hours", "0 */5 * * *"),
        ("every_5_days", "0 0 */5 * *"),
        ("twice_daily", "0 9,18 * * *"),
        ("twice_a_day", "0 9,18 * * *"),
        ("sync_3_times_a_week", "0 0 * * 1,3,5"),
        ("once_a_day", "@daily"),
        ("weekly_sync", "0 6,7,8,9,10 * * 1"),
        ("weekly_sync", "0 6 * * 1,2"),
        ("weekly_sync", timedelta(weeks=1)),
        ("monthly_sync", "0 6 1-5 * *"),
        ("monthly_sync", "0 6 * * 6#2"),
        ("monthly_sync", "0 6 L * *"),
        ("monthly_sync", "0 6 15W * *"),
        ("quarterly_sync", "@quarterly"),
        ("biweekly_sync", "0 6 * * 1"),
        ("biweekly_sync", "0 6 1,15 * *"),
        ("daily_in_summer", "0 6 * 6-8 *"),
        ("report_25_daily", "0 6 * * *"),
        ("sync_3_daily", "0 0 */3 * *"),
        # data, not rhythm
        ("monthly_statement", "@daily"),
        ("monthly_goal_ETL", "0 19 * * *"),
        ("daily_weather", "@hourly"),
        ("daily_prices_load", "@weekly"),
        ("daily_rejections", "@weekly"),
        ("UG_RW_Daily_Net_Sales", "@weekly"),
        ("daily_weather", "@once"),
        # a rule of its own speaks
        ("monthly_first_sunday", "0 2 1-7 * 0"),
        # not started by the clock, or not known
        ("sync_daily", None),
        ("sync_daily", "@continuous"),
        ("sync_daily", []),
        ("sync_daily", object()),
        ("sync_daily", "R * * * *"),
        ("sync_daily", "0 0 31 2 *"),
        ("sync_daily", other_timetable("MyTimetable")),
        ("sync_hourly", asset_or_time(schedule_from_value("@daily"))),  # type: ignore[arg-type]
    ],
)
def test_a_name_that_is_kept_or_in_doubt_is_not_spoken_of(dag_id: str, schedule: object) -> None:
    assert read_claim(dag_id) is not None
    assert mismatch(dag_id, schedule) is None


@pytest.mark.parametrize(
    "dag_id",
    [
        *("calls_today", "happy_birthday", "public_holiday", "daylight", "weekday_report", "previous_month"),
        *("trunk_per_day", "hour_of_code", "report_25_last_week", "day", "minute", "load_3", "v2", "top_10"),
        *("h3", "d1", "m10", "m2", "kline_1m", "CACHE_1DAY", "load_1h", "binance_interval_5m_kline"),
        *(
            "load_7_days",
            "last_7_days",
            "run_7_days",
            "run_last_7_days",
            "window_30_min",
            "schedule_delay_5_min",
        ),
        *(
            "bi_weekly",
            "semi_annual",
            "half_hourly",
            "half_hour",
            "multi_daily",
            "non_daily",
            "several_times_daily",
        ),
        *("daily_weekly_rollup", "hourly_and_daily", "stay_alive_5_minutes", "intensive_15_min", "1440min"),
        *(
            "peak_hour",
            "for_every_day",
            "schedule_03_hour",
            "schedule_0_hour",
            "every",
            "every_x",
            "cron_5_min_ago",
        ),
        *(
            "every_1000000_minutes",
            "scheduler_5_min",
            "schedule",
            "3_times",
            "twice",
            "twice_a",
            "daily" * 60,
        ),
        *("3시간", "매일경제", "0시간마다", "s_3_hour", "", "_", "retention_period_30_days"),
    ],
)
def test_no_claim(dag_id: str) -> None:
    assert read_claim(dag_id) is None


def test_the_minute_star_is_left_to_its_own_rule() -> None:
    found = mismatch("load_every_6_hours", "* 1 * * *")
    assert found is not None
    assert found.every_minute_of_one_hour


@pytest.mark.parametrize(
    ("dag_id", "schedule", "why"),
    [
        ("every_3_hours", "3 * * * *", "the first field is the minute of the hour"),
        ("every_3_hours", "0 3 * * *", "the second field is the hour of the day"),
        ("every_5_days", "0 0 * * 5", "the fifth field is the day of the week"),
        ("every_5_days", "0 0 5 * *", "the third field is the day of the month"),
        ("every_3_hours", "* */3 * * *", "a * in the first field is every minute"),
        ("every_3_hours", "0 0 * * 1", None),
        ("every_5_days", "*/5 0 * * *", None),
        ("every_30_seconds", "0 * * * *", None),
        ("every_30_minutes", "0 0 * * *", None),
        ("load_daily", "5 3 * * 1", None),
        ("load_daily", "0 0 1 * * 0", None),
    ],
)
def test_the_idiom_is_named(dag_id: str, schedule: str, why: str | None) -> None:
    found = mismatch(dag_id, schedule)
    assert found is not None
    assert found.why == why


def test_the_words_fit_into_a_message() -> None:
    found = mismatch("load_daily", "7,8,13,22,31,47,49,51,52,55,58,3,1,17,19,22,24,26 1,3,7,20 * * *")
    assert found is not None
    assert found.does == "68 times a day"
    assert found.faster
    once = mismatch("shedule_3_hour", "3 * * * *")
    assert once is not None
    assert once.does == "once an hour, at minute 3"


def test_assets_may_add_runs_but_take_none_away() -> None:
    hourly = schedule_from_value("@hourly")
    assert isinstance(hourly, Schedule)
    assert mismatch("sync_daily", asset_or_time(hourly)) is not None
