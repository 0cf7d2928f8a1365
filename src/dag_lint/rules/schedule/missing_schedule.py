"""DAG112."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.rule import Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile

_SCHEDULE_ARGUMENTS = ("schedule", "schedule_interval", "timetable")


class MissingSchedule(Rule):
    """A DAG that does not say when it runs.

    What happens
        Airflow 2 runs it daily, Airflow 3 never runs it by itself: the upgrade stops it without a word.

    What to write
        `schedule="@daily"` or whatever is meant, and `schedule=None` for a DAG that is started by hand or by
        another DAG. In the call of the DAG: default_args do not reach it.

    Known limits
        Nothing is said of a DAG that a SubDagOperator runs, nor where `**kwargs` may hold the schedule.
    """

    code = "DAG112"
    name = "missing-schedule"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for dag in file.dags:
            if dag.arguments.open_ended or any(
                name in dag.arguments or name in dag.assigned for name in _SCHEDULE_ARGUMENTS
            ):
                continue
            if dag.may_be_sub_dag():
                # It runs when the DAG around it does.
                continue
            yield self.finding(dag.callee, f"{_fact(dag)}: {_happens(file)}; {_INSTEAD}")


_INSTEAD = 'write schedule="@daily", or schedule=None to start it by hand'


def _fact(dag: Dag) -> str:
    for name in _SCHEDULE_ARGUMENTS:
        if dag.default_args is not None and dag.default_args.get(name) is not None:
            return f"{name} in default_args does not count"
    return "no schedule"


def _happens(file: DagFile) -> str:
    daily, never = "Airflow 2 runs the DAG daily", "Airflow 3 never runs it by itself"
    if file.target.major == 2:
        return daily
    return never if file.target.major == 3 else f"{daily}, {never}"
