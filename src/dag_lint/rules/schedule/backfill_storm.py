"""DAG115."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dag_lint.dates import start_given, written
from dag_lint.known import Constant
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Schedule, rhythm_of, runs_per_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile

MANY_A_DAY = 3
FEW_RUNS = 100


class BackfillStorm(Rule):
    """catchup=True on a frequent schedule, and nothing that bounds the runs at one time.

    What happens
        Un-pausing the DAG creates every run since its start date, and 16 of them (the default of
        max_active_runs) work at once: on the pool, the database and the service that the tasks call.

    What to write
        `max_active_runs=1`, or as many as the source can bear; `catchup=False` when the past is not wanted.

    Known limits
        Where airflow.cfg sets max_active_runs_per_dag, that number holds instead of 16.
    """

    code = "DAG115"
    name = "backfill-storm"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="*/5 * * * *",
    start_date=pendulum.datetime(2016, 1, 1, tz="UTC"),
    catchup=True,
):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="*/5 * * * *",
    start_date=pendulum.datetime(2016, 1, 1, tz="UTC"),
    catchup=True,
    max_active_runs=1,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for dag in file.dags:
            catchup = dag.assigned.get("catchup") or dag.arguments.get("catchup")
            if catchup is None or not isinstance(catchup.value, Constant) or catchup.value.value is not True:
                continue
            if (
                "max_active_runs" in dag.arguments
                or "max_active_runs" in dag.assigned
                or dag.arguments.open_ended
            ):
                continue
            if dag.may_be_sub_dag():
                # It has the runs of the DAG around it.
                continue
            per_year, start, end = _runs_per_year(dag), _moment(start_given(dag)), _end_of(dag)
            if per_year is None or start is None:
                continue
            if end is not None and _runs_between(start, end, per_year) <= FEW_RUNS:
                # A short window of the past is no storm.
                continue
            yield self.finding(catchup.node, _message(dag, per_year))


def _runs_per_year(dag: Dag) -> int | None:
    """The runs of a year, None when they are few or cannot be known."""
    schedule = dag.schedule
    rhythm = rhythm_of(schedule) if isinstance(schedule, Schedule) and schedule.is_timed else None
    if rhythm is None or rhythm.per_day <= MANY_A_DAY or not isinstance(schedule, Schedule):
        return None
    return runs_per_year(schedule)


def _moment(value: Value | None) -> datetime | None:
    moment = value.value if isinstance(value, Constant) else None
    return moment if isinstance(moment, datetime) else None


def _end_of(dag: Dag) -> datetime | None:
    end = dag.assigned.get("end_date") or dag.arguments.get("end_date")
    return None if end is None else _moment(end.value)


def _runs_between(start: datetime, end: datetime, per_year: int) -> float:
    return (end.replace(tzinfo=None) - start.replace(tzinfo=None)).days * per_year / 365


def _message(dag: Dag, per_year: int) -> str:
    end = dag.assigned.get("end_date") or dag.arguments.get("end_date")
    until = written(end.value) if end is not None else None
    since = written(start_given(dag))
    return (
        f"catchup=True without max_active_runs creates {per_year:,} runs for each year"
        f" {f'from {since} to {until}' if until is not None else f'since {since}'},"
        " and works on 16 of them at once; write max_active_runs=1, or what the source can bear"
    )
