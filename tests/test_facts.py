"""What Airflow's objects would hold, by version."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from dag_lint.facts import UNKNOWN, dag_facts, schedule_is_known, trigger_rule
from dag_lint.lint import understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

IMPORTS = """
import os, pendulum
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup
from airflow.utils.trigger_rule import TriggerRule
from nowhere import anything
"""
YEAR = datetime(2024, 1, 1, tzinfo=timezone.utc)
SEOUL = datetime(2023, 12, 31, 15, tzinfo=timezone.utc)


def read(text, version="3", **settings):
    given = Settings(airflow_version=version, **settings)
    return understand(SourceFile("dag.py", IMPORTS + text), given).file


def facts(arguments, version="3", later="", **settings):
    file = read(f'dag = DAG("d", schedule=None, {arguments})\n{later}', version, **settings)
    return dag_facts(file.dags[0], file)


def test_what_is_unknown_says_so():
    assert repr(UNKNOWN) == "UNKNOWN"


@pytest.mark.parametrize(
    ("arguments", "later", "two", "three", "either"),
    [
        ("", "", True, False, UNKNOWN),
        ("catchup=True", "", True, True, True),
        ("catchup=False", "", False, False, False),
        ("catchup=None", "", None, None, None),
        ("catchup=anything", "", UNKNOWN, UNKNOWN, UNKNOWN),
        ('catchup="no"', "", UNKNOWN, UNKNOWN, UNKNOWN),
        ("**anything", "", UNKNOWN, UNKNOWN, UNKNOWN),
        ('default_args={"catchup": False}', "", True, False, UNKNOWN),
        ("catchup=True", "dag.catchup = False", False, False, False),
    ],
)
def test_catchup(arguments, later, two, three, either):
    assert facts(arguments, "2", later).catchup is two
    assert facts(arguments, "3", later).catchup is three
    assert facts(arguments, None, later).catchup is either


@pytest.mark.parametrize("setting", [True, False])
def test_catchup_by_default_is_a_setting(setting):
    assert facts("", "3", catchup_by_default=setting).catchup is setting


@pytest.mark.parametrize(
    ("given", "start", "zone"),
    [
        ("datetime(2024, 1, 1)", YEAR, "UTC"),
        ("datetime(2024, 1, 1, tzinfo=timezone.utc)", YEAR, "UTC"),
        ("pendulum.datetime(2024, 1, 1)", YEAR, "UTC"),
        ('pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")', SEOUL, "Asia/Seoul"),
        ('datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Seoul"))', SEOUL, "Asia/Seoul"),
        ("datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=9)))", SEOUL, "+09:00"),
        ("datetime(2024, 1, 1, tzinfo=timezone(-timedelta(hours=3.5)))", YEAR.replace(hour=3, minute=30), "-03:30"),
        ("datetime(2024, 1, 1, tzinfo=timezone(timedelta(0)))", YEAR, "UTC"),
        ("None", None, "UTC"),
        ("anything", UNKNOWN, UNKNOWN),
        ("datetime.now()", UNKNOWN, UNKNOWN),
        ("3", UNKNOWN, UNKNOWN),
        ('"2024-01-01"', YEAR, "UTC"),
        ('"some day"', UNKNOWN, UNKNOWN),
    ],
)  # fmt: skip
def test_the_start_date_and_its_zone(given, start, zone):
    found = facts(f"start_date={given}")
    assert (found.start_date, found.timezone) == (start, zone)


@pytest.mark.parametrize("version", ["2", "3"])
def test_a_date_before_all_dates_is_not_known(version):
    given = "start_date=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))"
    assert facts(given, version).start_date is UNKNOWN


def test_the_default_timezone_counts_for_naive_dates():
    found = facts("start_date=datetime(2024, 1, 1)", default_timezone="Asia/Seoul")
    assert (found.start_date, found.timezone) == (SEOUL, "Asia/Seoul")
    assert facts("", default_timezone="Asia/Seoul").timezone == "Asia/Seoul"


@pytest.mark.parametrize(
    ("arguments", "two", "three", "zone"),
    [
        ('default_args={"start_date": datetime(2024, 1, 1)}', None, YEAR, "UTC"),
        ('default_args={"start_date": "2024-01-01"}', YEAR, YEAR, "UTC"),
        ('default_args={"start_date": pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")}', None, SEOUL, "Asia/Seoul"),
        ('default_args={"start_date": None}', None, None, "UTC"),
        ('default_args={"start_date": anything}', UNKNOWN, UNKNOWN, UNKNOWN),
        ('default_args={"start_date": datetime.now()}', None, UNKNOWN, UNKNOWN),
        ('default_args={"start_date": f"{anything}"}', UNKNOWN, UNKNOWN, UNKNOWN),
        ('default_args={"owner": "me"}', None, None, "UTC"),
        ("default_args=None", None, None, "UTC"),
        ("default_args=anything", UNKNOWN, UNKNOWN, UNKNOWN),
        ("default_args={**anything}", UNKNOWN, UNKNOWN, UNKNOWN),
        ("**anything", UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)  # fmt: skip
def test_the_start_date_of_default_args(arguments, two, three, zone):
    assert (facts(arguments, "2").start_date, facts(arguments, "2").timezone) == (two, zone)
    assert (facts(arguments, "3").start_date, facts(arguments, "3").timezone) == (three, zone)
    assert facts(arguments, None).start_date == (two if two == three else UNKNOWN)


@pytest.mark.parametrize(
    ("arguments", "later", "end"),
    [
        ("end_date=datetime(2024, 1, 1)", "", YEAR),
        ('default_args={"end_date": datetime(2024, 1, 1)}', "", None),
        ("", "dag.end_date = datetime(2024, 1, 1)", YEAR),
        ("end_date=anything", "", UNKNOWN),
    ],
)
def test_the_end_date_never_comes_from_default_args(arguments, later, end):
    assert facts(arguments, later=later).end_date == end


RULES = [
    ("", "", "all_success"),
    ("", 'trigger_rule="all_done"', "all_done"),
    ("", "trigger_rule=TriggerRule.ONE_FAILED", "one_failed"),
    ("", 'trigger_rule="dummy"', "always"),
    ("", 'trigger_rule="none_failed_or_skipped"', "none_failed_min_one_success"),
    ("", "trigger_rule=anything", UNKNOWN),
    ("", "**anything", UNKNOWN),
    ("", 'default_args={"trigger_rule": "all_done"}', "all_done"),
    ("", "default_args=anything", UNKNOWN),
    ("", "default_args={**anything}", UNKNOWN),
    ('default_args={"trigger_rule": "all_done"}', "", "all_done"),
    ('default_args={"trigger_rule": "all_done"}', 'trigger_rule="all_failed"', "all_failed"),
    ("default_args=anything", "", UNKNOWN),
    ("default_args=None", "", "all_success"),
    ("**anything", "", UNKNOWN),
]


@pytest.mark.parametrize(("dag", "task", "rule"), RULES)
def test_the_trigger_rule_of_a_task(dag, task, rule):
    file = read(
        f'with DAG("d", schedule=None, {dag}) as dag:\n    EmptyOperator(task_id="t", dag=dag, {task})'
    )
    assert trigger_rule(file.tasks[0]) == rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("t.as_teardown()", "all_done_setup_success"),
        ('t.trigger_rule = "all_done"', "all_done"),
        ('t.as_teardown()\n    t.trigger_rule = "always"', "always"),
    ],
)
def test_a_trigger_rule_set_later(line, rule):
    file = read(f'with DAG("d", schedule=None):\n    t = EmptyOperator(task_id="t")\n    {line}')
    assert trigger_rule(file.tasks[0]) == rule


def test_the_trigger_rule_of_the_groups_default_args():
    file = read(
        'with DAG("d", schedule=None, default_args={"trigger_rule": "always"}):\n'
        '    with TaskGroup("g", default_args={"trigger_rule": "all_done"}):\n        EmptyOperator(task_id="t")'
    )
    assert trigger_rule(file.tasks[0]) == "all_done"


@pytest.mark.parametrize(
    ("schedule", "known"), [("None", True), ('"@daily"', True), ("anything", False), ('"60 * * * *"', False)]
)
def test_a_schedule_is_known_when_airflow_takes_it_and_it_can_be_told(schedule, known):
    assert schedule_is_known(read(f'dag = DAG("d", schedule={schedule})').dags[0]) is known
