"""DAG114."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dag_lint.airflow.operators import operator
from dag_lint.dates import dates_in, in_pendulum, is_none, own_start
from dag_lint.diagnostic import Severity
from dag_lint.facts import zone_to_write
from dag_lint.known import Constant, Mapping, Moving, Sequence, Text
from dag_lint.remedy import WriteDate
from dag_lint.rule import Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.dates import GivenDate
    from dag_lint.known import Value
    from dag_lint.model import DagFile


class StartDateType(Rule):
    """A start_date or end_date that is no datetime.

    What happens
        The file fails to import: `AttributeError: 'str' object has no attribute 'tzinfo'`, and much the same
        for a date, a number or a timedelta. Only a text in default_args is parsed. Airflow 2 ignores such a
        start_date of a task, Airflow 3 refuses it too.

    What to write
        `pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")`.

    Known limits
        What an operator of your own does with an argument that is called start_date is not known.
    """

    code = "DAG114"
    name = "start-date-type"
    default = "on"
    fix = "unsafe"
    severity = Severity.ERROR
    since = "0.1.0"
    example = Example(
        bad="""\
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date="2024-01-01", catchup=False):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        for given in dates_in(file):
            kind = _kind_of(given.value)
            if kind is None:
                continue
            refused = _who_refuses(given, kind, file)
            if refused is None:
                continue
            fact = f"{given.name} is {kind}: {refused}"
            moment, zone = _moment(given.value), zone_to_write(file)
            remedy = None
            if moment is not None:
                change = WriteDate(given.value.node, moment, zone)
                remedy = self.remedy(f"Write a datetime in the time zone {zone}", change)
            message = f"{fact}; write {_instead(given.value)}"
            yield self.finding(given.value.node, message, *given.uses, remedy=remedy)


def _kind_of(value: Value) -> str | None:
    """What a value is, with its article; None for a datetime, for None and for what is not known."""
    if isinstance(value, Text):
        return "a str"
    if isinstance(value, (Sequence, Mapping)):
        return f"a {value.kind if isinstance(value, Sequence) else 'dict'}"
    if isinstance(value, Moving):
        return "a date" if value.is_date else None
    if not isinstance(value, Constant) or isinstance(value.value, datetime) or is_none(value):
        return None
    name = type(value.value).__name__
    return f"an {name}" if name == "int" else f"a {name}"


def _who_refuses(given: GivenDate, kind: str, file: DagFile) -> str | None:
    """What Airflow does with it, None when it takes it."""
    refuses = "Airflow takes a datetime only, and refuses the file"
    if given.to == "dag":
        return refuses
    if given.to == "task":
        return _for_a_task(given, file)
    if kind != "a str":
        return refuses
    # A text in default_args is parsed; in Airflow 2 not when the DAG has a start_date of its own.
    own = None if given.dag is None else own_start(given.dag)
    if (
        given.to == "default_args"
        and given.name == "start_date"
        and own is not None
        and file.target.admits(2)
    ):
        return "Airflow 2 parses it only where the DAG has no start_date of its own, and refuses the file"
    return None


def _for_a_task(given: GivenDate, file: DagFile) -> str | None:
    task = given.task
    facts = operator(task.operator) if task is not None and task.operator is not None else None
    if (
        task is None
        or facts is None
        or facts.name != task.operator_name
        or given.name in facts.own_parameters
    ):
        # Another class may have a use of its own for the argument.
        return None
    if given.name == "end_date" or file.target.major == 3:
        return "Airflow takes a datetime only, and refuses the file"
    return "Airflow 2 ignores it, and Airflow 3 refuses the file"


def _moment(value: Value) -> datetime | None:
    """The datetime that a date, or the text of one, stands for; None for everything else."""
    known = value.value if isinstance(value, Constant) else None
    if isinstance(known, str):
        try:
            known = datetime.fromisoformat(known)
        except ValueError:
            return None
        return known if known.tzinfo is None and not known.microsecond else None
    return datetime(known.year, known.month, known.day) if type(known) is date else None


def _instead(value: Value) -> str:
    known = value.value if isinstance(value, Constant) else None
    if isinstance(known, str):
        try:
            known = date.fromisoformat(known[:10])
        except ValueError:
            known = None
    if isinstance(known, date):
        return in_pendulum(datetime(known.year, known.month, known.day), "UTC")
    return "pendulum.datetime(...)"
