"""DAG110."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.crons import crons_in
from dag_lint.diagnostic import LONGEST_MESSAGE
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import describe_briefly, nth_weekday_fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile
    from dag_lint.schedule import Cron


class DayOrWeekday(Rule):
    """A cron expression that sets the day of the month and the weekday.

    What happens
        Cron takes a day that matches either field, not both. `0 2 1-7 * 0`, meant as the first Sunday of
        the month, runs on the first seven days and on every Sunday.

    What to write
        `0 2 * * 0#1` for the first Sunday, or a `*` in the field that was not meant. For days that have to
        match both, run on one of them and let a task skip the others.

    Known limits
        Some authors know and mean it: "on the 1st, and every Monday".
    """

    code = "DAG110"
    name = "day-or-weekday"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="0 2 1-7 * 0",
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
    schedule="0 2 * * 0#1",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for given in crons_in(file):
            cron = given.cron
            if not cron.day_or_weekday or cron.nth or cron.nearest is not None:
                # `6#1` and `15W` hold whatever stands in the other field.
                continue
            runs = describe_briefly(given.as_schedule)
            fact = f'"{cron.text}" runs {runs}: cron takes a day that matches either'
            message = f"{fact}; {_instead(cron)}"
            if len(message) > LONGEST_MESSAGE:
                message = f"{fact}; write * into the field that was not meant"
            yield self.finding(given.node, message)


def _instead(cron: Cron) -> str:
    nth = nth_weekday_fix(cron)
    if nth is not None:
        return f'only a day that matches both is "{nth}"'
    fields = cron.text.split()
    by_day = " ".join((*fields[:4], "*", *fields[5:]))
    by_weekday = " ".join((*fields[:2], "*", *fields[3:]))
    return f'by the day alone it is "{by_day}", by the weekday alone "{by_weekday}"'
