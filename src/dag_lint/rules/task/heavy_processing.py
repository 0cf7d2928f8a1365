"""DAG301: a task that processes data inside the Airflow worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow import Kind
from dag_lint.flow.isolation import is_elsewhere, is_isolated, runs_in_pod
from dag_lint.flow.story import tell
from dag_lint.flow.tables.computers import TELLING_WORDS
from dag_lint.flow.verdict import judge
from dag_lint.known import External
from dag_lint.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.flow.verdict import Verdict
    from dag_lint.model import DagFile, TaskCallable
    from dag_lint.rule import Finding

_LENGTH = 200
_POD = "run it as @task.kubernetes with limits of its own"
_GPU = f"{_POD} and a GPU"
_RESOURCES = "set what the pod may use by executor_config"

# The way out by the topic of the strongest evidence, and for data that is carried, by where it comes from.
_WAYS = {
    "training": f"{_GPU}, or train on a service for it",
    "inference": f"{_POD}, or call a model server",
    "spark": "submit it to a cluster with SparkSubmitOperator",
    "media": _POD,
    "browser": f"{_POD}, or drive a browser elsewhere with webdriver.Remote",
    "pool": "give each item a task of its own with .expand(), and a pool that limits how many run",
    "named": _POD,
    "http": "map a task over the items with .expand(), and limit it with a pool",
}
_WAYS_FROM = {
    "query": f"{_POD}, or let the database do it in SQL",
    "rows": f"{_POD}, or let the database do it in SQL",
    "row": f"{_POD}, or let the database do it in SQL",
    "object": f"{_POD}, or let a transfer operator or COPY do it",
    "spark": "let Spark write the result itself, and submit it with SparkSubmitOperator",
}


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
            if is_isolated(callable_):
                continue  # it has a container, or a pod with resources of its own
            in_pod = runs_in_pod(callable_, file.settings.executor)
            verdict = judge(callable_.flow, pod_of_its_own=in_pod, sure=is_elsewhere(callable_))
            if verdict is not None:
                yield self.finding(callable_.place, _message(callable_, verdict, in_pod), callable_.use)

    def _out_of_sight(self, file: DagFile) -> Iterator[Finding]:
        """Functions of other projects: nothing of them is known but a name that tells."""
        for task in file.tasks:
            argument = task.arguments.get("python_callable")
            if argument is None or not isinstance(argument.value, External) or is_isolated(task):
                continue
            module, _, name = argument.value.path.rpartition(".")
            word = next((part for part in name.lower().split("_") if part in TELLING_WORDS), None)
            if word is not None and not runs_in_pod(task, file.settings.executor):
                message = f'"{name}" of {module} works with {word} in the Airflow worker, by its name; {_POD}'
                yield self.finding(argument.node, message)


def _message(callable_: TaskCallable, verdict: Verdict, in_pod: bool) -> str:
    """The flow in the user's names, where it runs, and one way out."""
    name = "a lambda" if callable_.name == "<lambda>" else f'"{callable_.name}"'
    carried = verdict.main.kind in (Kind.OUT, Kind.WORK)
    where = "in the Airflow worker's memory" if carried else "in the Airflow worker"
    way = _way_out(verdict)
    if in_pod:
        where, way = (
            "in a pod with the default resources",
            way.replace(_GPU, _RESOURCES).replace(_POD, _RESOURCES),
        )
    several = ", all" if len(verdict.story) > 1 else ""
    short = way.partition(", or ")[0]
    for steps, text in ((None, way), (3, way), (2, way), (2, short), (1, short)):
        message = f"{name} {tell(verdict, steps)}{several} {where}; {text}"
        if len(message) <= _LENGTH:
            break
    return message


def _way_out(verdict: Verdict) -> str:
    main = verdict.main
    if main.kind in (Kind.COMPUTE, Kind.ROWS):
        return _WAYS.get(main.topic, _WAYS_FROM["rows"])
    source = verdict.source
    return _WAYS_FROM.get(source.topic if source is not None else "", _POD)
