"""DAG102."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dag_lint.dates import start_given, start_of, written
from dag_lint.facts import configured
from dag_lint.known import Constant, Moving
from dag_lint.remedy import AddArgument, CodeOf
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import IMPLICIT_2X_SCHEDULE, Schedule, rate_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile
    from dag_lint.remedy import Remedy


class MissingCatchup(Rule):
    """A DAG on a time schedule that does not say whether it catches up.

    What happens
        In Airflow 2, catchup_by_default is True: when the DAG is un-paused, a run is created for every
        interval since its start date, as fast as the DAG's max_active_runs allows. An hourly DAG that
        starts a year back has 8,760 of them. Airflow 3 does the opposite, so that the same file behaves
        differently after the upgrade.

    What to write
        `catchup=False` to begin with the latest interval, or `catchup=True` when the past is wanted; in the
        call of the DAG, as default_args do not reach it. A later `dag.catchup = False` counts as well.

    Known limits
        Where catchup_by_default = False is set elsewhere than in airflow.cfg, docker-compose, a Dockerfile or
        .env of the project, say so with the setting `catchup-by-default`.
        Nothing is said of timetables of your own, of schedules that cannot be read from the file, and of
        DAGs whose start date moves: those have nothing to catch up with.
    """

    code = "DAG102"
    name = "missing-catchup"
    default = "2"
    fix = "unsafe"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@hourly", start_date=pendulum.datetime(2023, 3, 1, tz="UTC")):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@hourly", start_date=pendulum.datetime(2023, 3, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        by_default = configured(file, "catchup_by_default")
        if by_default is False:
            return
        if not file.target.admits(2) and not by_default:
            # Airflow 3 catches up only where it is told to.
            return
        for dag in file.dags:
            if "catchup" in dag.arguments or "catchup" in dag.assigned or dag.arguments.open_ended:
                continue
            if dag.may_be_sub_dag():
                # Its runs are those of the DAG around it.
                continue
            rate = _rate(dag)
            if rate is None:
                # Not started by the clock, or at times that cannot be known.
                continue
            start = start_given(dag)
            if start is None and dag.schedule_argument is None:
                # Airflow 2 refuses a schedule without a start; without either, that of the tasks will do.
                start = start_of(dag)
            if start is None or isinstance(start, Moving):
                # Without a start no run is created, and one that moves leaves nothing behind.
                continue
            yield self.finding(dag.callee, _message(dag, rate, start, file), remedy=self._remedy(dag))

    def _remedy(self, dag: Dag) -> Remedy:
        given = dag.default_args.get("catchup") if dag.default_args is not None else None
        if given is None:
            return self.remedy("Add catchup=False", AddArgument(dag.node, "catchup", False))
        copy = AddArgument(dag.node, "catchup", CodeOf(given.value_node))
        return self.remedy("Give the DAG the catchup of its default_args", copy)


def _rate(dag: Dag) -> str | None:
    schedule = dag.schedule
    if dag.schedule_argument is None:
        # Only asked where Airflow 2 may be the target: there it means daily.
        schedule = IMPLICIT_2X_SCHEDULE
    if not isinstance(schedule, Schedule) or not schedule.is_timed:
        return None
    return rate_in_words(schedule)


def _message(dag: Dag, rate: str, start: Value, file: DagFile) -> str:
    in_vain = dag.default_args is not None and dag.default_args.get("catchup") is not None
    fact = "catchup in default_args does not count" if in_vain else "no catchup"
    airflow = "Airflow 2" if file.target.admits(2) else "Airflow, with your catchup_by_default,"
    since = written(start)
    runs = f"every run since {since}" if since is not None else "every run since its start_date"
    end = dag.arguments.get("end_date")
    if end is not None and isinstance(end.value, Constant) and isinstance(end.value.value, datetime):
        runs += f" until {written(end.value)}"
    how = ", its default without a schedule" if dag.schedule_argument is None else ""
    return (
        f"{fact}: {airflow} creates {runs}, {rate}{how}, when the DAG is un-paused;"
        " write catchup=False, or catchup=True if you want them"
    )
