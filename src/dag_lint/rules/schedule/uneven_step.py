"""DAG109."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.crons import crons_in
from dag_lint.diagnostic import Severity
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import describe_briefly, uneven_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile
    from dag_lint.schedule import Cron
    from dag_lint.schedule import UnevenStep as Uneven

_SIZES = {"minute": 60, "hour": 24, "month": 12}
_WHOLES = {"minute": "hour", "hour": "day", "month": "year"}


class UnevenStep(Rule):
    """A cron step that does not divide its field, and so begins anew in the middle.

    What happens
        A step counts from the beginning of each hour, day or year. `*/45 * * * *` does not run every 45
        minutes but at minutes 0 and 45, with 45 minutes and 15 minutes in between; `0 */5 * * *` runs four
        hours after 20:00 again. A step beyond its field, `*/90`, leaves only the first value.

    What to write
        A step that divides 60, 24 or 12, or a timedelta: `schedule=timedelta(minutes=45)` counts from the
        start date on.

    Known limits
        Steps in the day fields are left alone: months have no fixed number of days. So are steps that never
        reach the end of their field, as in `*/40 9 * * *`.
    """

    code = "DAG109"
    name = "uneven-step"
    default = "on"
    severity = Severity.INFO
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="*/45 * * * *",
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
    schedule="*/30 * * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for given in crons_in(file):
            step = uneven_step(given.cron)
            if step is None or _never_wraps(given.cron, step):
                continue
            text, runs = given.cron.text, describe_briefly(given.as_schedule)
            fact = f'"{text}" does not run every {step.step} {step.unit}s, but {runs}'
            if len(step.values) > 1:
                fact += f": a step begins anew each {_WHOLES[step.unit]}"
            yield self.finding(given.node, f"{fact}; write {_instead(given.cron, step)}")


def _never_wraps(cron: Cron, step: Uneven) -> bool:
    """Whether no two runs lie on both sides of the end of the field: `*/40 9 * * *`."""
    if len(step.values) == 1:
        return False
    if step.unit == "minute":
        return not any(hour + 1 in cron.hours for hour in cron.hours) and len(cron.hours) < 24
    if step.unit == "hour":
        return cron.weekdays is not None and len(cron.weekdays) == 1 and not cron.day_restricted
    return False


def _instead(cron: Cron, step: Uneven) -> str:
    first_coarser = {"minute": 1, "hour": 2}.get(step.unit)
    fixed = step.unit == "minute" or len(cron.minutes) == 1
    if first_coarser is not None and fixed and set(cron.written[first_coarser:]) == {"*"}:
        return f"timedelta({step.unit}s={step.step}), which counts from the start date"
    even = [f"*/{size}" for size in range(2, _SIZES[step.unit]) if _SIZES[step.unit] % size == 0]
    near = sorted(even, key=lambda text: abs(int(text[2:]) - step.step))[:2]
    return f"a step that divides {_SIZES[step.unit]}, as {' or '.join(near)}"
