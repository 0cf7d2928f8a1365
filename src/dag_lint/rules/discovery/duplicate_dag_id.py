"""DAG703."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity
from dag_lint.rule import Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile, Handle


class DuplicateDagId(Rule):
    """A dag_id that two DAGs have.

    What happens
        Airflow keeps one of them and says nothing. Of two in one file, which one it is changes from parse to
        parse; the other one never runs, and the history of both is kept as that of one.

    What to write
        A dag_id of its own for each. In a factory or a loop, make it from what differs.

    Known limits
        DAGs under an `if` or in a `try` count as alternatives, and nothing is said of them.
    """

    code = "DAG703"
    name = "duplicate-dag-id"
    default = "on"
    severity = Severity.ERROR
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("load", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="load_orders")

with DAG("load", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="load_customers")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("load_orders", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="load_orders")

with DAG("load_customers", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="load_customers")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        first: dict[str, Dag] = {}
        for dag in file.dags:
            dag_id = dag.id_text()
            # One under an `if` may be the other's alternative; one that nobody holds is never seen.
            if dag_id is None or not dag.certain or not dag.registered or dag.may_be_sub_dag():
                continue
            before = first.setdefault(dag_id, dag)
            if before is not dag:
                message = f'dag_id "{dag_id}" is given twice in this file: {_LOST}; {_INSTEAD}'
                where, *uses = _places(dag, before)
                yield self.finding(where, message, *uses)


_LOST = "Airflow keeps one of the two DAGs, at random, and says nothing"
_INSTEAD = "give each a dag_id of its own"


def _places(dag: Dag, before: Dag) -> Iterator[Handle]:
    """Where the id comes from, unless it is one text for both; where it is given; the call."""
    if dag.dag_id.node is not before.dag_id.node and dag.dag_id.node is not None:
        yield dag.dag_id.node
    given = dag.arguments.get("dag_id")
    if given is not None:
        yield given.node
    yield dag.callee
