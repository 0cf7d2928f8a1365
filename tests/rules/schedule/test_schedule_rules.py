"""What the rules about schedules and dates say of a version, a setting, and at their edges."""

import pytest

from dag_lint.diagnostic import LONGEST_MESSAGE
from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HEAD = """\
from datetime import date, datetime, timedelta
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.timetables.trigger import CronTriggerTimetable, MultipleCronTriggerTimetable
from elsewhere import Loader, unknown
START = pendulum.datetime(2024, 1, 1, tz="UTC")
"""


def said(code, body, **settings):
    """The message of a rule, None when it says nothing."""
    found = lint(SourceFile("dags/a.py", HEAD + body), Settings(**settings))
    assert not [one.message for one in found if one.code == "DAG000"]
    messages = [one.message for one in found if one.code == code]
    assert len(messages) <= 1
    return messages[0] if messages else None


def dag(name="a", task="EmptyOperator(task_id='t')", **arguments):
    given = "".join(f", {key}={value}" for key, value in arguments.items())
    return f'with DAG("{name}"{given}):\n    {task}\n'


@pytest.mark.parametrize(
    ("name", "schedule", "right"),
    [
        ("load_every_20_minutes", "'@daily'", 'write "*/20 * * * *"'),
        ("load_every_7_minutes", "'@daily'", "write timedelta(minutes=7)"),
        ("load_every_2_hours", "'@daily'", 'write "0 */2 * * *"'),
        ("load_every_5_hours", "'@daily'", "write timedelta(hours=5)"),
        ("load_every_2_months", "'@daily'", "change one of the two"),
        ("load_twice_daily", "'@hourly'", "change one of the two"),
        (
            "load_monthly",
            "MultipleCronTriggerTimetable('0 3 * * *', '0 5 * * *', timezone='UTC')",
            '"@monthly"',
        ),
    ],
)
def test_a_misleading_id_comes_with_a_schedule_that_keeps_it(name, schedule, right):
    assert right in said("DAG101", dag(name, schedule=schedule, start_date="START"))


@pytest.mark.parametrize(
    ("name", "speaks"),
    [
        ("f'{unknown}_daily'", True),
        ("f'{unknown}.daily'", False),
        ("f'{unknown}daily'", False),
        ("f'{unknown}_2_hourly'", False),
        ("f'{unknown}_hourly'", False),
        ("f'daily_{unknown}'", False),
        ("unknown", False),
    ],
)
def test_an_id_of_which_the_end_is_known_may_claim_something(name, speaks):
    body = f"DAG({name}, schedule='*/10 * * * *', start_date=START, catchup=False)\n"
    assert (said("DAG101", body) is not None) is speaks


def test_a_long_id_is_cut():
    assert f'"{"x" * 57}..."' in said(
        "DAG101", dag("x" * 60 + "_daily", schedule="'@hourly'", start_date="START")
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "Airflow 2 creates"),
        ({"airflow_version": "2.9"}, "Airflow 2 creates"),
        ({"airflow_version": "3.1"}, None),
        ({"catchup_by_default": False}, None),
        ({"airflow_version": "3.1", "enable": frozenset({"DAG102"})}, None),
        (
            {"airflow_version": "3.1", "enable": frozenset({"DAG102"}), "catchup_by_default": True},
            "Airflow, with your catchup_by_default, creates",
        ),
    ],
)
def test_who_catches_up_depends_on_the_version_and_on_the_configuration(settings, message):
    found = said("DAG102", dag(schedule="'@hourly'", start_date="START"), **settings)
    assert found is None if message is None else message in found


@pytest.mark.parametrize("start", ["datetime.now()", "None"])
def test_without_a_fixed_start_there_is_nothing_to_catch_up_with(start):
    assert said("DAG102", dag(schedule="'@hourly'", start_date=start)) is None


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (None, "Airflow 2 never runs the DAG, with no whole interval behind it, and Airflow 3 makes"),
        ("2.10", "Airflow 2 never runs the DAG, with no whole interval behind it; write"),
        ("3.1", "pendulum.yesterday(): Airflow 3 makes a new DAG version each time; write"),
    ],
)
def test_a_moving_start_is_told_for_the_version(version, message):
    body = dag(schedule="'@weekly'", start_date="pendulum.yesterday()")
    assert message in said("DAG104", body, airflow_version=version)


@pytest.mark.parametrize("schedule", ["None", "'@once'"])
def test_a_moving_start_without_a_schedule_concerns_airflow_3(schedule):
    body = dag(schedule=schedule, start_date="datetime.now()")
    assert said("DAG104", body, airflow_version="2.11") is None
    assert "Airflow 2" not in said("DAG104", body)


@pytest.mark.parametrize(
    ("schedule", "start", "never"),
    [
        ("'@daily'", "pendulum.today()", True),
        ("'@hourly'", "pendulum.today()", False),
        ("'@daily'", "pendulum.yesterday()", False),
        ("'@weekly'", "pendulum.yesterday()", True),
        ("'@monthly'", "pendulum.now().subtract(weeks=3)", True),
        ("'0 0 * * 1,2'", "pendulum.yesterday()", False),
        ("timedelta(days=1)", "pendulum.now().subtract(days=1)", False),
        ("timedelta(days=1)", "pendulum.now().subtract(hours=23)", True),
        ("CronTriggerTimetable('@daily', timezone='UTC')", "pendulum.now()", False),
        ("unknown", "pendulum.now()", False),
    ],
)
def test_no_run_is_due_while_the_start_lies_less_than_an_interval_back(schedule, start, never):
    message = said("DAG104", dag(schedule=schedule, start_date=start), airflow_version="2.11")
    assert ("never runs" in message) is never


def test_a_moving_end_is_never_reached_or_moves_on():
    assert "the end is never reached" in said("DAG104", dag(schedule="'@daily'", end_date="pendulum.now()"))
    body = dag(schedule="'@daily'", start_date="START", end_date="pendulum.now().subtract(days=3)")
    assert "the end moves on" in said("DAG104", body)


@pytest.mark.parametrize("task", ["EmptyOperator(task_id='t', start_date=START)", "Loader(task_id='t')"])
@pytest.mark.parametrize(("version", "speaks"), [("2.7", False), ("2.8.1", True), ("2", True), (None, True)])
def test_dates_of_tasks_were_enough_before_2_8(task, version, speaks):
    found = said("DAG105", dag(task=task, schedule="'@daily'"), airflow_version=version)
    assert (found is not None) is speaks


@pytest.mark.parametrize(("catchup", "speaks"), [("True", True), ("False", False), ("unknown", False)])
def test_airflow_3_needs_a_start_to_catch_up_from(catchup, speaks):
    enabled = {"airflow_version": "3.1", "enable": frozenset({"DAG105"})}
    assert (said("DAG105", dag(schedule="'@daily'", catchup=catchup), **enabled) is not None) is speaks


@pytest.mark.parametrize(
    ("number", "speaks"),
    [("2", True), ("1", False), ("unknown", False), ("None", False)],
)
def test_continuous_runs_one_at_a_time(number, speaks):
    body = dag(schedule="'@continuous'", start_date="START", max_active_runs=number)
    assert (said("DAG106", body) is not None) is speaks


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (None, "Airflow 2 runs the DAG daily, Airflow 3 never runs it by itself"),
        ("2.11", "no schedule: Airflow 2 runs the DAG daily; write"),
        ("3.1", "no schedule: Airflow 3 never runs it by itself; write"),
    ],
)
def test_no_schedule_means_another_thing_in_each_version(version, message):
    assert message in said("DAG112", dag(start_date="START"), airflow_version=version)


@pytest.mark.parametrize(
    ("end", "speaks"),
    [
        ("datetime(2023, 12, 30)", True),
        ("datetime(2023, 12, 31, 12)", False),
        ("START.subtract(seconds=1)", True),
        ("START", False),
        ("unknown", False),
    ],
)
def test_dates_are_compared_when_their_zones_cannot_matter(end, speaks):
    body = dag(schedule="'@daily'", start_date="START", end_date=end)
    assert (said("DAG113", body) is not None) is speaks


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("f'{unknown}-01-01'", "a str"),
        ("[2024, 1, 1]", "a list"),
        ("{'year': 2024}", "a dict"),
        ("True", "a bool"),
        ("20240101", "an int"),
        ("date.today()", "a date"),
    ],
)
def test_what_is_no_datetime_is_named(value, kind):
    assert f"start_date is {kind}: " in said("DAG114", dag(schedule="'@daily'", start_date=value))


def test_a_text_that_is_no_date_gives_no_date_to_write():
    assert said("DAG114", dag(start_date="'yesterday'")).endswith("write pendulum.datetime(...)")


@pytest.mark.parametrize(("days", "speaks"), [(1, False), (30, True)])
def test_a_short_window_of_the_past_is_no_storm(days, speaks):
    body = dag(schedule="'@hourly'", start_date="START", end_date=f"START.add(days={days})", catchup="True")
    assert (said("DAG115", body) is not None) is speaks


CROWDED = "23 59 28,29,30 1,2,3,4,6,8,10,12 1,3,5 11 2031"


@pytest.mark.parametrize("code", ["DAG103", "DAG104", "DAG107", "DAG109", "DAG110", "DAG116"])
@pytest.mark.parametrize("start", ["datetime(2024, 12, 31, 23, 59, 59)", "pendulum.yesterday()"])
@pytest.mark.parametrize("schedule", [CROWDED, "*/5 0,2,4,6,8,10,12,14 1-7 * 0", "*/7 */5 13 */5 5"])
def test_messages_fit_into_a_line(code, start, schedule):
    message = said(code, dag(schedule=f"'{schedule}'", start_date=start))
    assert message is None or (len(message) <= LONGEST_MESSAGE and not message.endswith("..."))


def in_project(folder, name, body, **beside):
    """What is said of a DAG file `name` of a project with other files in it, by code."""
    (folder / ".git").mkdir()
    for other, text in beside.items():
        (folder / other.replace("_", ".")).write_text(text, encoding="utf-8")
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + body, encoding="utf-8")
    return {one.code: one.message for one in lint(SourceFile(name, HEAD + body, path), Settings())}


def test_the_zone_of_the_deployment_is_the_one_to_write(tmp_path):
    body = dag(schedule="'@daily'", start_date="datetime(2024, 1, 1)", catchup="False")
    message = in_project(tmp_path, "dags/a.py", body, airflow_cfg="[core]\ndefault_timezone = Asia/Seoul\n")[
        "DAG103"
    ]
    assert "in its default_timezone (here Asia/Seoul)" in message
    assert 'pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")' in message


def test_catchup_by_default_of_the_deployment_counts(tmp_path):
    body = dag(schedule="'@daily'", start_date="START")
    off = "ENV AIRFLOW__SCHEDULER__CATCHUP_BY_DEFAULT=False\n"
    assert "DAG102" not in in_project(tmp_path, "dags/a.py", body, Dockerfile=off)


@pytest.mark.parametrize(
    ("name", "silent"),
    [
        ("tests/dags/test_load.py", True),
        ("airflow/tests/unit/dags_broken/load.py", True),
        ("tests/dags/load.py", False),
        ("dags/tests/test_load.py", False),
        ("tests/test_load.py", False),
    ],
)
def test_dags_that_are_made_for_tests_are_left_alone(tmp_path, name, silent):
    body = dag(schedule="'@daily'", start_date="datetime.now()")
    assert (in_project(tmp_path, name, body) == {}) is silent


@pytest.mark.parametrize(
    ("settings", "speaks"),
    [
        ({}, True),
        ({"airflow_version": "3.1"}, True),
        ({"airflow_version": "2.10"}, False),
        ({"create_cron_data_intervals": True}, False),
    ],
)
def test_intervals_are_empty_in_airflow_3_unless_it_is_configured(settings, speaks):
    body = dag(
        task="EmptyOperator(task_id='t', doc='{{ data_interval_start }}')\n"
        "    Loader(task_id='l', window='{{ data_interval_start }} {{ data_interval_end }}')",
        schedule="'0 9 * * *'",
        start_date="START",
    )
    assert (said("DAG117", body, **settings) is not None) is speaks


def test_an_interval_comes_with_the_zone_of_the_dag_where_it_is_known():
    task = "Loader(task_id='l', window='{{ data_interval_start }} {{ data_interval_end }}')"
    given = dag(task=task, schedule="'0 9 * * *'", start_date="unknown")
    assert said("DAG117", given).endswith("write schedule=CronDataIntervalTimetable(...)")


@pytest.mark.parametrize(("end", "speaks"), [("", True), (", end_date=pendulum.datetime(2024, 2, 1)", False)])
def test_tasks_that_follow_upon_each_other_by_their_dates_are_meant(end, speaks):
    old = f"EmptyOperator(task_id='old'{end})"
    new = "EmptyOperator(task_id='new', start_date=pendulum.datetime(2024, 2, 1, tz='UTC'))"
    body = dag(task=f"{old}\n    {new}", schedule="'@daily'", start_date="START", catchup="True")
    assert (said("DAG118", body) is not None) is speaks
