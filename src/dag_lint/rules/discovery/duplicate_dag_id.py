"""DAG703."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.diagnostic import Severity
from dag_lint.rule import Example, Finding, ProjectFinding, ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile, Handle
    from dag_lint.project import FileSummary, Project


class DuplicateDagId(ProjectRule):
    """A dag_id that two DAGs have.

    What happens
        Airflow keeps one of them and says nothing. Of two in one file, which one it is changes from parse to
        parse; of two files, it is the one that was parsed last. The other one does not run, and the history of
        both is kept as that of one.

    What to write
        A dag_id of its own for each. In a factory or a loop, make it from what differs.

    Known limits
        DAGs under an `if` or in a `try` count as alternatives, and nothing is said of them. Other files are
        looked at by `dag-lint check` alone, and only those of the same dags folder: what docker-compose mounts
        as such, else the nearest folder called dags. Files that `.airflowignore` may hide do not count, nor do
        those that lie in the folders of two environments (`dev` and `prod`) or in that of a version (`2.0`).
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

    def needs_others(self, file: FileSummary) -> bool:
        return any(dag.dag_id is not None and dag.sure for dag in file.dags)

    def check_project(self, file: FileSummary, project: Project) -> Iterator[ProjectFinding]:
        for dag in file.dags:
            if not dag.sure or dag.span is None:
                continue
            rivals = list(project.rivals(file, dag))
            if rivals:
                other, twin = rivals[0]
                place = f"{project.name_of(other)}, line {twin.span.start.line if twin.span else 1}"
                more = f" and {len(rivals) - 1} more" if len(rivals) > 1 else ""
                message = f'dag_id "{dag.dag_id}" is also that of {place}{more}: {_LAST}; {_INSTEAD}'
                yield self.project_finding(dag.span, message)


_LAST = "Airflow keeps the one that it parsed last and says nothing"
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
