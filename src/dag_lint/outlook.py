"""What will run, and when, for the DAGs of one file: from the model to forecasts."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dag_lint.build.file import build_file
from dag_lint.collector import without_collector
from dag_lint.dates import is_none, lies_within_an_interval, start_of
from dag_lint.deployment import deployment_settings
from dag_lint.facts import UNKNOWN, dag_facts
from dag_lint.known import Constant, Moving
from dag_lint.lint import understand
from dag_lint.schedule.forecast import OnUnpause, forecast
from dag_lint.schedule.forecast import Settings as Deployment
from dag_lint.schedule.model import InvalidSchedule
from dag_lint.spans import locate
from dag_lint.target import project_root
from dag_lint.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile
    from dag_lint.schedule.forecast import Forecast
    from dag_lint.schedule.model import Schedule
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile

_DATA_INTERVALS = ("CronDataIntervalTimetable", "DeltaDataIntervalTimetable")
_NEEDED = {
    "none": (),
    "assets": (),
    "once": ("start_date", "end_date"),
    "continuous": ("start_date", "end_date"),
    "unknown": ("schedule",),
}
"""The facts that decide when a DAG runs, by the kind of its schedule; all of them for every other kind."""

_ALL = ("start_date", "end_date", "catchup", "timezone")

BOTH = ("2.11", "3.3")
"""The versions that are shown side by side when nothing tells which one the file is for."""


@dataclass(frozen=True, slots=True)
class DagOutlook:
    """A DAG with one forecast for each version. `unknown`: the facts that could not be read from the file."""

    dag_id: str | None
    line: int | None
    schedule: Schedule | InvalidSchedule
    timezone: str | None
    forecasts: tuple[Forecast, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileOutlook:
    """The DAGs of a file that Airflow sees, and how many it does not: nothing at module level holds them."""

    dags: tuple[DagOutlook, ...]
    unseen: int


@without_collector()
def outlooks(source: SourceFile, settings: Settings, at: datetime, count: int) -> FileOutlook:
    """The DAGs of a file, each with the runs it gets when it is un-paused at `at`.

    `at` is aware; `count` at most 1,000. Raises what `understand` raises.
    """
    settings = _with_deployment(source, settings)
    first = understand(source, settings)
    target = first.file.target
    versions = BOTH if target.major is None else (target.version or BOTH[target.major - 2],)
    # What a DAG is by default differs between the versions: the file is built once for each of them.
    files = [
        build_file(source, first.module, replace(settings, airflow_version=version)) for version in versions
    ]
    spans = locate(first.module, first.tree, [dag.callee for dag in first.file.dags])
    found: list[DagOutlook] = []
    unseen = 0
    in_files = [_by_place(file) for file in files]
    for place, dag in _by_place(first.file).items():
        if dag.is_sub_dag:
            # It runs with its parent, whatever its own schedule says.
            continue
        if not dag.registered:
            unseen += 1
            continue
        span = spans.get(id(dag.callee))
        # A version in which its imports fail may not see a DAG at all.
        seen = [
            _Seen(dags[place], file, version, at)
            for dags, file, version in zip(in_files, files, versions, strict=True)
            if place in dags
        ]
        if seen:
            found.append(_outlook(seen, None if span is None else span.start.line, count))
        else:
            unseen += 1
    return FileOutlook(tuple(found), unseen)


def _by_place(file: DagFile) -> dict[tuple[int, int], Dag]:
    """The DAGs of a file, each by the call that makes it and by how many that call has made before."""
    found: dict[tuple[int, int], Dag] = {}
    made: Counter[int] = Counter()
    for dag in file.dags:
        found[id(dag.node), made[id(dag.node)]] = dag
        made[id(dag.node)] += 1
    return found


def _with_deployment(source: SourceFile, settings: Settings) -> Settings:
    """The settings, with those that the files beside the DAG give where none are set."""
    if source.location is None:
        return settings
    folder = Path(os.path.abspath(source.location)).parent  # noqa: PTH100 - links stay as written
    root = project_root(source.location)
    if root is None:
        # Airflow's own layout, without version control: the files lie beside the folder of the DAGs.
        root = folder.parent if folder.name == "dags" else folder
    beside: dict[str, Any] = deployment_settings(folder, root)
    return replace(
        settings, **{name: value for name, value in beside.items() if getattr(settings, name) is None}
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A DAG as one version of Airflow sees it."""

    dag: Dag
    file: DagFile
    version: str
    at: datetime


def _outlook(seen: list[_Seen], line: int | None, count: int) -> DagOutlook:
    forecasts: list[Forecast] = []
    unknown: set[str] = set()
    zone: str | None = None
    for each in seen:
        found, missing, zone = _in_version(each, count)
        unknown |= missing
        if found is not None:
            forecasts.append(found)
    # Without a schedule argument the versions differ: the last one says that there is none.
    last = seen[-1].dag
    return DagOutlook(last.id_text(), line, last.schedule, zone, tuple(forecasts), tuple(sorted(unknown)))


def _in_version(seen: _Seen, count: int) -> tuple[Forecast | None, set[str], str | None]:
    """The forecast of one version, None when there is none; what is not known; the time zone."""
    dag, file = seen.dag, seen.file
    facts = dag_facts(dag, file)
    value = start_of(dag)
    start = _moment(value, seen)
    missing = {name for name in ("catchup", "end_date", "timezone") if getattr(facts, name) is UNKNOWN}
    if value is not None and start is None and not is_none(value):
        missing.add("start_date")
    zone = facts.timezone if isinstance(facts.timezone, str) else None
    if isinstance(value, Moving) and zone is None:
        zone = value.zone if value.aware else _default_zone(file)
        missing -= {"timezone"} if zone is not None else set()
    if isinstance(dag.schedule, InvalidSchedule):
        return None, set(), zone
    schedule = dag.schedule
    if "timezone" in missing and (schedule.timezone is not None or not (schedule.crons or schedule.is_timed)):
        missing -= {"timezone"}
    if schedule.kind == "unknown" and dag.schedule_argument is None:
        # `**kwargs` may hold the schedule.
        missing.add("schedule")
    missing &= set(_NEEDED.get(schedule.kind, _ALL))
    if schedule.kind == "unknown":
        return None, {"schedule"}, zone
    moving = value if isinstance(value, Moving) else None
    if missing - ({"timezone"} if moving is not None else set()):
        return None, missing, zone
    found = forecast(
        schedule,
        airflow=seen.version,
        at=seen.at,
        start_date=start,
        end_date=facts.end_date if isinstance(facts.end_date, datetime) else None,
        catchup=facts.catchup if isinstance(facts.catchup, bool) else None,
        timezone=zone or "UTC",
        count=count,
        settings=_deployment(file.settings),
        moving_start=moving is not None,
    )
    refused = _refused_argument(dag, seen.version)
    if refused is not None:
        return _without_runs(found, refused), set(), zone
    if (
        moving is not None
        and found.timetable in _DATA_INTERVALS
        and lies_within_an_interval(moving, schedule)
    ):
        why = f"It never runs: start_date moves on with {moving.source}, so no whole interval ever lies behind it."
        return _without_runs(found, why), set(), zone
    if missing:
        return None, missing, zone
    if dag.schedule_argument is None and schedule.kind == "delta":
        note = "No schedule is given: Airflow 2 takes timedelta(days=1)."
        found = replace(found, notes=(note, *found.notes))
    return replace(found, notes=(*found.notes, *_why_not_yet(found, start))), set(), zone


def _without_runs(found: Forecast, why: str) -> Forecast:
    return replace(found, on_unpause=OnUnpause("none", 0), runs=(), notes=(why,), unknown=())


def _why_not_yet(found: Forecast, start: datetime | None) -> Iterator[str]:
    """Why nothing is created at once although runs are to come."""
    if start is None or found.on_unpause != OnUnpause("none", 0) or not found.runs:
        return
    if start > found.at:
        yield f"It begins in the future: start_date is {start:%Y-%m-%d %H:%M} UTC."
    elif found.timetable in _DATA_INTERVALS:
        yield "No interval that began after start_date is over yet."


def _refused_argument(dag: Dag, version: str) -> str | None:
    """Why Airflow does not load the DAG, whatever its schedule means."""
    for old in ("schedule_interval", "timetable"):
        if not version.startswith("2") and old in dag.arguments:
            return f"Airflow 3 refuses the argument {old}: write schedule=."
    return None


def _deployment(settings: Settings) -> Deployment:
    return Deployment(
        settings.create_cron_data_intervals, settings.create_delta_data_intervals, settings.catchup_by_default
    )


def _default_zone(file: DagFile) -> str:
    return file.settings.default_timezone or "UTC"


def _moment(value: Value | None, seen: _Seen) -> datetime | None:
    """When a DAG starts, in UTC; None when that is not known."""
    if isinstance(value, Moving):
        return _moving(value, seen)
    moment = value.value if isinstance(value, Constant) else None
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            return None
    if not isinstance(moment, datetime):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(_default_zone(seen.file)) or timezone.utc)
    try:
        return moment.astimezone(timezone.utc)
    except (OverflowError, ValueError):
        return None


def _moving(value: Moving, seen: _Seen) -> datetime | None:
    """A date that moves, as it is when the file is parsed at the moment of un-pausing."""
    if value.back is None or value.most is None or value.is_date:
        return None
    name = value.zone if value.aware else _default_zone(seen.file)
    now = seen.at.astimezone(zone_of(name or "UTC") or timezone.utc)
    spread = value.most - value.back
    # What varies within a day was cut to its midnight, what varies within an hour to the full hour.
    if spread == timedelta(days=1):
        now = now.replace(hour=0, minute=0, second=0, microsecond=0)
    elif spread == timedelta(hours=1):
        now = now.replace(minute=0, second=0, microsecond=0)
    elif spread:
        return None
    try:
        return (now - value.back).astimezone(timezone.utc)
    except OverflowError:
        return None
