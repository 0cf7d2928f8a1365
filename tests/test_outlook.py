"""From a file to what will run: which facts count, and what is said when they are missing."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from dag_lint.outlook import BOTH, outlooks
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dag_lint.outlook import DagOutlook, FileOutlook

AT = datetime(2024, 6, 15, 10, 30, 20, tzinfo=timezone.utc)
HEAD = """\
import pendulum
import pytz
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
from airflow import DAG
from airflow.operators.empty import EmptyOperator
START = pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")
"""


def look(text: str, location: Path | None = None, **settings: object) -> FileOutlook:
    source = SourceFile("dags/a.py", HEAD + text, location)
    return outlooks(source, Settings(**settings), AT, 3)  # type: ignore[arg-type]


def one(arguments: str, body: str = "pass", before: str = "", **settings: object) -> DagOutlook:
    (dag,) = look(f'{before}\nwith DAG("a", {arguments}) as dag:\n    {body}\n', **settings).dags
    return dag


def first_runs(dag: DagOutlook) -> list[str | None]:
    """The logical date of the first run of each version."""
    return [
        f"{forecast.runs[0].logical_date:%Y-%m-%d %H:%M}" if forecast.runs else None
        for forecast in dag.forecasts
    ]


def test_a_dag_has_an_id_a_line_a_zone_and_both_versions() -> None:
    dag = one('schedule="@daily", start_date=START')
    assert (dag.dag_id, dag.line, dag.timezone, dag.unknown) == ("a", 9, "Asia/Seoul", ())
    assert tuple(forecast.airflow for forecast in dag.forecasts) == BOTH


def test_only_what_airflow_sees_is_shown() -> None:
    found = look(
        'DAG("nobody", schedule="@daily", start_date=START)\n'
        'dag = DAG("held", schedule="@daily", start_date=START)\n'
        'def factory():\n    return DAG("made", schedule="@daily", start_date=START)\n'
    )
    assert [dag.dag_id for dag in found.dags] == ["held"]
    assert found.unseen == 2
    assert look("x = 1\n").dags == ()


@pytest.mark.parametrize(
    ("start", "zone", "runs"),
    [
        ('pendulum.datetime(2024, 6, 20, tz="Asia/Seoul")', "Asia/Seoul", "2024-06-19 15:00"),
        ('datetime(2024, 6, 20, tzinfo=ZoneInfo("Asia/Seoul"))', "Asia/Seoul", "2024-06-19 15:00"),
        # Local mean time puts the start half an hour behind the midnight of that day.
        ('datetime(2024, 6, 20, tzinfo=pytz.timezone("Asia/Seoul"))', "Asia/Seoul", "2024-06-20 15:00"),
        ("datetime(2024, 6, 20, tzinfo=timezone.utc)", "UTC", "2024-06-20 00:00"),
        ("datetime(2024, 6, 20, tzinfo=timezone(timedelta(hours=9)))", "+09:00", "2024-06-19 15:00"),
        ("datetime(2024, 6, 20)", "UTC", "2024-06-20 00:00"),
    ],
)
def test_the_zone_of_the_start_date_is_that_of_the_schedule(start: str, zone: str, runs: str) -> None:
    dag = one(f'schedule="@daily", start_date={start}')
    assert dag.timezone == zone
    assert first_runs(dag) == [runs, runs]


def test_naive_dates_are_read_in_the_default_timezone() -> None:
    dag = one('schedule="@daily", start_date=datetime(2024, 6, 20)', default_timezone="Asia/Seoul")
    assert (dag.timezone, first_runs(dag)) == ("Asia/Seoul", ["2024-06-19 15:00"] * 2)


def test_a_naive_start_takes_its_zone_from_default_args_in_airflow_2() -> None:
    dag = 'schedule="@daily", start_date=datetime(2024, 6, 20), default_args={"start_date": START}'
    assert one(dag, airflow_version="2.11").timezone == "Asia/Seoul"
    assert one(dag, airflow_version="3.3").timezone == "UTC"


@pytest.mark.parametrize(
    ("arguments", "body"),
    [
        ('default_args={"start_date": datetime(2024, 6, 20)}', "EmptyOperator(task_id='a')"),
        ('default_args={"start_date": "2024-06-20"}', "EmptyOperator(task_id='a')"),
        ("catchup=True", "EmptyOperator(task_id='a', start_date=datetime(2024, 6, 20))"),
        ("start_date=None", "EmptyOperator(task_id='a', start_date=datetime(2024, 6, 20))"),
    ],
)
def test_where_a_start_date_may_stand(arguments: str, body: str) -> None:
    dag = one(f'schedule="@daily", {arguments}', body, airflow_version="2.11")
    assert first_runs(dag) == ["2024-06-20 00:00"]


@pytest.mark.parametrize(
    ("start", "in_2", "in_3"),
    [
        ("datetime.now()", None, "2024-06-16 00:00"),
        ("datetime.now() - timedelta(days=3)", "2024-06-14 00:00", "2024-06-15 00:00"),
        ("datetime.now(timezone.utc)", None, "2024-06-16 00:00"),
        ('datetime.now(ZoneInfo("Asia/Seoul"))', None, "2024-06-15 15:00"),
        ('pendulum.today("UTC").add(days=-1)', "2024-06-14 00:00", "2024-06-15 00:00"),
        ('pendulum.today("Asia/Seoul").add(days=-1)', "2024-06-13 15:00", "2024-06-14 15:00"),
        ('pendulum.yesterday("UTC")', "2024-06-14 00:00", "2024-06-15 00:00"),
        ("datetime.now().replace(minute=0, second=0)", None, "2024-06-16 00:00"),
    ],
)
def test_a_start_date_that_moves(start: str, in_2: str | None, in_3: str) -> None:
    dag = one(f'schedule="@daily", start_date={start}, catchup=False')
    assert first_runs(dag) == [in_2, in_3]
    second, third = dag.forecasts
    assert ("never runs" in second.notes[0]) is (in_2 is None)
    assert any("moves with every parse" in note for note in third.notes)


@pytest.mark.parametrize(
    ("start", "unknown"),
    [
        ("pendulum.now().add(days=-5)", ("timezone",)),
        ('pendulum.now("UTC").add(days=other())', ("start_date",)),
        ('pendulum.now("UTC").start_of("month")', ("start_date",)),
        ("datetime.now() - timedelta(days=999999)", ("start_date",)),
        ("pendulum.parse(other())", ("start_date", "timezone")),
        ('"soon"', ("start_date", "timezone")),
        ("datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))", ("start_date",)),
    ],
)
def test_a_start_date_that_is_not_known(start: str, unknown: tuple[str, ...]) -> None:
    dag = one(f'schedule="@daily", start_date={start}, catchup=False', before="from other import other")
    assert set(unknown) <= set(dag.unknown)
    assert dag.forecasts == ()


def test_only_what_decides_is_missed() -> None:
    unknown = "start_date=other(), end_date=other(), catchup=other()"
    assert one(f"schedule=None, {unknown}", before="from other import other").unknown == ()
    once = one(f'schedule="@once", {unknown}', before="from other import other")
    assert once.unknown == ("end_date", "start_date")
    timetable = (
        'schedule=CronTriggerTimetable("@daily", timezone="UTC"), start_date=pendulum.now().add(days=-5), '
        "catchup=False"
    )
    imported = "from airflow.timetables.trigger import CronTriggerTimetable"
    assert one(timetable, before=imported).unknown == ()


def test_an_invalid_schedule_needs_no_forecast() -> None:
    dag = one('schedule="60 * * * *", start_date=START')
    assert (dag.forecasts, dag.unknown) == ((), ())


def test_what_airflow_3_refuses_has_no_runs_there() -> None:
    for argument in ('schedule_interval="@daily"', "timetable=None"):
        second, third = one(f"{argument}, start_date=START").forecasts
        assert bool(second.runs) is ("interval" in argument)
        assert (third.runs, len(third.notes)) == ((), 1)
        assert "Airflow 3 refuses" in third.notes[0]


def test_no_schedule_at_all() -> None:
    second, third = one("start_date=START").forecasts
    assert second.timetable == "DeltaDataIntervalTimetable"
    assert third.timetable == "NullTimetable"


def test_sub_dags_run_with_their_parent() -> None:
    found = look(
        "from airflow.operators.subdag import SubDagOperator\n"
        'sub = DAG("a.b", schedule="@daily", start_date=START)\n'
        'with DAG("a", schedule="@daily", start_date=START):\n'
        '    SubDagOperator(task_id="b", subdag=sub)\n'
    )
    assert [dag.dag_id for dag in found.dags] == ["a"]


TEXT = 'with DAG("a", schedule="@daily", start_date=START, catchup=False):\n    pass\n'
CFG = "[scheduler]\ncreate_cron_data_intervals = True\n"


@pytest.mark.parametrize(("folder", "counts"), [("dags", True), (".", True), ("dags/team", False)])
def test_without_a_project_the_files_beside_the_folder_of_the_dags_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, counts: bool
) -> None:
    monkeypatch.setattr("dag_lint.outlook.project_root", lambda _: None)
    (tmp_path / ".env").write_text("AIRFLOW__SCHEDULER__CREATE_CRON_DATA_INTERVALS=True\n", encoding="utf-8")
    (dag,) = look(TEXT, tmp_path / folder / "a.py", airflow_version="3.3").dags
    assert (dag.forecasts[0].timetable == "CronDataIntervalTimetable") is counts


def test_in_a_project_the_files_up_to_its_root_count(project: Callable[..., Path]) -> None:
    root = project({"airflow.cfg": CFG, "dags/team/a.py": ""})
    (dag,) = look(TEXT, root / "dags" / "team" / ".." / "team" / "a.py", airflow_version="3.3").dags
    assert dag.forecasts[0].timetable == "CronDataIntervalTimetable"
    (chosen,) = look(
        TEXT, root / "dags/team/a.py", airflow_version="3.3", create_cron_data_intervals=False
    ).dags
    assert chosen.forecasts[0].timetable == "CronTriggerTimetable"
