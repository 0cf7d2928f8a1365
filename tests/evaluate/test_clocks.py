"""How far dates that move lie in the past."""

from datetime import timedelta

import libcst as cst
import pytest

from dag_lint.build.file import build_file
from dag_lint.known import Moving
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HEAD = """\
import time
import pendulum
import pytz
from airflow import DAG
from airflow.utils.dates import days_ago
from airflow.utils.timezone import make_aware
from dateutil.relativedelta import relativedelta
from datetime import date, datetime, time as clock, timedelta, timezone
from elsewhere import unknown
"""


def moving(expression):
    text = f'{HEAD}DAG("a", start_date={expression})\n'
    file = build_file(SourceFile("a.py", text), cst.parse_module(text), Settings())
    return file.dags[0].arguments.by_name["start_date"].value


@pytest.mark.parametrize(
    ("expression", "least", "most"),
    [
        ("datetime.now()", 0, 0),
        ("datetime.now(timezone.utc) - timedelta(days=2)", 2, 2),
        ("timedelta(days=1) + datetime.utcnow()", -1, -1),
        ("datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)", 0, 1),
        ("datetime.now().replace(hour=12)", -0.5, 0.5),
        ("datetime.now() - relativedelta(months=1)", 28, 31),
        ("datetime.combine(datetime.today() - timedelta(7), datetime.min.time())", 7, 8),
        ("datetime.combine(date.today(), clock(12))", -0.5, 0.5),
        ("days_ago(2)", 2, 3),
        ("days_ago(1, hour=12)", 0.5, 1.5),
        ("days_ago(n=1)", 1, 2),
        ('pendulum.today("UTC").add(days=-1)', 1, 2),
        ("pendulum.now().subtract(weeks=1)", 7, 7),
        ('pendulum.now().start_of("month")', 0, 31),
        ("pendulum.yesterday().in_timezone('Asia/Seoul')", 1, 2),
        ("pendulum.tomorrow()", -1, 0),
        ("pendulum.instance(datetime.now())", 0, 0),
        ("make_aware(days_ago(2))", 2, 3),
        ('pytz.timezone("Asia/Seoul").localize(datetime.now())', 0, 0),
        ("pendulum.DateTime.utcnow().naive()", 0, 0),
    ],
)
def test_how_far_back_is_known(expression, least, most):
    value = moving(expression)
    assert isinstance(value, Moving)
    assert (value.back, value.most) == (timedelta(days=least), timedelta(days=most))
    assert not value.is_date


@pytest.mark.parametrize(
    "expression",
    [
        "datetime(datetime.today().year, 1, 1)",
        'datetime.strptime(datetime.now().strftime("%Y"), "%Y")',
        "datetime.fromtimestamp(time.time())",
        "datetime.now() - timedelta(days=unknown)",
        "datetime.now() - unknown",
        "datetime.now().replace(day=1)",
        'pendulum.now().end_of("day")',
        "days_ago(unknown)",
        "datetime.combine(date.today(), unknown)",
    ],
)
def test_it_moves_and_nobody_knows_how_far_back(expression):
    value = moving(expression)
    assert isinstance(value, Moving)
    assert value.back is None or value.most is None


@pytest.mark.parametrize(
    "expression", ["date.today()", "datetime.now().date()", "date.today() - timedelta(1)"]
)
def test_a_date_without_a_time_of_day_is_told_apart(expression):
    assert moving(expression).is_date


@pytest.mark.parametrize(
    "expression", ["datetime.now() - datetime.now()", "pendulum.now().year", "unknown()"]
)
def test_what_is_no_date_does_not_move(expression):
    assert not isinstance(moving(expression), Moving)


@pytest.mark.parametrize(
    ("expression", "moment"),
    [
        ("make_aware(datetime(2024, 1, 1))", "2024-01-01T00:00:00+00:00"),
        # Airflow asks a zone of pytz to localize, which is right where tzinfo= is not.
        ('make_aware(datetime(2024, 1, 1), pytz.timezone("Asia/Seoul"))', "2024-01-01T00:00:00+09:00"),
        ("pendulum.instance(datetime(2024, 1, 1))", "2024-01-01T00:00:00+00:00"),
        ("pendulum.DateTime(2024, 1, 1)", "2024-01-01T00:00:00"),
    ],
)
def test_some_functions_give_a_date_its_zone(expression, moment):
    assert moving(expression).value.isoformat() == moment
