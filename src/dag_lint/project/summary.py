"""One file as the rest of its project sees it: plain, so that it may come from another process or a cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import timedelta

    from dag_lint.diagnostic import Span
    from dag_lint.schedule import Schedule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spot(Generic[T]):
    """A value and where it is written in the file; `span` is None where it comes from another file."""

    value: T
    span: Span | None


@dataclass(frozen=True, slots=True)
class DagSummary:
    """A DAG of a file.

    dag_id: None when it is not wholly known; `pieces` are then those that are, None for each that is not.
    span: where the dag_id comes from, None when another file makes the DAG.
    sure: Airflow sees it, whatever conditions hold.
    schedule, timezone: None when they are not known, or refused.
    task_ids: those of all its tasks and task groups, None when some are not known.
    """

    dag_id: str | None
    pieces: tuple[str | None, ...]
    span: Span | None
    sure: bool
    schedule: Schedule | None = None
    timezone: str | None = None
    task_ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SensorSummary:
    """An ExternalTaskSensor, all of whose arguments are known.

    dag: the DAG that it is in. span: the name of the call. delta: its execution_delta, None without one;
    `follows_function` when it has an execution_date_fn instead. task_ids: what it waits for, besides the DAG.
    """

    task_id: str
    dag: DagSummary
    span: Span
    external_dag_id: Spot[str]
    task_ids: tuple[Spot[str], ...] = ()
    delta: Spot[timedelta] | None = None
    follows_function: bool = False


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What a file builds.

    path: the name that findings carry. location: its absolute path, links as written. root: the top of its
    project. major: the major version of Airflow that it is written for, None when unknown.
    complete: all of its DAGs are known. words: which of "airflow", "dag" and "asset" stand in it.
    active: the codes of the project rules that speak of this file.
    """

    path: str
    location: str
    root: str
    major: int | None = None
    complete: bool = True
    dags: tuple[DagSummary, ...] = ()
    sensors: tuple[SensorSummary, ...] = ()
    words: frozenset[str] = frozenset()
    active: frozenset[str] = frozenset()
