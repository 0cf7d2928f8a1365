"""DAG105."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.dates import start_given, start_of_task
from dag_lint.diagnostic import Severity
from dag_lint.known import Constant
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile

_REFUSED_WHATEVER_TASKS_SAY = (2, 8)


class MissingStartDate(Rule):
    """A scheduled DAG without a start_date.

    What happens
        Airflow 2 refuses the file: `ValueError: DAG is missing the start_date parameter`. From 2.8 on, a
        start_date of the tasks does not help. Airflow 3 takes it, and begins with the next run; with
        `catchup=True` it refuses as well, since there is no date to catch up from.

    What to write
        `start_date=pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")`, in the call of the DAG or in its
        default_args.

    Known limits
        Nothing is said of a DAG whose default_args or other arguments cannot be read from the file.
    """

    code = "DAG105"
    name = "missing-start-date"
    default = "2"
    severity = Severity.ERROR
    since = "0.1.0"
    example = Example(
        bad="""\
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", catchup=False):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for dag in file.dags:
            if start_given(dag) is not None or _is_in(dag, "default_args"):
                continue
            if dag.schedule_argument is None or not isinstance(dag.schedule, Schedule):
                # Without a schedule no start is needed, and what Airflow refuses is DAG106's.
                continue
            if dag.schedule.kind in ("none", "unknown") or dag.may_be_sub_dag():
                continue
            who = _who_refuses(dag, file)
            if who is not None:
                instead = "write start_date=pendulum.datetime(...)"
                yield self.finding(dag.callee, f"no start_date: {who} a scheduled DAG without one; {instead}")


def _is_in(dag: Dag, name: str) -> bool:
    """Whether default_args hold a start_date, be it None: Airflow only looks whether it is there."""
    return dag.default_args is not None and dag.default_args.get("start_date") is not None


def _who_refuses(dag: Dag, file: DagFile) -> str | None:
    """Who refuses a DAG that has a schedule and no start, None when nobody surely does."""
    if not file.target.admits(2):
        return "Airflow 3 refuses, with catchup=True," if _catches_up(dag) else None
    if any(task.certain and start_of_task(task) is None for task in dag.tasks):
        return "Airflow 2 refuses"
    version = _version(file)
    if version is not None and version < _REFUSED_WHATEVER_TASKS_SAY:
        return None
    return "Airflow 2 (from 2.8 on) refuses" if version is None else "Airflow 2 refuses"


def _version(file: DagFile) -> tuple[int, ...] | None:
    """The target version, None when only the major one is known."""
    numbers = (file.target.version or "").split(".")[:2]
    return tuple(map(int, numbers)) if len(numbers) == 2 and all(map(str.isdigit, numbers)) else None


def _catches_up(dag: Dag) -> bool:
    catchup = dag.arguments.get("catchup")
    return catchup is not None and isinstance(catchup.value, Constant) and catchup.value.value is True
