"""DAG301: a task that processes data inside the Airflow worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow.isolation import is_elsewhere, is_isolated, runs_in_pod
from dag_lint.flow.story import message
from dag_lint.flow.tables.computers import TELLING_WORDS
from dag_lint.flow.verdict import judge
from dag_lint.flow.ways_out import POD
from dag_lint.known import External
from dag_lint.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile
    from dag_lint.rule import Finding


class HeavyProcessing(Rule):
    """A task that processes bulk data, trains, renders or crawls inside the Airflow worker.

    What happens
    ------------
    The worker's memory is shared by all tasks that run on it. A task that reads a table into pandas, joins it
    and writes it back works until the data has grown; then the kernel kills the worker process, and with it
    tasks that have nothing to do with it. Such a task also keeps a slot busy, cannot be given resources of
    its own, and starts over from the beginning on a retry. Airflow is made to tell others to work.

    What to write
    -------------
    Leave the data where it is: SQL in the database, COPY and transfer operators between stores, a Spark job
    submitted to a cluster. Where it has to be Python, give it a container with limits of its own:
    `@task.kubernetes`, `@task.docker`, KubernetesPodOperator, or an `executor_config` that sets the pod's
    resources. With KubernetesExecutor every task has a pod anyway: say so with `executor = "kubernetes"`.

    Known limits
    ------------
    The flow is judged by the names and types in the body and in helpers up to one module away; how many rows
    there are cannot be seen. A query with a small literal LIMIT, an aggregate, a frame of literals, a single
    small request are no bulk. `light-calls` names functions to be overlooked, `heavy-calls` more that count.
    `@task.virtualenv` isolates packages, not memory, and is judged like any other task.
    """

    code = "DAG301"
    name = "heavy-processing"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pandas as pd
import pendulum
from airflow.sdk import dag, task


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)
def sales():
    @task
    def report():
        orders = pd.read_parquet("s3://warehouse/orders.parquet")
        customers = pd.read_parquet("s3://warehouse/customers.parquet")
        joined = orders.merge(customers, on="customer_id")
        joined.to_parquet("s3://warehouse/report.parquet")

    report()


sales()
""",
        good="""\
import pendulum
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import dag


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)
def sales():
    SQLExecuteQueryOperator(
        task_id="report",
        conn_id="warehouse",
        sql="CREATE OR REPLACE TABLE report AS SELECT * FROM orders JOIN customers USING (customer_id)",
    )


sales()
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        """See `Rule.check`."""
        yield from self._out_of_sight(file)
        for callable_ in file.callables:
            if not callable_.flow.evidence or is_isolated(callable_):
                continue  # it does nothing, or has a container, or a pod with resources of its own
            in_pod = runs_in_pod(callable_, file.settings.executor)
            verdict = judge(callable_.flow, pod_of_its_own=in_pod, sure=is_elsewhere(callable_))
            if verdict is not None:
                yield self.finding(
                    callable_.place, message(callable_.name, verdict, in_pod=in_pod), callable_.use
                )

    def _out_of_sight(self, file: DagFile) -> Iterator[Finding]:
        """Functions of other projects: nothing of them is known but a name that tells."""
        for task in file.tasks:
            argument = task.arguments.get("python_callable")
            if argument is None or not isinstance(argument.value, External) or is_isolated(task):
                continue
            module, _, name = argument.value.path.rpartition(".")
            word = next((part for part in name.lower().split("_") if part in TELLING_WORDS), None)
            if word is not None and not runs_in_pod(task, file.settings.executor):
                text = f'"{name}" of {module} works with {word} in the Airflow worker, by its name; {POD}'
                yield self.finding(argument.node, text)
