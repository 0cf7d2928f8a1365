"""DAG104."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dag_lint.dates import clock_of, dates_in, lies_within_an_interval, start_of
from dag_lint.known import Constant, Moving
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import IMPLICIT_2X_SCHEDULE, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.dates import GivenDate
    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile


class MovingStartDate(Rule):
    """A start_date or end_date that is computed from a clock while the file is parsed.

    What happens
        The file is parsed every half minute or so, and each time the date is another one. Airflow 2 starts
        a run when a whole interval lies behind the start date: with `datetime.now()` that is never. With a
        start that lies further back, runs that were missed longer ago are never made up. Airflow 3 stores a
        new version of the DAG each time the date has moved, and has no `days_ago` any more.

    What to write
        A constant, `pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")`, and `catchup=False` when the runs since
        then are not wanted.

    Known limits
        A DAG without a schedule only suffers from it in Airflow 3; a schedule that cannot be read from the
        file is taken for one. What a helper in another package computes is not known.
    """

    code = "DAG104"
    name = "moving-start-date"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date=pendulum.now("Asia/Seoul"), catchup=False):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="Asia/Seoul"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for date in dates_in(file):
            clock = clock_of(date)
            if clock is None or (isinstance(date.value, Moving) and date.value.is_date):
                # A date without a time of day is refused by both versions: DAG114 says so.
                continue
            if date.dag is None or date.dag.may_be_sub_dag():
                # When it runs is decided elsewhere.
                continue
            claims = [
                claim
                for major, claim in ((2, _in_airflow_2(date, date.dag)), (3, _in_airflow_3(clock)))
                if claim is not None and file.target.admits(major)
            ]
            if file.target.major == 2 and claims and clock == "days_ago()":
                claims.append(_in_airflow_3(clock))
            if claims:
                fact = f"{date.name} moves with {clock}: {', and '.join(claims)}"
                yield self.finding(
                    date.value.node, f"{fact}; write a constant pendulum.datetime(...)", *date.uses
                )


def _in_airflow_2(date: GivenDate, dag: Dag) -> str | None:
    schedule = _schedule_in_airflow_2(dag)
    if schedule is None:
        # Started by hand, by assets or once: the run comes, whatever the date is.
        return None
    if date.name == "end_date":
        return (
            "in Airflow 2 the end is never reached"
            if _never_ends(date.value)
            else "in Airflow 2 the end moves on"
        )
    if not lies_within_an_interval(date.value, schedule):
        return "in Airflow 2 a run that was missed before it is lost"
    start = start_of(dag)
    if isinstance(start, Moving):
        return "Airflow 2 never runs the DAG, with no whole interval behind it"
    if isinstance(start, Constant):
        who = "the task" if date.to == "task" else "the tasks"
        return f"Airflow 2 leaves {who} out of every run, as each begins before it"
    return "in Airflow 2 a run that was missed before it is lost"


def _in_airflow_3(clock: str) -> str:
    if clock == "days_ago()":
        return "Airflow 3 has no days_ago"
    return "Airflow 3 makes a new DAG version each time"


def _never_ends(value: Value) -> bool:
    return isinstance(value, Moving) and value.most is not None and value.most <= timedelta(0)


def _schedule_in_airflow_2(dag: Dag) -> Schedule | None:
    """The schedule by which the clock starts a DAG, or may do so; None when it surely does not."""
    if dag.schedule_argument is None:
        return None if dag.arguments.open_ended else IMPLICIT_2X_SCHEDULE
    schedule = dag.schedule
    if not isinstance(schedule, Schedule):
        return None
    return schedule if schedule.is_timed or schedule.kind == "unknown" else None
