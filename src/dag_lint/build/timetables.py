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
        interval = _plain(arguments.keywords["interval"].value) if "interval" in arguments.keywords else None
        immediately = arguments.keywords.get("run_immediately")
        return schedules.cron_timetable(
            name,
            _plain(arguments.value(0, "cron")),
            _zone(arguments.value(1, "timezone")),
            interval=interval if isinstance(interval, timedelta) else None,
            run_immediately=_plain(immediately.value) if immediately is not None else False,
        )
    if name == "MultipleCronTriggerTimetable":
        texts = [_plain(value) for value, _ in arguments.positional]
        zone = arguments.keywords.get("timezone")
        return schedules.multiple_cron(texts, _zone(zone.value if zone is not None else None))
    if name in ("DeltaTriggerTimetable", "DeltaDataIntervalTimetable"):
        return schedules.delta_timetable(name, _plain(arguments.value(0, "delta")))
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


def _plain(value: Value | None) -> Any:
    known, found = plain(value) if value is not None else (False, None)
    return found if known else None


def _zone(value: Value | None) -> str | None:
    zone = _plain(value)
    if isinstance(zone, tzinfo):
        return getattr(zone, "key", None) or str(zone)
    return zone if isinstance(zone, str) else None
