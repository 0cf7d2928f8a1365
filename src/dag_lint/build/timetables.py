"""Timetable constructors: from arguments to a Schedule."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from dag_lint.build.objects import TimetableObject
from dag_lint.evaluate.values import plain
from dag_lint.known import Value
from dag_lint.schedule import values as schedules
from dag_lint.schedule.model import InvalidSchedule

if TYPE_CHECKING:
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle
    from dag_lint.schedule.model import Schedule

TIMETABLES = frozenset(
    {
        "CronTriggerTimetable", "MultipleCronTriggerTimetable", "DeltaTriggerTimetable", "CronDataIntervalTimetable",
        "DeltaDataIntervalTimetable", "EventsTimetable", "NullTimetable", "OnceTimetable", "ContinuousTimetable",
        "AssetOrTimeSchedule", "CronPartitionTimetable", "PartitionedAssetTimetable",
    }
)  # fmt: skip


def make_timetable(name: str, arguments: CallArguments, node: Handle) -> TimetableObject:
    """The timetable that a built-in constructor gives; what is not known of it is an unknown schedule."""
    return TimetableObject(_schedule(name, arguments), node)


def _schedule(name: str, arguments: CallArguments) -> Schedule | InvalidSchedule:
    if name in ("CronTriggerTimetable", "CronDataIntervalTimetable"):
        return schedules.cron_timetable(
            name,
            _plain(arguments.value(0, "cron")),
            _zone(arguments.value(1, "timezone")),
            interval=_delta(arguments),
            run_immediately=_immediately(arguments),
        )
    if name == "MultipleCronTriggerTimetable":
        texts = [_plain(value) for value, _ in arguments.positional]
        zone = arguments.keywords.get("timezone")
        return schedules.multiple_cron(
            texts,
            _zone(zone.value if zone is not None else None),
            interval=_delta(arguments),
            run_immediately=_immediately(arguments),
        )
    if name in ("DeltaTriggerTimetable", "DeltaDataIntervalTimetable"):
        return schedules.delta_timetable(
            name, _plain(arguments.value(0, "delta")), interval=_delta(arguments)
        )
    if name == "EventsTimetable":
        known, events = plain(arguments.value(0, "event_dates") or Value())
        usable = (
            known
            and isinstance(events, (list, tuple))
            and all(isinstance(event, datetime) for event in events)
        )
        return schedules.events_timetable(list(events) if usable else None)  # type: ignore[call-overload]
    if name == "AssetOrTimeSchedule":
        inner = arguments.value(0, "timetable")
        if isinstance(inner, TimetableObject) and not isinstance(inner.schedule, InvalidSchedule):
            return schedules.asset_or_time(inner.schedule)
    if name in ("NullTimetable", "OnceTimetable", "ContinuousTimetable"):
        return schedules.schedule_from_value({"N": None, "O": "@once", "C": "@continuous"}[name[0]])
    return schedules.other_timetable(name)


def _delta(arguments: CallArguments) -> Any:
    given = arguments.keywords.get("interval")
    found = _plain(given.value) if given is not None else None
    return found if isinstance(found, timedelta) or schedules.is_relativedelta(found) else None


def _immediately(arguments: CallArguments) -> Any:
    given = arguments.keywords.get("run_immediately")
    return False if given is None else _plain(given.value)


def _plain(value: Value | None) -> Any:
    known, found = plain(value) if value is not None else (False, None)
    return found if known else None


def _zone(value: Value | None) -> str | None:
    zone = _plain(value)
    if isinstance(zone, tzinfo):
        return getattr(zone, "key", None) or str(zone)
    return zone if isinstance(zone, str) else None
