"""The dates of a file: where they are given, whom they are for, and when a DAG starts."""

import libcst as cst
import pytest

from dag_lint.build.file import build_file
from dag_lint.dates import clock_of, dates_in, gives_zone, in_pendulum, start_of, written
from dag_lint.known import Constant, Moving, Unknown
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HEAD = """\
from datetime import datetime, timedelta, timezone
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup
START = pendulum.datetime(2024, 1, 1, tz="UTC")
NAIVE = datetime(2024, 1, 1)
"""


def file_of(body):
    text = HEAD + body
    return build_file(SourceFile("dags/a.py", text), cst.parse_module(text), Settings())


def dag_of(body):
    return file_of(body).dags[0]


def test_every_date_is_found_where_it_is_given():
    file = file_of(
        'with DAG("a", start_date=START, end_date=NAIVE, default_args={"start_date": NAIVE}) as dag:\n'
        '    with TaskGroup("g", default_args={"end_date": START}):\n'
        '        EmptyOperator(task_id="t", start_date=START)\n'
        "dag.end_date = START\n"
        'EmptyOperator(task_id="alone", end_date=START, default_args={"start_date": NAIVE})\n'
    )
    assert [(date.name, date.to, date.dag is not None) for date in dates_in(file)] == [
        ("start_date", "dag", True),
        ("end_date", "dag", True),
        ("start_date", "default_args", True),
        ("end_date", "group", True),
        ("start_date", "task", True),
        ("end_date", "task", False),
        ("start_date", "task", False),
    ]


def test_a_date_that_may_be_one_of_several_gives_those_that_tell_something():
    file = file_of(
        "from elsewhere import testing\n"
        "def since():\n"
        "    if testing:\n"
        "        return datetime.now()\n"
        "    return START\n"
        'DAG("a", start_date=since())\n'
    )
    assert [clock_of(date) for date in dates_in(file)] == ["datetime.now()"]


def test_what_a_class_of_the_project_keeps_to_itself_is_no_date_of_the_task():
    file = file_of(
        "class Loader(EmptyOperator):\n"
        "    def __init__(self, start_date, **arguments):\n"
        "        super().__init__(**arguments)\n"
        "        self.since = start_date\n"
        'Loader(task_id="a", start_date=NAIVE, end_date=NAIVE)\n'
    )
    assert [date.name for date in dates_in(file)] == ["end_date"]


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ('DAG("a", start_date=START, default_args={"start_date": START.add(days=1)})', "2024-01-01"),
        ('DAG("a", start_date=None, default_args={"start_date": START.add(days=1)})', "2024-01-02"),
        ('DAG("a", default_args={"start_date": "2024-02-03"})', "2024-02-03"),
        ('dag = DAG("a")\ndag.start_date = START.add(hours=6)', "2024-01-01 06:00"),
        (
            (
                'with DAG("a"):\n'
                '    EmptyOperator(task_id="a", start_date=START.add(days=2))\n'
                '    EmptyOperator(task_id="b", start_date=START.add(days=1))\n'
                '    EmptyOperator(task_id="c")'
            ),
            "2024-01-02",
        ),
        (
            (
                'with DAG("a"):\n'
                '    EmptyOperator(task_id="a", start_date=pendulum.now())\n'
                '    EmptyOperator(task_id="b", default_args={"start_date": START})'
            ),
            "2024-01-01",
        ),
    ],
)
def test_a_dag_starts_by_its_own_date_else_by_default_args_else_with_its_earliest_task(body, start):
    assert written(start_of(dag_of(body))) == start


@pytest.mark.parametrize(
    "body", ['DAG("a")', 'DAG("a", default_args={"retries": 1})', 'DAG("a", default_args=None)']
)
def test_a_dag_may_have_no_start(body):
    assert start_of(dag_of(body)) is None


@pytest.mark.parametrize(
    "body",
    [
        'DAG("a", **given)',
        'DAG("a", default_args=given)',
        'DAG("a", default_args={**given})',
        'with DAG("a"):\n    build(given)',
        'with DAG("a"):\n    EmptyOperator(task_id="a", **given)',
        (
            'with DAG("a"):\n'
            '    EmptyOperator(task_id="a", start_date=NAIVE)\n'
            '    EmptyOperator(task_id="b", start_date=START)'
        ),
    ],
)
def test_what_may_start_a_dag_is_unknown_and_not_nothing(body):
    assert isinstance(start_of(dag_of(f"from elsewhere import build, given\n{body}")), Unknown)


def test_a_moving_start_stays_one():
    assert isinstance(start_of(dag_of('DAG("a", start_date=pendulum.now())')), Moving)


@pytest.mark.parametrize(
    ("arguments", "giving"),
    [
        ("start_date=NAIVE", ["dag"]),
        ('start_date=NAIVE, default_args={"start_date": START}', []),
        ('default_args={"start_date": START}', ["default_args"]),
        ('start_date=START, default_args={"retries": 1}, end_date=NAIVE', ["dag"]),
    ],
)
def test_the_zone_of_a_schedule_is_that_of_the_start(arguments, giving):
    assert [date.to for date in dates_in(file_of(f'DAG("a", {arguments})')) if gives_zone(date)] == giving


@pytest.mark.parametrize(
    ("arguments", "clock"),
    [
        ("start_date=datetime.now() - timedelta(days=1)", "datetime.now()"),
        ("start_date=START", None),
        ('default_args={"start_date": pendulum.now().strftime("%Y-%m-%d")}', "pendulum.now()"),
        ('start_date=pendulum.now().strftime("%Y-%m-%d")', None),
    ],
)
def test_a_date_may_come_from_a_clock(arguments, clock):
    (date,) = dates_in(file_of(f'DAG("a", {arguments})'))
    assert clock_of(date) == clock


def test_a_date_is_written_as_it_should_be():
    moment = start_of(dag_of('DAG("a", start_date=datetime(2024, 1, 1, 6, 0, 30))'))
    assert isinstance(moment, Constant)
    assert in_pendulum(moment.value, "UTC") == 'pendulum.datetime(2024, 1, 1, 6, 0, 30, tz="UTC")'
    assert written(Unknown()) is None
    assert written(Constant("soon")) is None
