"""What each rule says of a DAG is what a real Airflow 2.11 and 3.3 did with it."""

from __future__ import annotations

import re

import pytest
from document_claims import NAMES, PAGE, RECORDED, RULES, VERSIONS, code_of, page, recorded, said

FAMILY = re.compile(r"DAG(1\d\d|201|202|30[123]|601)")


def names_of(code):
    return [name for name in NAMES if code_of(name) == code]


def each(code):
    """The claims of a rule: a name, a version, what was said and what was recorded."""
    if code not in RULES:
        pytest.skip(f"{code} is not there yet")
    for name in names_of(code):
        for version in VERSIONS:
            yield name, version, said(name, version), recorded(name, version)


def number_before(words, message):
    """The number in front of some words: 24 of "24 a day"."""
    match = re.search(rf"([\d,]+) {words}", message)
    assert match is not None, f'"{words}" in {message!r}'
    return int(match[1].replace(",", ""))


def test_both_airflows_recorded_the_same_dags():
    assert RECORDED["2.11"]["claims"].keys() == RECORDED["3.3"]["claims"].keys()
    assert [RECORDED[version]["airflow"][: len(version)] for version in VERSIONS] == list(VERSIONS)


@pytest.mark.parametrize("code", [code for code in RULES if FAMILY.fullmatch(code)])
def test_each_rule_of_the_family_has_a_dag_that_shows_its_claim(code):
    names = names_of(code)
    assert names
    assert all(any(said(name, version) for version in VERSIONS) for name in names)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_speaks_for_the_versions_that_it_is_on_for(name):
    default = RULES[code_of(name)].default
    spoken = [version for version in VERSIONS if said(name, version) is not None]
    assert spoken == [version for version in VERSIONS if default not in ("2", "3") or version[0] == default]


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "python scripts/document_claims.py"


def test_the_id_says_another_frequency_than_there_are_runs():
    for name, _, message, record in each("DAG101"):
        promised = {"dag101_three_hours": 8, "dag101_daily": 1}[name]
        assert record["runs_a_day"] == 24 != promised
        assert f"once an hour, at minute {record['minutes'][0]};" in message
        assert len(record["minutes"]) == 1


def test_without_catchup_airflow_2_creates_every_run_since_the_start():
    for _, version, message, record in each("DAG102"):
        if version == "3.3":
            assert message is None
            assert record["due"] == 1
            continue
        assert record["catchup"] is True
        start = record["first_interval"][0]
        assert f"every run since {start[:10]}, " in message
        assert number_before("a day", message) == record["runs_a_day"]
        # A month and ten hours and a half lie between the start and the moment of un-pausing.
        assert record["due"] == 31 * record["runs_a_day"] + 10


def test_a_naive_date_is_read_in_utc_and_the_schedule_with_it():
    for _, _, message, record in each("DAG103"):
        assert "(UTC unless set)" in message
        assert record["timezone"] == "UTC"
        assert record["start_date"] == "2024-01-01T00:00:00+00:00"
        assert 'pendulum.datetime(2024, 1, 1, tz="UTC")' in message
        assert '"0 9 * * *" with it' in message
        assert record["hours"] == [9]


def test_a_start_that_moves_is_never_reached_in_airflow_2_and_is_a_new_version_in_airflow_3():
    for _, version, message, record in each("DAG104"):
        moving = record["moving"]
        assert moving["due_at_parse"] == 0
        if version == "2.11":
            assert "Airflow 2 never runs the DAG" in message
            assert moving["due_before_the_next_parse"] == 0
        else:
            assert "never runs" not in message
            assert moving["due_before_the_next_parse"] > 0
            assert "makes a new DAG version each time" in message
            assert moving["serialized_forms"] == moving["parses"]


def test_airflow_2_refuses_a_scheduled_dag_without_a_start():
    for _, version, message, record in each("DAG105"):
        assert (message is not None) == (record["import_error"] is not None) == (version == "2.11")
        assert message is None or "ValueError" in record["import_error"]


@pytest.mark.parametrize("code", ["DAG106", "DAG114"])
def test_what_is_called_invalid_is_refused(code):
    for _, _, message, record in each(code):
        assert message
        assert record["import_error"] is not None


def test_a_schedule_that_never_fires_is_accepted_and_has_no_next_run():
    for _, _, message, record in each("DAG107"):
        assert message
        assert record["import_error"] is None
        assert record["schedule_error"].startswith("CroniterBadDateError")


def test_a_star_for_the_minute_is_sixty_runs():
    for _, _, message, record in each("DAG108"):
        assert number_before("times in that hour", message) == record["runs_a_day"] == 60
        assert record["hours"] == [6]


def test_an_uneven_step_starts_over_with_the_field():
    for _, _, message, record in each("DAG109"):
        assert record["minutes"] == [0, 45]
        assert all(re.search(rf"\b0?{minute}\b", message) for minute in record["minutes"])


def test_cron_takes_the_day_or_the_weekday():
    for _, _, message, record in each("DAG110"):
        sundays = {7, 14, 21, 28}
        assert "a day that matches either" in message
        assert set(range(2, 8)) | sundays <= set(record["days_of_january"]) <= set(range(1, 8)) | sundays


def test_a_pytz_zone_is_local_mean_time():
    for _, _, message, record in each("DAG111"):
        assert f"{record['start_date'][11:16]} UTC instead of 15:00" in message
        assert record["timezone"] == "Asia/Seoul"


def test_no_schedule_is_daily_in_airflow_2_and_never_in_airflow_3():
    for _, version, message, record in each("DAG112"):
        assert message
        assert record["runs_a_day"] == (1 if version == "2.11" else 0)


def test_an_end_before_the_start_is_accepted_and_leaves_no_run():
    for _, _, message, record in each("DAG113"):
        assert message
        assert record["first_due"] is None


def test_a_backfill_of_every_five_minutes_is_thousands_of_runs():
    for _, _, message, record in each("DAG115"):
        assert message
        assert record["catchup"] is True
        assert record["due"] > 31 * record["runs_a_day"] == 31 * 288


def test_the_sixth_field_is_the_second():
    for _, _, message, record in each("DAG116"):
        assert "second" in message
        assert record["runs_a_day"] == 60 * 24 * 12


def test_both_ends_of_the_interval_are_the_same_in_airflow_3():
    for _, version, message, record in each("DAG117"):
        start, end = record["first_interval"]
        assert (start == end) == (message is not None) == (version == "3.3")


def test_a_task_that_starts_later_is_missing_from_the_runs_before():
    for _, _, message, record in each("DAG118"):
        assert message
        assert record["run"] == {"state": "success", "tasks": {"first": "success"}, "callables": {}}


@pytest.mark.parametrize("code", ["DAG201", "DAG202"])
def test_a_template_that_is_not_there_fails_the_task_and_not_the_import(code):
    for _, _, message, record in each(code):
        error, name = next(iter(record["render_errors"].values())).split(": ", 1)
        assert f"{error} at run time" in message
        quoted = re.match(r'"([^"]+)"', message)
        assert quoted is not None
        assert quoted[1] in name
        assert record["import_error"] is None
        assert record["run"]["state"] == "failed"


def test_a_callable_works_in_the_process_of_the_task():
    for _, _, message, record in each("DAG301"):
        seen = record["run"]["callables"]["report"]
        assert message.startswith('"report" fetches orders and writes it with executemany')
        assert "in the Airflow worker's memory" in message
        assert seen["process"] == "the one that runs Airflow's task"
        assert seen["fetched"] == 1000
        assert seen["executemany"] == 1


def test_a_task_that_sleeps_is_running_for_as_long():
    for _, _, message, record in each("DAG302"):
        assert number_before("seconds", message) == record["run"]["callables"]["pause"]["seconds"]


def test_a_statement_for_each_row_is_a_round_trip_for_each_row():
    for _, _, message, record in each("DAG303"):
        seen = record["run"]["callables"]["load"]
        assert "inserts for each row, a round trip each" in message
        assert seen["execute"] == seen["fetched"] == 1000


def test_an_argument_of_the_dag_in_default_args_has_no_effect():
    for name, version, message, record in each("DAG601"):
        key = name.removeprefix("dag601_")
        assert message.startswith(f"{key} in default_args is ignored")
        default = {"catchup": version == "2.11", "max_active_runs": 16}
        assert record[key] == default[key]
