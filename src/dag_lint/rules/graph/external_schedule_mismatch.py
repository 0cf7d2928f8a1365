"""DAG514."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dag_lint.project.folders import dags_folder
from dag_lint.project.likeness import meant_by
from dag_lint.rule import Example, ProjectFinding, ProjectRule
from dag_lint.schedule.meeting import meeting
from dag_lint.settings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.project import DagSummary, FileSummary, Project, SensorSummary
    from dag_lint.schedule import Schedule

_NOTHING = timedelta(0)


class ExternalScheduleMismatch(ProjectRule):
    """An ExternalTaskSensor that waits for a run, a DAG or a task that does not exist.

    What happens
        The sensor looks for a run of the other DAG whose logical date is exactly its own, less its
        execution_delta. Where the two schedules differ there is no such run, ever, and the sensor waits until
        its timeout, which is seven days if none is set. So it does when the dag_id or the task_id is misspelled.

    What to write
        `execution_delta`, the time between the two logical dates: a DAG at five that waits for one at three has
        `execution_delta=timedelta(hours=2)`. Where no constant time fits every run, `execution_date_fn`.

    Known limits
        Schedules are compared where both are crons or presets and both time zones are known; lengths of time,
        assets and timetables of one's own are not. Nothing is said where only some runs have no counterpart and
        no delta helps, nor on the days on which a clock changes. A DAG that the project has not is another
        project's, unless one of its own has nearly that name.
    """

    code = "DAG514"
    name = "external-schedule-mismatch"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
# --- dags/load.py
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="0 3 * * *", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="write")
# --- dags/report.py
import pendulum
from airflow import DAG
from airflow.sensors.external_task import ExternalTaskSensor

with DAG("report", schedule="0 5 * * *", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    ExternalTaskSensor(task_id="wait", external_dag_id="load", failed_states=["failed"])
""",
        good="""\
# --- dags/load.py
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="0 3 * * *", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="write")
# --- dags/report.py
from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.sensors.external_task import ExternalTaskSensor

with DAG("report", schedule="0 5 * * *", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    ExternalTaskSensor(
        task_id="wait",
        external_dag_id="load",
        execution_delta=timedelta(hours=2),
        failed_states=["failed"],
    )
""",
    )

    def needs_others(self, file: FileSummary) -> bool:
        return bool(file.sensors)

    def check_project(self, file: FileSummary, project: Project) -> Iterator[ProjectFinding]:
        for sensor in file.sensors:
            wanted = sensor.external_dag_id
            found = project.dags(wanted.value)
            if not found:
                yield from self._unknown_dag(sensor, project)
            elif len(found) == 1:
                # Of two DAGs of one id nobody knows which one is meant.
                other, dag = found[0]
                if dag.sure and _folder(other) == _folder(file):
                    yield from self._unknown_tasks(sensor, dag)
                    yield from self._other_schedule(sensor, dag)

    def _unknown_dag(self, sensor: SensorSummary, project: Project) -> Iterator[ProjectFinding]:
        wanted = sensor.external_dag_id
        if project.may_have(wanted.value):
            return
        meant = meant_by(wanted.value, project.dag_ids())
        if meant is not None:
            text = f'no DAG of this project has the id "{wanted.value}", and the sensor waits in vain'
            yield self.project_finding(wanted.span or sensor.span, f'{text}; did you mean "{meant}"?')

    def _unknown_tasks(self, sensor: SensorSummary, dag: DagSummary) -> Iterator[ProjectFinding]:
        known = dag.task_ids
        for wanted in sensor.task_ids:
            if known is not None and wanted.value not in known:
                text = f'the DAG "{dag.dag_id}" has no task "{wanted.value}", and the sensor waits in vain'
                inside = [one for one in sorted(known) if one.endswith(f".{wanted.value}")]
                hint = f'; did you mean "{inside[0]}"?' if inside else did_you_mean(wanted.value, known)
                yield self.project_finding(wanted.span or sensor.span, text + hint)

    def _other_schedule(self, sensor: SensorSummary, dag: DagSummary) -> Iterator[ProjectFinding]:
        ours, theirs = sensor.dag.schedule, dag.schedule
        if sensor.follows_function or ours is None or theirs is None:
            return
        delta = _NOTHING if sensor.delta is None else sensor.delta.value
        found = meeting(ours, sensor.dag.timezone, theirs, dag.timezone, delta)
        if found is None or found.how_often == "always":
            return
        if found.how_often == "sometimes" and found.fit is None:
            return
        no_run = found.how_often == "never"
        if delta == _NOTHING:
            runs = "no run" if no_run else "not every run"
            fact = f'{runs} of "{dag.dag_id}" has the logical date of this one'
        else:
            runs = "no run" if no_run else "not always a run"
            fact = f'there is {runs} of "{dag.dag_id}" {_written(delta)} before this one'
        instead = (
            "write execution_date_fn=, as no execution_delta fits every run"
            if found.fit is None
            else f"write execution_delta={_written(found.fit)}"
            if found.fit
            else "leave execution_delta out"
        )
        place = sensor.external_dag_id.span if sensor.delta is None else sensor.delta.span
        zones = (ours.timezone or sensor.dag.timezone, theirs.timezone or dag.timezone)
        here, there = ("", "") if zones[0] == zones[1] else (f" in {zone}" for zone in zones)
        message = f"{fact}: {_shown(ours)}{here} here, {_shown(theirs)}{there} there; {instead}"
        yield self.project_finding(place or sensor.span, message)


def _folder(file: FileSummary) -> str | None:
    return dags_folder(file.location, file.root)


def _shown(schedule: Schedule) -> str:
    return f'"{schedule.written or " and ".join(schedule.crons)}"'


def _written(delta: timedelta) -> str:
    """A length of time as Python writes it: `timedelta(days=1, hours=2)`."""
    sign = "-" if delta < _NOTHING else ""
    seconds = abs(int(delta.total_seconds()))
    parts = [("days", seconds // 86400), ("hours", seconds // 3600 % 24)]
    parts += [("minutes", seconds // 60 % 60), ("seconds", seconds % 60)]
    return f"{sign}timedelta({', '.join(f'{name}={number}' for name, number in parts if number)})"
