"""The dates of a file: every start_date and end_date, where it stands and whom it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Literal

from dag_lint.airflow.operators import operator
from dag_lint.known import Constant, Either, Handle, Mapping, Moving, Naive, Unknown, Value
from dag_lint.once import answered_once
from dag_lint.schedule.rhythm import shortest_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import Argument, Dag, DagFile, Task
    from dag_lint.schedule.model import Schedule

Name = Literal["start_date", "end_date"]
Holder = Literal["dag", "default_args", "group", "task"]
NAMES: tuple[Name, Name] = ("start_date", "end_date")


@dataclass(frozen=True, slots=True)
class GivenDate:
    """A start_date or end_date as it is given.

    `uses`: where `value` is used, the nearest first. `to`: the argument of a DAG, an entry of its
    default_args, an entry of the default_args of a task group in it, or the argument of a task.
    """

    name: Name
    value: Value
    uses: tuple[Handle, ...]
    to: Holder
    dag: Dag | None
    task: Task | None = None


@answered_once
def dates_in(file: DagFile) -> Iterator[GivenDate]:
    """All dates that DAGs and tasks of a file are given, those of a DAG's own call first.

    A value that may be one of several gives those of them that are dates.
    """
    for given in _given_in(file):
        if isinstance(given.value, Either):
            dates = (value for value in given.value.values if isinstance(value, (Moving, Naive)))
            yield from (replace(given, value=value) for value in dates)
        else:
            yield given


def _given_in(file: DagFile) -> Iterator[GivenDate]:
    for dag in file.dags:
        for name in NAMES:
            given = dag.assigned.get(name) or dag.arguments.get(name)
            if given is not None:
                yield GivenDate(name, given.value, (given.node,), "dag", dag)
        yield from _in_mapping(dag.default_args, "default_args", dag, dag.arguments.get("default_args"))
        for group in dag.groups:
            yield from _in_mapping(group.default_args, "group", dag)
    for task in file.tasks:
        for name in NAMES:
            given = task.assigned.get(name) or task.arguments.get(name)
            if given is not None and name not in task.kept:
                yield GivenDate(name, given.value, (given.node,), "task", task.dag, task)
        own = task.arguments.get("default_args")
        if own is not None and isinstance(own.value, Mapping):
            yield from _in_mapping(own.value, "task", task.dag, own, task)


def _in_mapping(
    mapping: Mapping | None,
    to: Holder,
    dag: Dag | None,
    argument: Argument | None = None,
    task: Task | None = None,
) -> Iterator[GivenDate]:
    """The dates in default_args, which the call gives as `argument`."""
    uses = () if argument is None else (argument.node,)
    for name in NAMES:
        entry = mapping.get(name) if mapping is not None else None
        if entry is not None:
            yield GivenDate(name, entry.value, (entry.value_node, *uses), to, dag, task)


def clock_of(date: GivenDate) -> str | None:
    """The clock that a date is read from when the file is parsed, as `datetime.now()`; None when there is none."""
    value = date.value
    if isinstance(value, Moving):
        return value.source
    # In default_args a text may stand for a date: `now.strftime("%Y-%m-%d")`.
    in_default_args = date.to in ("default_args", "group")
    origin = value.origin if isinstance(value, Unknown) and in_default_args else None
    return origin if origin is not None and origin.endswith("()") else None


def gives_zone(date: GivenDate) -> bool:
    """Whether the DAG's schedule is read in the zone of this date: its start_date, else that of default_args."""
    dag = date.dag
    if dag is None or date.name != "start_date":
        return False
    if date.to == "dag":
        shared = _start_in(dag.default_args)
        return shared is None or _is_naive(shared)
    own = dag.arguments.get("start_date")
    return date.to == "default_args" and (own is None or is_none(own.value))


def _is_naive(value: Value) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, datetime) and value.value.tzinfo is None


def start_of(dag: Dag) -> Value | None:
    """When a DAG starts: its own start_date, else that of default_args, else the earliest of its tasks.

    None: it has no start. An Unknown: it may have one.
    """
    given = start_given(dag)
    if given is not None:
        return given
    return _earliest([start_of_task(task) for task in dag.tasks]) if dag.complete else Unknown()


def start_given(dag: Dag) -> Value | None:
    """The start that a DAG is given: its own start_date, else that of default_args."""
    own = own_start(dag)
    if own is not None:
        return own
    return _start_in(dag.default_args) or _start_given_by(dag.arguments.get("default_args"), dag.default_args)


def own_start(dag: Dag) -> Value | None:
    """The start_date of a DAG's own call, or the one that is set after it; an Unknown where `**` may hold one."""
    given = dag.assigned.get("start_date") or dag.arguments.get("start_date")
    if given is not None and not is_none(given.value):
        return given.value
    return Unknown() if dag.arguments.open_ended and given is None else None


def start_of_task(task: Task) -> Value | None:
    """The start_date that a task has without the DAG's: its own, else that of the nearest default_args."""
    own = task.assigned.get("start_date") or task.arguments.get("start_date")
    if own is not None and not is_none(own.value) and "start_date" not in task.kept:
        return own.value
    if task.arguments.open_ended:
        return Unknown()
    shared = [_start_given_by(task.arguments.get("default_args")), *map(_start_in, task.default_args())]
    if task.operator is None or operator(task.operator) is None:
        # A class from elsewhere may bring a date of its own.
        shared.append(Unknown())
    return next((value for value in shared if value is not None), None)


def is_none(value: Value) -> bool:
    """Whether a value is None, which for a date is the same as none given."""
    return isinstance(value, Constant) and value.value is None


def _start_in(mapping: Mapping | None) -> Value | None:
    """The start_date in default_args, None when there is none, an Unknown when there may be one."""
    if mapping is None:
        return None
    entry = mapping.get("start_date")
    if entry is not None and not is_none(entry.value):
        return entry.value
    return Unknown() if mapping.open_ended else None


def _start_given_by(argument: Argument | None, kept: Mapping | None = None) -> Value | None:
    """The same for the argument default_args, of which `kept` is the copy that the DAG keeps."""
    if kept is not None or argument is None or is_none(argument.value):
        return None
    return _start_in(argument.value) if isinstance(argument.value, Mapping) else Unknown()


def _earliest(values: list[Value | None]) -> Value | None:
    """The earliest of several dates, None when there is none, an Unknown when it cannot be told."""
    given = [value for value in values if value is not None]
    fixed = [value for value in given if not isinstance(value, Moving)]
    if not fixed:
        return given[0] if given else None
    moments: list[tuple[datetime, Value]] = []
    for value in fixed:
        if not isinstance(value, Constant) or not isinstance(value.value, datetime):
            return Unknown()
        moments.append((value.value, value))
    if len({moment.tzinfo is None for moment, _ in moments}) > 1:
        return Unknown()
    return min(moments, key=lambda pair: pair[0])[1]


def written(value: Value | None) -> str | None:
    """A constant date for a message: `2023-03-01`, with the time of day when it is not midnight.

    A text in default_args, which Airflow parses, stays as it is written.
    """
    constant = value.value if isinstance(value, Constant) else None
    if isinstance(constant, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ][\d:]{5,8})?", constant):
        return constant
    if not isinstance(constant, datetime):
        return None
    return f"{constant:%Y-%m-%d}" if constant.time() == time() else f"{constant:%Y-%m-%d %H:%M}"


def in_pendulum(moment: datetime, zone: str) -> str:
    """The same moment on the clock of `zone`, as it should be written."""
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    while len(parts) > 3 and parts[-1] == 0:
        parts.pop()
    return f'pendulum.datetime({", ".join(map(str, parts))}, tz="{zone}")'


def lies_within_an_interval(value: Value, schedule: Schedule) -> bool:
    """Whether a date is never so far back that an interval of the schedule fits in between."""
    gap = shortest_gap(schedule)
    if not isinstance(value, Moving) or value.back is None or value.most is None or gap is None:
        return False
    if schedule.timetable not in (None, "CronDataIntervalTimetable", "DeltaDataIntervalTimetable"):
        # The timetables that are named after a trigger have no intervals in Airflow 2 either.
        return False
    most = value.most.total_seconds()
    # A midnight n days ago never lies the whole n + 1 days back.
    return most < gap or (most == gap and value.back < value.most)
