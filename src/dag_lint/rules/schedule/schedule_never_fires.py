"""DAG107."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.crons import crons_in
from dag_lint.diagnostic import Severity
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Cron, describe_briefly, parse_cron, skipped_months
from dag_lint.schedule.phrases import MONTHS, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.crons import GivenCron
    from dag_lint.model import DagFile


class ScheduleNeverFires(Rule):
    """A cron expression whose day does not exist, or is missing from some of its months.

    What happens
        Airflow accepts `0 0 31 2 *` and then never finds a next run: the error stands in the log of the
        scheduler, and the DAG looks healthy. `0 0 31 * *`, meant as the end of the month, leaves out five
        months of the year.

    What to write
        `L` for the last day of the month: `0 0 L * *`.

    Known limits
        Some want the 31st and nothing else.
    """

    code = "DAG107"
    name = "schedule-never-fires"
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
    schedule="0 0 31 2 *",
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
    schedule="0 0 L 2 *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for given in crons_in(file):
            cron = given.cron
            if not cron.fires:
                fact = f'"{cron.text}" {_never(given)}: Airflow accepts it, and no run is ever due'
            else:
                months = skipped_months(cron)
                if not months:
                    continue
                fact = f'"{cron.text}" {_skips(cron, months)}'
            yield self.finding(given.node, f"{fact}; {_instead(cron)}")


def _never(given: GivenCron) -> str:
    fields = given.cron.text.split()
    if given.cron.nth:
        return f"finds no day that is {fields[4]} and {fields[2]} at once"
    return f"runs {describe_briefly(given.as_schedule)}"


def _skips(cron: Cron, months: tuple[int, ...]) -> str:
    first = cron.days[0] if cron.days else 0
    if months == (2,) and first == 29:
        return (
            "comes in leap years only" if cron.months == (2,) else "leaves out February, but for leap years"
        )
    names = join([MONTHS[month - 1] for month in months])
    return f"leaves out {names}, where there is no day {first}"


def _instead(cron: Cron) -> str:
    fields = cron.text.split()
    if cron.nth:
        return f'write "{" ".join((*fields[:2], "*", *fields[3:]))}"'
    if cron.days is not None and cron.days[0] > 28 and len(fields) > 4:
        last = " ".join((*fields[:2], "L", *fields[3:]))
        if isinstance(parse_cron(last), Cron):
            months = (
                "every month"
                if cron.every_month
                else "these months"
                if len(cron.months) > 1
                else "that month"
            )
            return f'the last day of {months} is "{last}"'
    return "write a moment that exists"
