"""DAG601."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.airflow.operators import operator
from dag_lint.airflow.parameters import dag_parameters, operator_parameters
from dag_lint.rule import Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Dag, DagFile, Task

_ONLY_THE_DAG = frozenset(dag_parameters(2) + dag_parameters(3)) - frozenset(
    operator_parameters(2) + operator_parameters(3)
)
"""What DAG() takes in some version, and BaseOperator() in none."""

_SOME_OPERATORS_TOO = frozenset({"concurrency", "dag_id", "description", "schedule", "tags"})
"""Those of them that an operator nobody recorded may well take: some recorded ones do."""


class DagArgumentInDefaultArgs(Rule):
    """An argument of the DAG inside default_args, where Airflow ignores it without a word.

    What happens
        default_args are handed to the constructors of operators, and each takes what it knows. Nothing in
        them ever reaches the DAG: `catchup`, `schedule` or `max_active_runs` in there is simply lost, and
        the DAG keeps its defaults. With `catchup` that means, in Airflow 2, a run for every interval since
        the start date.

    What to write
        The argument in the call of `DAG(...)` or `@dag(...)` itself.

    Known limits
        A key that an operator of the DAG takes too is right where it is, and so nothing is said when an
        operator takes it. Nor for `tags`, `description` and the few others that some operators take, when
        the class of an operator is not known.
    """

    code = "DAG601"
    name = "dag-argument-in-default-args"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

default_args = {"retries": 2, "max_active_runs": 1}

with DAG(
    "load",
    schedule="@hourly",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    default_args=default_args,
):
    EmptyOperator(task_id="start")
""",
        good="""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

default_args = {"retries": 2}

with DAG(
    "load",
    schedule="@hourly",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=default_args,
):
    EmptyOperator(task_id="start")
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        found: dict[int, Finding] = {}
        at_home: set[int] = set()
        for dag in file.dags:
            for defaults in (dag.default_args, *(group.default_args for group in dag.groups)):
                for key, entry in defaults.entries.items() if defaults is not None else ():
                    if not isinstance(key, str) or key not in _ONLY_THE_DAG or entry.key_node is None:
                        continue
                    if _may_be_taken(dag, key):
                        # One dict may serve several DAGs: it is right when one of them has a use for the key.
                        at_home.add(id(entry.key_node))
                    else:
                        given = dag.arguments.get("default_args")
                        use = None if given is None else given.node
                        found[id(entry.key_node)] = self.finding(entry.key_node, _message(dag, key), use)
        yield from (finding for place, finding in found.items() if place not in at_home)


def _may_be_taken(dag: Dag, key: str) -> bool:
    if not dag.complete and key in _SOME_OPERATORS_TOO:
        return True
    return any(_may_take(task, key) for task in dag.tasks)


def _may_take(task: Task, key: str) -> bool:
    facts = None if task.operator is None else operator(task.operator)
    takes = None if facts is None else facts.takes(key)
    if takes is None:
        return key in _SOME_OPERATORS_TOO
    # A class of the project has a constructor of its own.
    is_own = task.callable is None and task.operator_name != (task.operator or "").rpartition(".")[2]
    return takes or (is_own and key in _SOME_OPERATORS_TOO)


def _message(dag: Dag, key: str) -> str:
    ignored = f"{key} in default_args is ignored"
    if key in dag.arguments:
        return f"{ignored}: no operator takes it, and the DAG has its own; remove it"
    call = "@dag(...)" if dag.style == "decorated" else "DAG(...)"
    return f"{ignored}: it is an argument of the DAG and no operator takes it; give it to {call}"
