"""What Airflow's DAG object would hold."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from dag_lint.facts import UNKNOWN, DagFacts, dag_facts
from dag_lint.lint import understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HEAD = """\
import pendulum
from datetime import datetime, timedelta, timezone
from elsewhere import other
from airflow import DAG
"""
JUNE = datetime(2024, 6, 20, tzinfo=timezone.utc)


def facts(arguments: str, after: str = "", **settings: object) -> DagFacts:
    source = SourceFile("a.py", f'{HEAD}dag = DAG("a", {arguments})\n{after}\n')
    file = understand(source, Settings(**settings)).file  # type: ignore[arg-type]
    return dag_facts(file.dags[0], file)


@pytest.mark.parametrize(
    ("arguments", "catchup"),
    [
        ("catchup=True", True),
        ("catchup=False", False),
        ("catchup=None", None),
        ("catchup=other", UNKNOWN),
        ("catchup='no'", UNKNOWN),
        ("**other", UNKNOWN),
        ("schedule=None", UNKNOWN),
    ],
)
def test_catchup(arguments: str, catchup: object) -> None:
    assert facts(arguments).catchup is catchup


def test_catchup_by_default() -> None:
    assert facts("schedule=None", airflow_version="2.11").catchup is True
    assert facts("schedule=None", airflow_version="3.3").catchup is False
    assert facts("schedule=None", airflow_version="3.3", catchup_by_default=True).catchup is True
    assert facts("catchup=True", "dag.catchup = False").catchup is False


@pytest.mark.parametrize(
    ("arguments", "in_2", "in_3", "zone"),
    [
        ("start_date=datetime(2024, 6, 20)", JUNE, JUNE, "UTC"),
        ('start_date="2024-06-20"', JUNE, JUNE, "UTC"),
        ('start_date="soon"', UNKNOWN, UNKNOWN, UNKNOWN),
        ("start_date=other", UNKNOWN, UNKNOWN, UNKNOWN),
        ("start_date=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))", UNKNOWN, UNKNOWN, "+09:00"),
        ('default_args={"start_date": "2024-06-20"}', JUNE, JUNE, "UTC"),
        ('default_args={"start_date": datetime(2024, 6, 20)}', None, JUNE, "UTC"),
        ('default_args={"start_date": None}', None, None, "UTC"),
        ('default_args={"start_date": other}', UNKNOWN, UNKNOWN, UNKNOWN),
        ('default_args={"owner": "me"}', None, None, "UTC"),
        ("default_args={**other}", UNKNOWN, UNKNOWN, UNKNOWN),
        ("default_args=other", UNKNOWN, UNKNOWN, UNKNOWN),
        ("default_args=None", None, None, "UTC"),
    ],
)
def test_start_date_and_zone(arguments: str, in_2: object, in_3: object, zone: object) -> None:
    second, third = (facts(arguments, airflow_version=version) for version in ("2.11", "3.3"))
    assert (second.start_date, third.start_date) == (in_2, in_3)
    assert second.timezone == third.timezone == zone


def test_what_differs_between_the_versions_is_unknown_without_one() -> None:
    assert facts('default_args={"start_date": datetime(2024, 6, 20)}').start_date is UNKNOWN
    naive = "start_date=datetime(2024, 6, 20), default_args={'start_date': pendulum.datetime(2024, 1, 1, tz='CET')}"
    assert facts(naive).timezone is UNKNOWN
    assert repr(UNKNOWN) == "UNKNOWN"


def test_zones_have_the_names_that_airflow_shows() -> None:
    assert facts("start_date=datetime(2024, 1, 1, tzinfo=timezone(timedelta(0)))").timezone == "UTC"
    assert (
        facts("start_date=datetime(2024, 1, 1, tzinfo=timezone(-timedelta(hours=3, minutes=30)))").timezone
        == "-03:30"
    )
    assert facts("end_date=datetime(2024, 6, 20)", default_timezone="Asia/Seoul").end_date == datetime(
        2024, 6, 19, 15, tzinfo=timezone.utc
    )
