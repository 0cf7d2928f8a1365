"""DAG601."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.airflow.operators import operator
from dag_lint.airflow.parameters import dag_parameters, operator_parameters
from dag_lint.dates import start_given
from dag_lint.known import Constant
from dag_lint.remedy import AddArgument, CodeOf, RemoveEntry
from dag_lint.rule import Example, Finding, Rule
from dag_lint.schedule import InvalidSchedule, schedule_from_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.airflow.parameters import Major
    from dag_lint.known import Entry
    from dag_lint.model import Dag, DagFile, Task
    from dag_lint.remedy import Remedy

_ONLY_THE_DAG = frozenset(dag_parameters(2) + dag_parameters(3)) - frozenset(
    operator_parameters(2) + operator_parameters(3)
)
"""What DAG() takes in some version, and BaseOperator() in none."""

_SOME_OPERATORS_TOO = frozenset({"concurrency", "dag_id", "description", "schedule", "tags"})
"""Those of them that an operator nobody recorded may well take: some recorded ones do."""


_SCHEDULES = ("schedule", "schedule_interval", "timetable")
_SYNONYMS = (_SCHEDULES, ("concurrency", "max_active_tasks"))


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
    fix = "unsafe"
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
        given: dict[int, list[_Given]] = {}
        for dag in file.dags:
            for defaults in (dag.default_args, *(group.default_args for group in dag.groups)):
                for key, entry in defaults.entries.items() if defaults is not None else ():
                    if isinstance(key, str) and key in _ONLY_THE_DAG and entry.key_node is not None:
                        # One dict may serve several DAGs.
                        given.setdefault(id(entry.key_node), []).append(
                            _Given(key, entry, dag, defaults is dag.default_args)
                        )
        for users in given.values():
            if any(_may_be_taken(one.dag, one.key) for one in users):
                # It is right when one of them has a use for the key.
                continue
            last = users[-1]
            argument = last.dag.arguments.get("default_args")
            use = None if argument is None else argument.node
            message = _message(last.dag, last.key)
            yield self.finding(last.entry.key_node, message, use, remedy=self._remedy(users, file))

    def _remedy(self, users: list[_Given], file: DagFile) -> Remedy | None:
        """Give each DAG that has none the argument, and take the entry away."""
        key, entry = users[0].key, users[0].entry
        name = _argument_for(key, file)
        lacking = {id(one.dag.node): one.dag for one in users if not _has_own(one.dag, key)}
        if any(dag.arguments.open_ended for dag in lacking.values()):
            return None
        if not lacking:
            return self.remedy(f"Remove {key} from default_args", RemoveEntry(entry.key_node))
        if name is None or not all(one.is_for_dag for one in users):
            return None
        if key in _SCHEDULES and not all(_may_be_given(entry, dag, file) for dag in lacking.values()):
            return None
        moves = (AddArgument(dag.node, name, CodeOf(entry.value_node)) for dag in lacking.values())
        return self.remedy(f"Move {key} to the DAG", RemoveEntry(entry.key_node), *moves)


@dataclass(frozen=True, slots=True)
class _Given:
    """An argument of a DAG in default_args. `is_for_dag`: in those of the DAG, not of a task group in it."""

    key: str
    entry: Entry
    dag: Dag
    is_for_dag: bool


def _argument_for(key: str, file: DagFile) -> str | None:
    """What a key of default_args is called in the call of the DAG, None when its version takes no such argument."""
    if key in _SCHEDULES:
        return file.schedule_keyword()
    if key == "concurrency" and file.target.major != 2:
        key = "max_active_tasks"
    majors: tuple[Major, ...] = (2, 3) if file.target.major is None else (file.target.major,)
    return key if all(key in dag_parameters(major) for major in majors) else None


def _may_be_given(entry: Entry, dag: Dag, file: DagFile) -> bool:
    """Whether a DAG that had no schedule is accepted with this one."""
    if start_given(dag) is None and file.target.admits(2):
        return False
    constant = entry.value.value if isinstance(entry.value, Constant) else None
    return not isinstance(schedule_from_value(constant), InvalidSchedule)


def _has_own(dag: Dag, key: str) -> bool:
    """Whether the DAG is given the argument itself, under this name or another."""
    names = next((names for names in _SYNONYMS if key in names), (key,))
    return any(name in dag.arguments or name in dag.assigned for name in names)


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
    if _has_own(dag, key):
        return f"{ignored}: no operator takes it, and the DAG has its own; remove it"
    call = "@dag(...)" if dag.style == "decorated" else "DAG(...)"
    return f"{ignored}: it is an argument of the DAG and no operator takes it; give it to {call}"
