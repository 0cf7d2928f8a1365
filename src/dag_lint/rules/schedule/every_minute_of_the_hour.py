"""DAG108."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.crons import crons_in
from dag_lint.remedy import ReplaceText
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import describe_briefly, every_minute_fix, every_minute_of_one_hour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile


class EveryMinuteOfTheHour(Rule):
    """A cron expression with every minute of one fixed hour.

    What happens
        `* 6 * * *` looks like "at six o'clock" and runs 60 times, once in every minute from 06:00 to 06:59.

    What to write
        The minute that is meant: `0 6 * * *`.

    Known limits
        Ranges of minutes or hours (`10-15 6 * * *`, `* 6-8 * * *`) are written on purpose, and no finding.
    """

    code = "DAG108"
    name = "every-minute-of-the-hour"
    default = "on"
    fix = "unsafe"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="* 6 * * *",
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
    schedule="0 6 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for given in crons_in(file):
            hour = every_minute_of_one_hour(given.cron)
            if hour is None:
                continue
            once = every_minute_fix(given.cron) or ""
            remedy = self.remedy(f'Write "{once}"', ReplaceText(given.node, given.cron.text, once))
            runs = describe_briefly(given.as_schedule)
            yield self.finding(
                given.node,
                f'"{given.cron.text}" runs {runs}, 60 times in that hour; once at {hour:02}:00 is "{once}"',
                remedy=remedy,
            )
