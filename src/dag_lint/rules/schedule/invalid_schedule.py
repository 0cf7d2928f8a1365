"""DAG106."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity
from dag_lint.known import Constant, Unknown
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import InvalidSchedule as Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile

_SCHEDULE_ARGUMENTS = ("schedule", "schedule_interval", "timetable")


class InvalidSchedule(Rule):
    """A schedule that Airflow refuses.

    What happens
        The file fails to import, and with it all of its DAGs: a cron expression with a field too few or a
        number out of range, a preset that does not exist, a number, a timedelta that is not positive, two
        schedules at once, or `@continuous` without `max_active_runs=1`.

    What to write
        A cron expression of five fields, one of the presets (`@hourly`, `@daily`, `@weekly`, `@monthly`,
        `@quarterly`, `@yearly`, `@once`, `@continuous`), a timedelta, a timetable, assets, or None.

    Known limits
        What only some versions of croniter refuse is no finding: `15W`, and ranges that wrap around
        (`FRI-MON`). Where airflow.cfg sets max_active_runs_per_dag to 1, `@continuous` needs nothing else.
    """

    code = "DAG106"
    name = "invalid-schedule"
    default = "on"
    severity = Severity.ERROR
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@dailly",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
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
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for dag in file.dags:
            given = [dag.arguments.by_name[name] for name in _SCHEDULE_ARGUMENTS if name in dag.arguments]
            if not given:
                continue
            if len(given) > 1 and all(_counts(argument.value) for argument in given):
                names = " and ".join(argument.name for argument in given)
                yield self.finding(given[-1].node, f"Airflow refuses {names} together; write schedule alone")
            elif isinstance(dag.schedule, Refused):
                yield self.finding(given[0].node, _message(dag.schedule))
            elif dag.schedule.kind == "continuous" and _may_overlap(dag):
                fact = "Airflow refuses @continuous with more than one active run at a time"
                yield self.finding(given[0].node, f"{fact}; write max_active_runs=1")


def _counts(value: Value) -> bool:
    """Whether an argument is surely there: for Airflow, None and an empty text are none."""
    return not isinstance(value, Unknown) and not (isinstance(value, Constant) and not value.value)


def _message(schedule: Refused) -> str:
    suggestion = schedule.suggestion
    instead = f'did you mean "{suggestion}"?' if suggestion is not None else _ANYTHING
    return f"Airflow refuses this schedule, as {schedule.reason}; {instead}"


_ANYTHING = "write five cron fields, a preset such as @daily, or a timedelta"


def _may_overlap(dag: Dag) -> bool:
    """Whether max_active_runs is known to be more than one: 16 when nobody sets it."""
    argument = dag.arguments.get("max_active_runs")
    if argument is None:
        return not dag.arguments.open_ended
    number = argument.value.value if isinstance(argument.value, Constant) else None
    return isinstance(number, int) and number > 1
