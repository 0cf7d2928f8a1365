"""DAG103."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dag_lint.dates import dates_in, gives_zone, in_pendulum
from dag_lint.facts import configured_zone, zone_to_write
from dag_lint.known import Constant, Naive
from dag_lint.remedy import MakeAware
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Cron, Schedule, parse_cron

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.dates import GivenDate
    from dag_lint.model import DagFile


LONGEST_CRON = 20
"""Characters of a cron expression that the message has room for."""
_NO_CLOCK = ("none", "once", "continuous", "assets")


class NaiveStartDate(Rule):
    """A start_date or end_date that is a datetime without a time zone.

    What happens
        Airflow reads it in `[core] default_timezone`, which is UTC unless somebody set it. The zone of the
        start date is also the zone of the schedule: `0 9 * * *` is nine o'clock in UTC, which is 18:00 in
        Seoul, and it changes for all DAGs at once when the configuration does.

    What to write
        `pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")`, or any aware datetime: `tzinfo=ZoneInfo(...)`,
        `tzinfo=timezone.utc`. When UTC is meant, saying so keeps the DAG as it is.

    Known limits
        `pendulum.datetime(2024, 1, 1)` is aware, in UTC, and no finding. Nor is a text in default_args,
        which Airflow parses, nor the date of a DAG that no clock starts (None, @once, @continuous, assets) or
        that runs every hour of every day, as then no zone moves a run. A team whose every DAG is in UTC loses
        nothing by a naive date.
    """

    code = "DAG103"
    name = "naive-start-date"
    default = "on"
    fix = "unsafe"
    since = "0.1.0"
    example = Example(
        bad="""\
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("report", schedule="0 9 * * *", start_date=datetime(2024, 1, 1), catchup=False):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "report",
    schedule="0 9 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="Asia/Seoul"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for date in dates_in(file):
            zone = configured_zone(file) if isinstance(date.value, (Naive, Constant)) else None
            if isinstance(date.value, Naive):
                instead = "write .replace(tzinfo=timezone.utc) behind it, or your own zone"
            elif isinstance(date.value, Constant) and isinstance(date.value.value, datetime):
                if date.value.value.tzinfo is not None:
                    continue
                instead = f"write {in_pendulum(date.value.value, zone or 'UTC')}, or your own zone"
            else:
                # A date that moves is DAG104's, one of another type DAG114's; anything else is not known.
                continue
            if _no_clock(date, file):
                # Nothing is counted from the date.
                continue
            meant = zone_to_write(file)
            remedy = self.remedy(f"Give the date the time zone {meant}", MakeAware(date.value.node, meant))
            yield self.finding(date.value.node, f"{_fact(date, zone)}; {instead}", *date.uses, remedy=remedy)


def _no_clock(date: GivenDate, file: DagFile) -> bool:
    """Whether the clock surely never starts the DAG, or starts it at the same moments in every zone."""
    dag = date.dag
    if dag is None or dag.arguments.open_ended:
        return False
    if dag.schedule_argument is None:
        # Airflow 2 runs it daily.
        return not file.target.admits(2)
    schedule = dag.schedule
    return isinstance(schedule, Schedule) and (schedule.kind in _NO_CLOCK or _is_the_same_anywhere(schedule))


def _is_the_same_anywhere(schedule: Schedule) -> bool:
    """Whether it fires every hour of every day, in whichever zone it is read."""
    if schedule.kind == "delta" and isinstance(schedule.delta, timedelta):
        return schedule.delta > timedelta(0) and timedelta(hours=1) % schedule.delta == timedelta(0)
    if schedule.kind not in ("cron", "preset"):
        return False
    cron = parse_cron(schedule.crons[0])
    return isinstance(cron, Cron) and not cron.fixed_hour and cron.every_day


def _fact(date: GivenDate, zone: str | None) -> str:
    clock = _clock_of_schedule(date)
    also = f', and "{clock}" with it' if clock is not None else ""
    which = "UTC unless set" if zone is None else f"here {zone}"
    return f"{date.name} has no time zone: Airflow reads it in its default_timezone ({which}){also}"


def _clock_of_schedule(date: GivenDate) -> str | None:
    """The cron expression that names hours, when they are hours in the zone of this date."""
    schedule = date.dag.schedule if date.dag is not None else None
    if not isinstance(schedule, Schedule) or schedule.kind not in ("cron", "preset") or not gives_zone(date):
        return None
    cron = parse_cron(schedule.crons[0])
    if not isinstance(cron, Cron) or not cron.fixed_hour or len(cron.text) > LONGEST_CRON:
        return None
    return schedule.written
