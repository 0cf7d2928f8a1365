"""DAG118."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from dag_lint.dates import dates_in, start_of, written
from dag_lint.known import Constant
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile


class TaskStartDate(Rule):
    """A task that starts later than its DAG.

    What happens
        Airflow leaves the task out of all runs from before its start_date. Those runs succeed without it, and
        what stands behind it in them runs at once.

    What to write
        No start_date for tasks: the DAG's holds for all of them. For work that begins later, a DAG of its
        own, or a task that is skipped until then.

    Known limits
        Some add a task to a running DAG and give it a start_date on purpose, so that old runs stay as they
        are. Where a task of the DAG has an end_date of its own, tasks follow upon each other, and nothing is
        said.
    """

    code = "DAG118"
    name = "task-start-date"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=True):
    EmptyOperator(task_id="start", start_date=pendulum.datetime(2024, 3, 1, tz="UTC"))
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=True):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        # Asked once for each DAG, however many of its tasks have a date.
        start_of_dag, has_ends = cache(start_of), cache(_has_ends)
        for date in dates_in(file):
            if date.name != "start_date" or date.to not in ("task", "group") or date.dag is None:
                continue
            if not _is_scheduled(date.dag):
                # A run that is started by hand is of today.
                continue
            if has_ends(date.dag):
                # Tasks that follow upon each other on a date are meant that way.
                continue
            start = start_of_dag(date.dag)
            if start is None or not _lies_after(date.value, start):
                continue
            who = "the task" if date.to == "task" else "each task of the group"
            fact = f"{who} starts on {written(date.value)} and its DAG on {written(start)}"
            yield self.finding(
                date.value.node,
                f"{fact}: it is left out of the runs before; remove its start_date",
                *date.uses,
            )


def _has_ends(dag: Dag) -> bool:
    return any("end_date" in task.arguments or "end_date" in task.assigned for task in dag.tasks)


def _is_scheduled(dag: Dag) -> bool:
    if not isinstance(dag.schedule, Schedule) or dag.may_be_sub_dag():
        return False
    return dag.schedule.is_timed or dag.schedule.kind == "once"


def _lies_after(value: Value, start: Value) -> bool:
    """Whether a moment surely lies after another: both are constant, and both have a zone or none."""
    later = value.value if isinstance(value, Constant) else None
    first = start.value if isinstance(start, Constant) else None
    if not isinstance(later, datetime) or not isinstance(first, datetime):
        return False
    return (later.tzinfo is None) == (first.tzinfo is None) and later > first
