"""What will run, and when, for the DAGs of one file: from the model to forecasts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from dag_lint.dates import dates_in
from dag_lint.deployment import deployment_settings
from dag_lint.facts import UNKNOWN, dag_facts
from dag_lint.known import Constant, Moving, text_of
from dag_lint.lint import understand
from dag_lint.schedule.forecast import Settings as Deployment
from dag_lint.schedule.forecast import forecast
from dag_lint.schedule.model import InvalidSchedule
from dag_lint.spans import locate
from dag_lint.target import project_root
from dag_lint.zones import zone_of

if TYPE_CHECKING:
    from dag_lint.known import Value
    from dag_lint.model import Dag, DagFile
    from dag_lint.schedule.forecast import Forecast
    from dag_lint.schedule.model import Schedule
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile

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


def outlooks(source: SourceFile, settings: Settings, at: datetime, count: int) -> list[DagOutlook]:
    """The registered DAGs of a file, each with the runs it would get when it is un-paused at `at`.

    `at` is aware; `count` at most 1,000. Raises what `understand` raises.
    """
    settings = _with_deployment(source, settings)
    first = understand(source, settings)
    target = first.file.target
    versions = (settings.airflow_version or {2: BOTH[0], 3: BOTH[1]}[target.major],) if target.major else BOTH
    # What a DAG is by default differs between the versions: the file is understood once for each of them.
    files = [understand(source, replace(settings, airflow_version=version)).file for version in versions]
    spans = locate(first.module, first.tree, [dag.callee for dag in first.file.dags])
    found = []
    for index, dag in enumerate(first.file.dags):
        if dag.registered:
            same = [file.dags[index] for file in files]
            span = spans.get(id(dag.callee))
            found.append(
                _outlook(same, files, versions, None if span is None else span.start.line, at, count)
            )
    return found


def _with_deployment(source: SourceFile, settings: Settings) -> Settings:
    """The settings, with those that the files beside the DAG give where none are set."""
    root = project_root(source.location) if source.location is not None else None
    if source.location is None or root is None:
        return settings
    beside: dict[str, Any] = deployment_settings(source.location.absolute().parent, root)
    return replace(
        settings, **{name: value for name, value in beside.items() if getattr(settings, name) is None}
    )


def _outlook(
    dags: list[Dag],
    files: list[DagFile],
    versions: tuple[str, ...],
    line: int | None,
    at: datetime,
    count: int,
) -> DagOutlook:
    forecasts: list[Forecast] = []
    unknown: set[str] = set()
    zone: str | None = None
    for dag, file, version in zip(dags, files, versions, strict=True):
        facts = dag_facts(dag, file)
        zone = facts.timezone if isinstance(facts.timezone, str) else None
        start, moving, missing = _start(dag, file, at)
        unknown |= missing
        unknown |= {name for name in ("catchup", "end_date", "timezone") if getattr(facts, name) is UNKNOWN}
        if moving:
            unknown -= {"timezone", "start_date"}
            zone = zone or file.settings.default_timezone or "UTC"
        if isinstance(dag.schedule, InvalidSchedule):
            continue
        if dag.schedule.kind == "unknown":
            unknown.add("schedule")
        if dag.schedule.kind == "unknown" or (unknown and dag.schedule.is_timed):
            continue
        forecasts.append(
            forecast(
                dag.schedule,
                airflow=version,
                at=at,
                start_date=start,
                end_date=facts.end_date if isinstance(facts.end_date, datetime) else None,
                catchup=facts.catchup if isinstance(facts.catchup, bool) else None,
                timezone=zone,
                count=count,
                settings=_deployment(file.settings),
                moving_start=moving,
            )
        )
    last = dags[-1]
    return DagOutlook(last.id_text(), line, last.schedule, zone, tuple(forecasts), tuple(sorted(unknown)))


def _deployment(settings: Settings) -> Deployment:
    return Deployment(
        settings.create_cron_data_intervals, settings.create_delta_data_intervals, settings.catchup_by_default
    )


def _start(dag: Dag, file: DagFile, at: datetime) -> tuple[datetime | None, bool, set[str]]:
    """The earliest start_date of a DAG and its tasks, whether it moves, and what of it is not known.

    A date that moves lies `back` before the moment at which the file is parsed, which is taken to be `at`.
    """
    own: list[Value] = []
    of_tasks: list[Value] = []
    for given in dates_in(file):
        if given.dag is dag and given.name == "start_date":
            (own if given.to == "dag" else of_tasks).append(given.value)
    moments: list[datetime] = []
    moving = False
    for value in own or of_tasks:
        moment = _moment(value, file, at)
        if moment is None:
            return None, False, set() if _is_none(value) else {"start_date"}
        moving = moving or isinstance(value, Moving)
        moments.append(moment)
    if not moments and (
        dag.arguments.open_ended or (dag.default_args is not None and dag.default_args.open_ended)
    ):
        return None, False, {"start_date"}
    return min(moments, default=None), moving, set()


def _is_none(value: object) -> bool:
    return isinstance(value, Constant) and value.value is None


def _moment(value: object, file: DagFile, at: datetime) -> datetime | None:
    if isinstance(value, Moving):
        return at - (value.back if value.back is not None else timedelta(0))
    moment = value.value if isinstance(value, Constant) else None
    text = text_of(value) if isinstance(value, Constant) else None
    if text is not None:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
    if not isinstance(moment, datetime):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(file.settings.default_timezone or "UTC"))
    return moment.astimezone(timezone.utc)
