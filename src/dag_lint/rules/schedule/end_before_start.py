"""DAG113."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from dag_lint.dates import dates_in, start_of, start_of_task, written
from dag_lint.known import Constant
from dag_lint.rule import Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.dates import GivenDate
    from dag_lint.known import Value
    from dag_lint.model import DagFile


class EndBeforeStart(Rule):
    """An end_date before the start_date.

    What happens
        Airflow accepts it and never creates a run; a task whose end lies before its start is in no run. No
        message says so: the DAG stands in the list as if all were well.

    What to write
        An end_date after the start_date, or none. One that equals it gives a single run.

    Known limits
        A date with a time zone and one without are only compared when they lie more than a day apart.
    """

    code = "DAG113"
    name = "end-before-start"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@daily",
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    end_date=pendulum.datetime(2024, 12, 31, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    end_date=pendulum.datetime(2024, 12, 31, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for date in dates_in(file):
            start = _start_for(date) if date.name == "end_date" else None
            if start is None or not _lies_before(date.value, start):
                continue
            whose, never = _WORDS[date.to]
            fact = f"{whose} ends on {written(date.value)}, before its start on {written(start)}"
            yield self.finding(
                date.value.node, f"{fact}: {never}; write a later end_date, or none", *date.uses
            )


_WORDS = {
    "dag": ("the DAG", "it never runs"),
    "default_args": ("every task", "none of them ever runs"),
    "group": ("every task of the group", "none of them ever runs"),
    "task": ("the task", "it is in no run"),
}


def _start_for(date: GivenDate) -> Value | None:
    """The start that an end_date belongs to."""
    if date.task is not None:
        own = start_of_task(date.task)
        return own if own is not None or date.dag is None else start_of(date.dag)
    return None if date.dag is None else start_of(date.dag)


def _lies_before(end: Value, start: Value) -> bool:
    """Whether one moment surely lies before another; a naive one may be up to a day off."""
    first = end.value if isinstance(end, Constant) else None
    second = start.value if isinstance(start, Constant) else None
    if not isinstance(first, datetime) or not isinstance(second, datetime):
        return False
    if (first.tzinfo is None) == (second.tzinfo is None):
        return first < second
    return _in_utc(second) - _in_utc(first) > timedelta(days=1)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment
