"""What will run, and when: the runs that a DAG gets when it is un-paused at a given moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from dag_lint.schedule.backlog import due_runs
from dag_lint.schedule.cron import Cron, parse_cron
from dag_lint.schedule.ticks import CronTicks, DeltaTicks
from dag_lint.schedule.timetable import (
    Bounds,
    Continuous,
    DataIntervals,
    Events,
    MultipleTriggers,
    Never,
    Once,
    Triggers,
    Workdays,
)
from dag_lint.schedule.walk import NoMomentError
from dag_lint.schedule.words import describe
from dag_lint.schedule.zones import UTC, find_zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from dag_lint.schedule.model import Delta, Schedule
    from dag_lint.schedule.timetable import Run, Timetable

MAX_COUNT = 1000
FEW = 3

UnpauseKind = Literal["none", "one", "many"]


@dataclass(frozen=True, slots=True)
class OnUnpause:
    """What un-pausing does at once. count: the runs it creates; None when that cannot be counted."""

    kind: UnpauseKind
    count: int | None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a deployment that decide which timetable a plain schedule becomes.

    None: the default of the Airflow version. Source: `create_timetable` of 2.11.2 and 3.3.2.
    """

    create_cron_data_intervals: bool | None = None
    create_delta_data_intervals: bool | None = None
    catchup_by_default: bool | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next runs of one DAG under one Airflow version.

    airflow: the version as given.    timetable: the class that Airflow makes of the schedule.
    at: the moment of un-pausing, in UTC.
    on_unpause: None when it is not known.    runs: the next runs in order, in UTC.
    notes: sentences that explain an empty or surprising table.
    unknown: the names of what would have to be known.
    """

    airflow: str
    timetable: str | None
    catchup: bool
    at: datetime
    on_unpause: OnUnpause | None
    runs: tuple[Run, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class UnknownTimetableError(Exception):
    """The timetable cannot be followed; `name` says what is not known."""

    def __init__(self, name: str, note: str) -> None:
        super().__init__(note)
        self.name = name
        self.note = note


def forecast(
    schedule: Schedule,
    *,
    airflow: str,
    at: datetime,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    catchup: bool | None = None,
    timezone: str | tzinfo | None = "UTC",
    count: int = 10,
    settings: Settings | None = None,
    moving_start: bool = False,
) -> Forecast:
    """Compute the next runs of a DAG that is un-paused at a moment and has no run so far.

    airflow: "2.11", "3.3" and so on; what begins with 2 counts as 2.11, everything else as 3.3.
    at, start_date, end_date: aware; start_date is the earliest of the DAG's and its tasks'.
    timezone: the DAG's own zone; the schedule's wins. catchup None: the default.
    count: at most 1,000 runs. moving_start: start_date is computed at each parse (as of `at`).
    Never raises for what a DAG file may hold: what cannot be known is named in the result.
    """
    settings = settings or Settings()
    airflow_3 = not airflow.startswith("2")
    at = at.astimezone(UTC)
    if catchup is None:
        catchup = not airflow_3 if settings.catchup_by_default is None else settings.catchup_by_default
    bounds = Bounds(_utc(start_date), _utc(end_date), catchup)
    name = timetable_name(schedule, airflow, settings)
    refused = _refused(schedule, bounds, airflow_3=airflow_3)
    nothing = OnUnpause("none", 0)
    if refused is not None:
        return Forecast(airflow, name, catchup, at, nothing, notes=(refused,))
    try:
        timetable = build_timetable(schedule, airflow, timezone, settings)
    except UnknownTimetableError as unknown:
        return Forecast(airflow, name, catchup, at, None, notes=(unknown.note,), unknown=(unknown.name,))
    # A second run has to be seen to tell one from many; how long a continuous one takes nobody knows.
    asked = 1 if isinstance(timetable, Continuous) else min(max(count, FEW), MAX_COUNT)
    runs = next_runs(timetable, bounds, at, asked)
    due = [run for run in runs if run.run_after <= at]
    if isinstance(timetable, Continuous):
        unpause = OnUnpause("one" if due else "none", len(due))
    else:
        unpause = _on_unpause(timetable, bounds, at, due, asked)
    if moving_start and unpause.kind == "many":
        unpause = OnUnpause("many", None)
    notes = list(_notes(schedule, bounds, at, runs))
    if moving_start and schedule.kind not in ("none", "assets"):
        notes.append(f"start_date moves with every parse; here it is taken as of {at:%Y-%m-%d %H:%M:%S} UTC.")
    return Forecast(airflow, name, catchup, at, unpause, tuple(runs[: max(count, 0)]), tuple(notes))


def _notes(schedule: Schedule, bounds: Bounds, at: datetime, runs: list[Run]) -> Iterator[str]:
    """Why the table is empty, or what it leaves out."""
    if schedule.kind == "none":
        yield "It has no schedule: it runs only when it is triggered."
    elif schedule.kind == "assets":
        yield "It runs when its assets are updated; no clock decides that."
    elif schedule.kind == "continuous" and runs:
        yield "The next run begins as soon as this one has ended, and so on."
    elif schedule.timetable == "AfterWorkdayTimetable":
        yield "Holidays are left out; where pandas is installed, the timetable skips those of the USA."
    if schedule.with_assets:
        yield "Updates of its assets start runs besides these."
    if not runs and schedule.kind not in ("none", "assets"):
        yield _why_nothing(schedule, bounds, at)


def _why_nothing(schedule: Schedule, bounds: Bounds, at: datetime) -> str:
    crons = [parse_cron(text) for text in schedule.crons]
    if crons and not any(isinstance(cron, Cron) and cron.fires for cron in crons):
        return f"It never runs: {describe(schedule)}."
    if bounds.latest is not None and bounds.earliest is not None and bounds.latest < bounds.earliest:
        return "It never runs: end_date lies before start_date."
    if bounds.latest is not None and (bounds.latest <= at or not schedule.is_timed):
        return f"No run is left before its end_date, {bounds.latest:%Y-%m-%d %H:%M} UTC."
    if bounds.latest is not None:
        return f"No run begins before its end_date, {bounds.latest:%Y-%m-%d %H:%M} UTC."
    if schedule.events is not None:
        return "None of its listed moments is left."
    return "Airflow finds no next run; the scheduler's log says why."


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    # A datetime and no more: a class of its own, such as pendulum's, may add in a way of its own.
    plain = datetime.combine(moment.date(), moment.timetz())
    try:
        return plain.astimezone(UTC)
    except OverflowError:
        # The first or the last day of all, as seen from elsewhere.
        return plain.replace(tzinfo=UTC)


def timetable_name(schedule: Schedule, airflow: str, settings: Settings | None = None) -> str | None:
    """The class of the timetable that Airflow makes of a schedule; None when it is not known."""
    settings = settings or Settings()
    airflow_3 = not airflow.startswith("2")
    if schedule.kind == "timetable":
        return schedule.timetable
    if schedule.kind in ("cron", "preset"):
        return "CronDataIntervalTimetable" if _cron_intervals(settings, airflow_3) else "CronTriggerTimetable"
    if schedule.kind == "delta":
        intervals = _delta_intervals(settings, airflow_3)
        return "DeltaDataIntervalTimetable" if intervals else "DeltaTriggerTimetable"
    return {
        "none": "NullTimetable",
        "once": "OnceTimetable",
        "continuous": "ContinuousTimetable",
        "assets": "AssetTriggeredTimetable" if airflow_3 else "DatasetTriggeredTimetable",
    }.get(schedule.kind)


def _cron_intervals(settings: Settings, airflow_3: bool) -> bool:
    chosen = settings.create_cron_data_intervals
    return not airflow_3 if chosen is None else chosen


def _delta_intervals(settings: Settings, airflow_3: bool) -> bool:
    # 3.3.2 asks for create_cron_data_intervals here too; nothing reads create_delta_data_intervals.
    return not airflow_3 or _cron_intervals(settings, airflow_3)


def build_timetable(
    schedule: Schedule, airflow: str, timezone: str | tzinfo | None, settings: Settings | None = None
) -> Timetable:
    """The timetable of a schedule; UnknownTimetableError when it cannot be followed."""
    airflow_3 = not airflow.startswith("2")
    if schedule.kind in ("none", "assets"):
        return Never()
    if schedule.kind == "once":
        return Once(airflow_3)
    if schedule.kind == "continuous":
        return Continuous(airflow_3)
    if schedule.kind == "unknown":
        raise UnknownTimetableError("schedule", "The schedule cannot be read from the file.")
    name = schedule.inner or timetable_name(schedule, airflow, settings) or ""
    if schedule.crons:
        return _of_crons(schedule, name, timezone, airflow_3=airflow_3)
    if schedule.delta is not None:
        return _of_delta(schedule.delta, schedule.interval, name, airflow_3=airflow_3)
    if schedule.events is not None:
        return Events(tuple(moment.astimezone(UTC) for moment in schedule.events))
    if name == "AfterWorkdayTimetable":
        return Workdays(airflow_3)
    raise UnknownTimetableError("timetable", f"When {name} runs cannot be read from the file.")


def _of_crons(schedule: Schedule, name: str, timezone: str | tzinfo | None, *, airflow_3: bool) -> Timetable:
    zone = find_zone(schedule.timezone or timezone)
    if zone is None:
        raise UnknownTimetableError(
            "timezone", f"The time zone {schedule.timezone or timezone} is not known."
        )
    ticks: list[CronTicks] = []
    for text in schedule.crons:
        cron = parse_cron(text)
        if not isinstance(cron, Cron) or cron.random:
            raise UnknownTimetableError("schedule", "The cron expression cannot be followed.")
        ticks.append(CronTicks(cron, zone))
    if name == "CronDataIntervalTimetable":
        return DataIntervals(ticks[0], airflow_3)
    interval: Delta = schedule.interval if schedule.interval is not None else timedelta(0)
    triggers = tuple(Triggers(each, interval, airflow_3, schedule.run_immediately) for each in ticks)
    if name == "CronTriggerTimetable":
        return triggers[0]
    if name == "MultipleCronTriggerTimetable":
        if not airflow_3:
            raise UnknownTimetableError("timetable", "Airflow 2 has no MultipleCronTriggerTimetable.")
        return MultipleTriggers(triggers)
    raise UnknownTimetableError("timetable", f"When {name} runs cannot be read from the file.")


def _of_delta(delta: Delta, interval: Delta | None, name: str, *, airflow_3: bool) -> Timetable:
    if name == "DeltaDataIntervalTimetable":
        return DataIntervals(DeltaTicks(delta), airflow_3)
    if name == "DeltaTriggerTimetable":
        return Triggers(DeltaTicks(delta), interval if interval is not None else timedelta(0), airflow_3)
    raise UnknownTimetableError("timetable", f"When {name} runs cannot be read from the file.")


def next_runs(timetable: Timetable, bounds: Bounds, at: datetime, count: int) -> list[Run]:
    """The runs that the scheduler creates from `at` on, each as soon as it is due; at most `count`.

    Ends where the timetable ends or fails: Airflow logs the failure and schedules nothing more.
    """
    runs: list[Run] = []
    last: Run | None = None
    clock = at
    while len(runs) < count:
        try:
            run = timetable.next_run(last, bounds, clock)
        except (NoMomentError, OverflowError, ValueError):
            break
        if run is None or (last is not None and run.run_after <= last.run_after):
            # The scheduler would create the same run again, finds that it exists, and stands still.
            break
        runs.append(run)
        last, clock = run, max(clock, run.run_after)
    return runs


def _refused(schedule: Schedule, bounds: Bounds, *, airflow_3: bool) -> str | None:
    """Why Airflow does not even load the DAG, where that follows from these facts alone."""
    if schedule.kind in ("none", "unknown", "assets") or bounds.earliest is not None:
        return None
    if not airflow_3:
        return "Airflow 2 refuses a DAG that has a schedule and no start_date."
    if bounds.catchup:
        return "Airflow 3 refuses a DAG that has catchup=True and no start_date."
    return None


def _on_unpause(timetable: Timetable, bounds: Bounds, at: datetime, due: list[Run], shown: int) -> OnUnpause:
    """What is created at once, from the runs found to be due when `shown` were asked for."""
    if len(due) < 2:
        return OnUnpause("one" if due else "none", len(due))
    if len(due) < shown:
        return OnUnpause("many", len(due))
    return OnUnpause("many", due_runs(timetable, due[0], bounds, at))
