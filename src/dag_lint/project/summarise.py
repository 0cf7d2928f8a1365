"""From the facts of a file to what the rest of its project may know of it."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from dag_lint.facts import dag_facts
from dag_lint.known import Constant, Mapping, Sequence, Text, text_of
from dag_lint.project.summary import DagSummary, FileSummary, SensorSummary, Spot
from dag_lint.schedule.model import InvalidSchedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Span
    from dag_lint.known import Handle, Value
    from dag_lint.model import Argument, Dag, DagFile, Task
    from dag_lint.schedule import Schedule
    from dag_lint.source import SourceFile

_SENSORS = frozenset(
    {
        "airflow.operators.sensors.ExternalTaskSensor",
        "airflow.providers.standard.sensors.external_task.ExternalTaskSensor",
        "airflow.sensors.external_task.ExternalTaskSensor",
        "airflow.sensors.external_task_sensor.ExternalTaskSensor",
    }
)
WORDS = ("airflow", "dag", "asset")
"""What Airflow's safe mode looks for."""


def words_of(text: str) -> frozenset[str]:
    """Which of the words that safe mode looks for stand in a file."""
    # Only letters of ASCII count: Airflow lowers bytes.
    lowered = text.encode("utf-8", "replace").lower()
    return frozenset(word for word in WORDS if word.encode() in lowered)


def places_of(file: DagFile) -> Iterator[Handle]:
    """The nodes whose places a summary holds."""
    for dag in file.dags:
        yield from _places_of_dag(dag)
        for task in dag.tasks:
            if task.operator in _SENSORS:
                yield task.callee
                for argument in task.arguments.by_name.values():
                    yield argument.node


def summarise(
    file: DagFile, source: SourceFile, spans: dict[int, Span], active: Iterable[str]
) -> FileSummary | None:
    """What a file builds, None for one outside of every project. `spans`: of `places_of(file)`, by their id.

    `active`: the codes of the project rules that speak of the file.
    """
    if file.location is None or file.root is None:
        return None
    seen = [] if file.for_tests else [dag for dag in file.dags if dag.registered and not dag.is_sub_dag]
    dags = {id(dag): _dag(dag, file, spans) for dag in seen}
    sensors = [
        sensor
        for dag in file.dags
        if id(dag) in dags
        for task in dag.tasks
        if task.operator in _SENSORS and (sensor := _sensor(task, dags[id(dag)], spans)) is not None
    ]
    return FileSummary(
        path=source.path,
        location=os.path.abspath(file.location),  # noqa: PTH100 - links stay as written
        root=str(file.root),
        major=file.target.major,
        complete=file.complete,
        dags=tuple(dags.values()),
        sensors=tuple(sensors),
        words=words_of(source.text),
        active=frozenset(() if file.for_tests else active),
    )


def _places_of_dag(dag: Dag) -> Iterator[Handle]:
    """Where the id of a DAG comes from, is given, or would be, the best first."""
    if dag.dag_id.node is not None:
        yield dag.dag_id.node
    given = dag.arguments.get("dag_id")
    if given is not None:
        yield given.node
    yield dag.callee


def _dag(dag: Dag, file: DagFile, spans: dict[int, Span]) -> DagSummary:
    facts = dag_facts(dag, file)
    dag_id = dag.id_text()
    pieces: tuple[str | None, ...] = () if dag_id is not None else (None,)
    if isinstance(dag.dag_id, Text):
        pieces = dag.dag_id.pieces
    return DagSummary(
        dag_id=dag_id,
        pieces=pieces,
        span=next((spans[id(node)] for node in _places_of_dag(dag) if id(node) in spans), None),
        sure=dag.certain and not dag.may_be_sub_dag(),
        schedule=_schedule(dag),
        timezone=facts.timezone if isinstance(facts.timezone, str) else None,
        task_ids=_task_ids(dag, file),
    )


def _schedule(dag: Dag) -> Schedule | None:
    if isinstance(dag.schedule, InvalidSchedule) or dag.schedule.kind == "unknown" or not dag.certain:
        return None
    return dag.schedule


def _task_ids(dag: Dag, file: DagFile) -> frozenset[str] | None:
    """The ids of all tasks and groups of a DAG, None when there may be others."""
    if not (dag.complete and file.complete):
        return None
    ids = [task.task_id for task in dag.tasks]
    groups = list(dag.groups)
    while groups:
        group = groups.pop()
        ids.append(group.group_id)
        groups.extend(group.groups)
    known = frozenset(one for one in ids if one is not None)
    return known if None not in ids else None


def _sensor(task: Task, dag: DagSummary, spans: dict[int, Span]) -> SensorSummary | None:
    """A sensor as far as it can be judged: None where an argument hides or is not known."""
    arguments = task.arguments
    span = spans.get(id(task.callee))
    # A class of the project may hand on something else than what it is given.
    own = task.operator_name != "ExternalTaskSensor" or bool(task.assigned) or bool(task.kept)
    if span is None or task.task_id is None or own or arguments.open_ended or task.mapped or not task.certain:
        return None
    if not _defaults_are_known(task) or any(map(_holds_some_of_a_sensor, task.default_args())):
        return None
    dag_id = _text(arguments.get("external_dag_id"), spans)
    tasks = _waited_for(arguments.get("external_task_id"), arguments.get("external_task_ids"), spans)
    delta = _delta(arguments.get("execution_delta"), spans)
    if dag_id is None or tasks is None or isinstance(delta, str):
        return None
    function = arguments.get("execution_date_fn")
    return SensorSummary(
        task_id=task.task_id,
        dag=dag,
        span=span,
        external_dag_id=dag_id,
        task_ids=tasks,
        delta=delta,
        follows_function=function is not None and not _is_none(function.value),
    )


def _defaults_are_known(task: Task) -> bool:
    """Whether the DAG has no default_args, or such as can be read."""
    given = None if task.dag is None else task.dag.arguments.get("default_args")
    if task.dag is None or task.dag.arguments.open_ended:
        return False
    return given is None or task.dag.default_args is not None or _is_none(given.value)


def _holds_some_of_a_sensor(defaults: Mapping) -> bool:
    """Whether default_args have, or may have, what decides which run a sensor looks for."""
    return defaults.open_ended or any(
        isinstance(key, str) and key.startswith(("external_", "execution_d")) for key in defaults.entries
    )


def _text(argument: Argument | None, spans: dict[int, Span]) -> Spot[str] | None:
    """A text that Jinja leaves as it is."""
    text = None if argument is None else text_of(argument.value)
    if argument is None or text is None or "{{" in text or "{%" in text:
        return None
    return Spot(text, spans.get(id(argument.node)))


def _waited_for(
    one: Argument | None, several: Argument | None, spans: dict[int, Span]
) -> tuple[Spot[str], ...] | None:
    if one is not None and not _is_none(one.value):
        found = _text(one, spans)
        return None if found is None else (found,)
    if several is None or _is_none(several.value):
        return ()
    if not isinstance(several.value, Sequence) or several.value.open_ended:
        return None
    texts = [text_of(item) for item in several.value.items]
    span = spans.get(id(several.node))
    known = tuple(Spot(text, span) for text in texts if text is not None and "{{" not in text)
    return known if len(known) == len(texts) else None


def _delta(argument: Argument | None, spans: dict[int, Span]) -> Spot[timedelta] | str | None:
    """The execution_delta, None where there is none; a text says that it is not known."""
    if argument is None or _is_none(argument.value):
        return None
    value = argument.value.value if isinstance(argument.value, Constant) else None
    return Spot(value, spans.get(id(argument.node))) if isinstance(value, timedelta) else "unknown"


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None
