"""DAG101."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.known import Text
from dag_lint.remedy import ReplaceText
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import InvalidSchedule, judge, read_claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile, Handle
    from dag_lint.schedule import Claim, Mismatch, Schedule


LONGEST_ID = 60
"""Characters of a dag_id that a message has room for."""

_BEGINS_WITH_A_WORD = re.compile(r"[_.-]")
"""Of a piece whose beginning is not known: whether what follows is a word of its own."""


class MisleadingDagId(Rule):
    """A dag_id that claims another frequency than the schedule keeps.

    What happens
        Whoever reads `shedule_3_hour` in the list of DAGs relies on a run every three hours. With
        `3 * * * *` it runs once an hour, at minute 3: a number in the wrong field of a cron expression is
        easily written and never refused.

    What to write
        The schedule that the name says, `0 */3 * * *`, or a name that says what the schedule does.

    Known limits
        A name is only read where it is plain: `every_3_hours`, `run_15min`, `etl_daily`, `3시간마다`. A bare
        unit (`hour`, `day`), a number and a unit that may be a length of time (`last_7_days`), an adverb
        before a word for data (`daily_sales`), two different claims: all of them are no claim. Nor is
        anything said of a DAG that a SubDagOperator runs.
    """

    code = "DAG101"
    name = "misleading-dag-id"
    default = "on"
    fix = "unsafe"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "shedule_3_hour",
    schedule="3 * * * *",
    start_date=pendulum.datetime(2023, 3, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "schedule_3_hour",
    schedule="0 */3 * * *",
    start_date=pendulum.datetime(2023, 3, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        judged = list(_judged(file))
        meant: dict[int, set[str | None]] = {}
        for given in judged:
            meant.setdefault(id(given.node), set()).add(given.meant)
        for given in judged:
            if given.mismatch is None or given.mismatch.every_minute_of_one_hour:
                # `* 6 * * *` is DAG108's, whatever the name says.
                continue
            remedy = None
            if given.meant is not None and meant[id(given.node)] == {given.meant}:
                # Every DAG that is made here has a name that asks for the same.
                change = ReplaceText(given.node, given.schedule.crons[0], given.meant)
                remedy = self.remedy(f'Write "{given.meant}"', change)
            message = _message(given.shown, given.schedule, given.mismatch)
            yield self.finding(given.node, message, remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A DAG whose name was held against its schedule, which stands at `node`."""

    node: Handle
    schedule: Schedule
    shown: str
    mismatch: Mismatch | None

    @property
    def meant(self) -> str | None:
        """The cron expression that the name asks for, where the written one is known to be a slip."""
        return None if self.mismatch is None else self.mismatch.cron


def _judged(file: DagFile) -> Iterator[_Judged]:
    for dag in file.dags:
        argument, schedule = dag.schedule_argument, dag.schedule
        if argument is None or isinstance(schedule, InvalidSchedule):
            # Without a schedule there is nothing to mislead about, and DAG106 has what Airflow refuses.
            continue
        if dag.may_be_sub_dag():
            continue
        shown, claim = _claim_of(dag)
        yield _Judged(argument.node, schedule, shown, None if claim is None else judge(claim, schedule))


def _claim_of(dag: Dag) -> tuple[str, Claim | None]:
    """The dag_id as far as it is known, and what it claims."""
    dag_id = dag.id_text()
    if dag_id is not None:
        return dag_id, read_claim(dag_id)
    last = dag.dag_id.ending if isinstance(dag.dag_id, Text) else ""
    claim = read_claim(last) if _BEGINS_WITH_A_WORD.match(last) else None
    if claim is not None and claim.form != "every" and claim.unit in ("hour", "minute", "second"):
        # f"{n}_hourly" may be any number of hours.
        claim = None
    return f"...{last}", claim


def _message(dag_id: str, schedule: Schedule, mismatch: Mismatch) -> str:
    shown = dag_id if len(dag_id) <= LONGEST_ID else f"{dag_id[: LONGEST_ID - 3]}..."
    written = f'"{_text(schedule)}"' if _text(schedule) is not None else "it"
    says = f'dag_id "{shown}" says {mismatch.says}, but {written} runs {mismatch.does}'
    if mismatch.cron is not None:
        return f'{says}; {mismatch.says} is "{mismatch.cron}"'
    right = _schedule_of(mismatch.claim)
    return f"{says}; rename it, or write {right}" if right is not None else f"{says}; change one of the two"


def _text(schedule: Schedule) -> str | None:
    """The one text in the file that is the schedule."""
    if schedule.written is not None:
        return schedule.written
    return schedule.crons[0] if len(schedule.crons) == 1 else None


def _schedule_of(claim: Claim) -> str | None:
    """A schedule that keeps a claim, None when there are several."""
    if claim.form == "count" or len(claim.periods) > 1:
        return None
    if claim.number == 1:
        return _PRESETS.get(claim.unit)
    if claim.unit == "minute" and 60 % claim.number == 0:
        return f'"*/{claim.number} * * * *"'
    if claim.unit == "hour" and 24 % claim.number == 0:
        return f'"0 */{claim.number} * * *"'
    return f"timedelta({claim.unit}s={claim.number})" if claim.unit in _IN_A_TIMEDELTA else None


_PRESETS = {
    "minute": '"* * * * *"',
    "hour": '"@hourly"',
    "day": '"@daily"',
    "week": '"@weekly"',
    "month": '"@monthly"',
    "quarter": '"@quarterly"',
    "year": '"@yearly"',
}
_IN_A_TIMEDELTA = ("second", "minute", "hour", "day", "week")
