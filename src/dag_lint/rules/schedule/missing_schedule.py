"""DAG112."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.dates import start_given
from dag_lint.known import Constant
from dag_lint.remedy import AddArgument, CodeOf
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import InvalidSchedule, schedule_from_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Entry
    from dag_lint.model import Dag, DagFile
    from dag_lint.remedy import Remedy

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
    fix = "unsafe"
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
            message = f"{_fact(dag)}: {_happens(file)}; {_INSTEAD}"
            yield self.finding(dag.callee, message, remedy=self._remedy(dag, file))

    def _remedy(self, dag: Dag, file: DagFile) -> Remedy | None:
        name = file.schedule_keyword()
        given = _in_default_args(dag)
        if start_given(dag) is None and file.target.admits(2):
            # Airflow 2 refuses an explicit schedule without a start.
            return None
        if given is not None:
            constant = given.value.value if isinstance(given.value, Constant) else None
            if isinstance(schedule_from_value(constant), InvalidSchedule):
                return None
            copy = AddArgument(dag.node, name, CodeOf(given.value_node))
            return self.remedy("Give the DAG the schedule of its default_args", copy)
        if file.target.major is None:
            # What the author relies on depends on the version.
            return None
        meant = "@daily" if file.target.major == 2 else None
        shown = f'"{meant}"' if meant is not None else "None"
        return self.remedy(f"Add {name}={shown}", AddArgument(dag.node, name, meant))


_INSTEAD = 'write schedule="@daily", or schedule=None to start it by hand'


def _fact(dag: Dag) -> str:
    for name in _SCHEDULE_ARGUMENTS:
        if dag.default_args is not None and dag.default_args.get(name) is not None:
            return f"{name} in default_args does not count"
    return "no schedule"


def _in_default_args(dag: Dag) -> Entry | None:
    """The schedule that stands where it does not count."""
    if dag.default_args is None:
        return None
    entries = (dag.default_args.get(name) for name in _SCHEDULE_ARGUMENTS)
    return next((entry for entry in entries if entry is not None), None)


def _happens(file: DagFile) -> str:
    daily, never = "Airflow 2 runs the DAG daily", "Airflow 3 never runs it by itself"
    if file.target.major == 2:
        return daily
    return never if file.target.major == 3 else f"{daily}, {never}"
