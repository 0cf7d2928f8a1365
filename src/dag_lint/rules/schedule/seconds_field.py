"""DAG116."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dag_lint.crons import crons_in
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import Cron, describe_briefly, parse_cron

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile


class SecondsField(Rule):
    """A cron expression of six fields, of which the sixth is the second.

    What happens
        Other schedulers put the seconds first. Airflow reads the first five fields as ever and the sixth as
        the second: `*/5 * * * * *` is not every five seconds, but every second of every fifth minute.

    What to write
        Five fields: `*/5 * * * *`. Where seconds are meant, the step stands last: `* * * * * */30`.

    Known limits
        A step in the sixth field, `* * * * * */30`, is written by somebody who knows, and no finding.
    """

    code = "DAG116"
    name = "seconds-field"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="*/5 * * * * *",
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
    schedule="*/5 * * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for given in crons_in(file):
            fields = given.cron.text.split()
            if len(fields) < 6 or re.fullmatch(r"\*/[0-9]+", fields[5]):
                continue
            runs = describe_briefly(given.as_schedule)
            fact = f'"{given.cron.text}" runs {runs}, as the sixth field is the second'
            yield self.finding(given.node, f"{fact}; {_instead(fields)}")


def _instead(fields: list[str]) -> str:
    """The five fields without seconds, and what was meant by somebody who took the first for the seconds."""
    second, five = fields[0], " ".join(fields[1:6])
    shifted = five if second.strip("0") == "" else f"{five} {second}"
    plain = f'write "{" ".join(fields[:5])}"'
    if len(fields) > 6 or not isinstance(parse_cron(shifted), Cron):
        return plain
    return f'{plain}, or "{shifted}" if the first was the second'
