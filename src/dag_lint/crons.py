"""The cron expressions of a file: in schedules and in timetables, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.schedule import Cron, Schedule, parse_cron

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Handle
    from dag_lint.model import Dag, DagFile


@dataclass(frozen=True, slots=True)
class GivenCron:
    """A cron expression that Airflow accepts. `node`: the schedule of the DAG, as the call gives it."""

    cron: Cron
    dag: Dag
    node: Handle

    @property
    def as_schedule(self) -> Schedule:
        """The expression alone, to be put into words."""
        return Schedule("cron", self.cron.text, self.cron.text, crons=(self.cron.text,))


def crons_in(file: DagFile) -> Iterator[GivenCron]:
    """All cron expressions by which DAGs of a file run; presets are none, as nobody wrote their fields."""
    for dag in file.dags:
        schedule, argument = dag.schedule, dag.schedule_argument
        if argument is None or not isinstance(schedule, Schedule) or schedule.kind == "preset":
            continue
        for text in schedule.crons:
            cron = parse_cron(text)
            if isinstance(cron, Cron):
                yield GivenCron(cron, dag, argument.node)
