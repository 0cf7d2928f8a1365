"""DAG117."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from dag_lint.dates import start_given
from dag_lint.facts import configured, configured_zone, zone_name
from dag_lint.known import Constant
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Schedule
from dag_lint.templates import rendered_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile, Handle, Task

_START, _END = "data_interval_start", "data_interval_end"
_JINJA = re.compile(r"\{[{%](?:(?!\{[{%]).)*?[%}]\}", re.DOTALL)
"""An expression or a statement; the search ends where another one begins, lest it go through the text each time."""
_NAME = re.compile(rf"(?<![\w.])(?:dag_run\.)?({_START}|{_END})\b")
_TRIGGERS = ("CronTriggerTimetable", "MultipleCronTriggerTimetable", "DeltaTriggerTimetable")
LONGEST_SCHEDULE = 20
"""Characters of a cron expression that the message has room for twice."""


class EmptyDataInterval(Rule):
    """A window from data_interval_start to data_interval_end under a schedule that has no data intervals.

    What happens
        Airflow 3 makes a trigger timetable of a cron expression, a preset or a timedelta: a run has a moment
        and covers nothing, so that both ends of its data interval are that moment. A query from
        `data_interval_start` to `data_interval_end` finds no row, and the task is green. In Airflow 2 the
        same DAG gets the hour, the day or the month before the run.

    What to write
        `schedule=CronDataIntervalTimetable("0 9 * * *", timezone="Asia/Seoul")`, or
        `DeltaDataIntervalTimetable(timedelta(hours=6))`, from `airflow.timetables.interval`: then a run covers
        what lies between it and the run before, in both versions. Or compute the start of the window from
        `data_interval_end`, with the length that you mean.

    Known limits
        Where create_cron_data_intervals = True is set elsewhere than in airflow.cfg, docker-compose, a
        Dockerfile or .env of the project, say so with the setting `create-cron-data-intervals`. Both ends have
        to be taken by one task, in its templates, its template files or the body of its callable; helpers are
        not followed, and an end that a callable only prints or logs does not count.
    """

    code = "DAG117"
    name = "empty-data-interval"
    default = "3"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import DAG

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    SQLExecuteQueryOperator(
        task_id="load",
        conn_id="warehouse",
        sql=\"\"\"
            INSERT INTO daily SELECT * FROM orders
            WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'
        \"\"\",
    )
""",
        good="""\
import pendulum
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import DAG
from airflow.timetables.interval import CronDataIntervalTimetable

with DAG(
    "load",
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    SQLExecuteQueryOperator(
        task_id="load",
        conn_id="warehouse",
        sql=\"\"\"
            INSERT INTO daily SELECT * FROM orders
            WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'
        \"\"\",
    )
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        if configured(file, "create_cron_data_intervals"):
            return
        empty = {dag for dag in file.dags if _is_empty(dag)}
        tasks = [task for task in file.tasks if task.dag in empty]
        taken: dict[int, dict[str, Handle]] = {
            id(task): dict(task.callable.interval_ends) if task.callable is not None else {} for task in tasks
        }
        for task, where, text in rendered_texts(file, tasks):
            for name in _ends_in(text):
                taken[id(task)].setdefault(name, where)
        for task in tasks:
            ends = taken[id(task)]
            if _START in ends and _END in ends and task.dag is not None:
                yield self.finding(ends[_END], _message(task.dag, file), *_uses(task))


def _uses(task: Task) -> tuple[Handle, ...]:
    """Where the file names the callable of another module."""
    return () if task.callable is None or task.callable.use is None else (task.callable.use,)


def _is_empty(dag: Dag) -> bool:
    """Whether a run of the DAG covers no time in Airflow 3."""
    schedule = dag.schedule
    if not isinstance(schedule, Schedule) or dag.may_be_sub_dag():
        return False
    if schedule.kind == "timetable":
        return schedule.timetable in _TRIGGERS and not schedule.interval
    return schedule.kind in ("cron", "preset", "delta")


def _ends_in(text: str) -> Iterator[str]:
    if _START in text or _END in text:
        for part in _JINJA.findall(text):
            yield from _NAME.findall(part)


def _message(dag: Dag, file: DagFile) -> str:
    fact = f"{_START} and {_END} are the same moment in Airflow 3, so what lies between is empty"
    schedule = dag.schedule
    if not isinstance(schedule, Schedule) or schedule.delta is not None:
        return f"{fact}; write schedule=DeltaDataIntervalTimetable(timedelta(...))"
    cron = schedule.written or (schedule.crons[0] if len(schedule.crons) == 1 else "")
    zone = schedule.timezone or _zone(dag, file)
    given = f'"{cron}", timezone="{zone}"' if 0 < len(cron) <= LONGEST_SCHEDULE and zone else "..."
    return f"{fact}; write schedule=CronDataIntervalTimetable({given})"


def _zone(dag: Dag, file: DagFile) -> str | None:
    """The zone in which Airflow reads the cron expression, None where that is not known."""
    start = start_given(dag)
    moment = start.value if isinstance(start, Constant) else None
    if not isinstance(moment, datetime):
        return None
    return zone_name(moment) if moment.tzinfo is not None else configured_zone(file) or "UTC"
