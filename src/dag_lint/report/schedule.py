"""What will run, and when: forecasts as a table of 80 columns and as plain data for JSON."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from dag_lint.schedule.model import InvalidSchedule
from dag_lint.schedule.words import describe
from dag_lint.schedule.zones import find_zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dag_lint.schedule.forecast import Forecast
    from dag_lint.schedule.model import Schedule
    from dag_lint.schedule.timetable import Run

WIDTH = 80
_HEADS = ("logical date", "interval start", "interval end", "created from")

EXPLANATION = """\
logical date: the name of the run, {{ ds }} and the run id are made of it. It is the start of the data \
interval, not the moment at which the run is created.
interval start, interval end: the time the run is about, {{ data_interval_start }} and \
{{ data_interval_end }}. A data-interval timetable (the default for cron in Airflow 2) covers the time \
since the tick before; a trigger timetable (the default in Airflow 3) has an empty interval unless it is \
given one.
created from: the earliest moment at which the scheduler creates the run. With a data interval that is \
its end, so the run of a day is created when the day is over.
*: due already, created as soon as the DAG is un-paused. With catchup that is every run since start_date, \
without it only the latest one.
"""


@dataclass(frozen=True, slots=True)
class DagSchedule:
    """One DAG and its forecasts, one for each Airflow version that was asked for.

    line: 1-based, None when it is not known.    timezone: the DAG's own zone as text.
    unknown: the names of facts that could not be read from the file.
    """

    file: str
    dag_id: str | None
    line: int | None
    schedule: Schedule | InvalidSchedule
    timezone: str | None
    forecasts: tuple[Forecast, ...]
    unknown: tuple[str, ...] = ()


def schedule_as_data(dag: DagSchedule) -> dict[str, Any]:
    """One DAG as a JSON object; all times in UTC."""
    names = {name for forecast in dag.forecasts for name in forecast.unknown}
    return {
        "file": dag.file,
        "dag_id": dag.dag_id,
        "line": dag.line,
        "schedule": _schedule_as_data(dag.schedule),
        "timezone": dag.timezone,
        "versions": [_version_as_data(forecast) for forecast in dag.forecasts],
        "unknown": sorted(names.union(dag.unknown)),
    }


def _schedule_as_data(schedule: Schedule | InvalidSchedule) -> dict[str, Any]:
    if isinstance(schedule, InvalidSchedule):
        return {"kind": "unknown", "expression": None, "words": None, "refused": schedule.reason}
    if schedule.kind == "unknown":
        return {"kind": "unknown", "expression": None, "words": None}
    return {"kind": schedule.kind, "expression": schedule.expression, "words": describe(schedule)}


def _version_as_data(forecast: Forecast) -> dict[str, Any]:
    unpause = forecast.on_unpause
    data: dict[str, Any] = {
        "airflow": forecast.airflow,
        "timetable": forecast.timetable,
        "catchup": forecast.catchup,
        "at": forecast.at.isoformat(),
        "on_unpause": None if unpause is None else {"kind": unpause.kind, "count": unpause.count},
        "runs": [
            {
                "logical_date": run.logical_date.isoformat(),
                "data_interval_start": run.start.isoformat(),
                "data_interval_end": run.end.isoformat(),
                "run_after": run.run_after.isoformat(),
            }
            for run in forecast.runs
        ],
    }
    if forecast.notes:
        data["notes"] = list(forecast.notes)
    return data


def schedules_as_json(dags: Sequence[DagSchedule]) -> str:
    """All DAGs as a JSON list."""
    return json.dumps([schedule_as_data(dag) for dag in dags], indent=2) + "\n"


def schedule_as_text(
    dags: Sequence[DagSchedule], without: Sequence[tuple[str, int]] = (), *, explain: bool = False
) -> str:
    """All DAGs as text; no line is longer than 80 columns but for a long name.

    without: the names of files in which Airflow sees no DAG, with the number of those that it does not see.
    """
    blocks = ["\n".join(_block(dag)) for dag in dags]
    blocks += ["\n".join(_wrapped(_no_dag(name, unseen))) for name, unseen in without]
    if explain and dags:
        blocks.append("\n".join(_wrapped(EXPLANATION)))
    return "".join(f"{block}\n\n" for block in blocks).removesuffix("\n")


def _no_dag(name: str, unseen: int) -> str:
    if not unseen:
        return f"No DAG is to be seen in {_plain(name)}."
    what = "the DAG" if unseen == 1 else f"any of the {unseen} DAGs"
    return (
        f"Airflow does not see {what} of {_plain(name)}: no name at module level holds it. Unless another "
        "file imports it, assign it to a variable there, use it with `with`, or call the function that makes it."
    )


def _block(dag: DagSchedule) -> Iterator[str]:
    place = dag.file if dag.line is None else f"{dag.file}, line {dag.line}"
    yield f"{_plain(dag.dag_id or 'a DAG whose dag_id is not known')} ({_plain(place)})"
    if isinstance(dag.schedule, InvalidSchedule):
        yield from _wrapped(f"Airflow refuses its schedule: {dag.schedule.reason}.", indent="  ")
        if dag.schedule.suggestion is not None:
            yield f'  Probably "{dag.schedule.suggestion}" is meant.'
        return
    yield from _wrapped(_headline(dag.schedule, dag.timezone, dag.forecasts), indent="  ")
    if dag.unknown:
        names = ", ".join(dag.unknown)
        yield from _wrapped(f"The file does not tell: {names}. So its runs are not known.", indent="  ")
    for forecasts in _alike(dag.forecasts):
        yield ""
        yield from _version(forecasts, dag)


def _headline(schedule: Schedule, zone: str | None, forecasts: Sequence[Forecast]) -> str:
    words = describe(schedule)
    if schedule.kind == "none" and any(forecast.runs for forecast in forecasts):
        return "No schedule is given, which means different things to the versions of Airflow"
    shown = schedule.written or (schedule.timetable if schedule.kind == "timetable" else None)
    head = f"{shown}: {words}" if shown is not None and shown != words else words[:1].upper() + words[1:]
    zone = schedule.timezone or zone
    return f"{head} (time zone {zone})" if zone is not None and schedule.is_timed else head


def _alike(forecasts: Sequence[Forecast]) -> list[list[Forecast]]:
    """Versions that do the same, together."""
    groups: dict[tuple[object, ...], list[Forecast]] = {}
    for forecast in forecasts:
        key: tuple[object, ...] = (forecast.on_unpause, forecast.notes, forecast.runs)
        if forecast.runs:
            key = (*key, forecast.timetable, _catchup(forecast))
        groups.setdefault(key, []).append(forecast)
    return list(groups.values())


def _version(forecasts: list[Forecast], dag: DagSchedule) -> Iterator[str]:
    forecast = forecasts[0]
    names = " and ".join(each.airflow for each in forecasts)
    what = f": {forecast.timetable}{_catchup(forecast)}" if forecast.runs else ""
    yield from _wrapped(f"Airflow {names}{what}", indent="  ")
    zone, zone_name = _zone(dag, forecast)
    at = f"{_clock(forecast.at, zone, seconds=True)} {_offset(forecast.at, zone)}".rstrip()
    yield from _wrapped(f"Un-pausing it at {at} ({zone_name}) {_unpausing(forecast, zone)}", indent="  ")
    for note in forecast.notes:
        yield from _wrapped(note, indent="  ")
    if forecast.runs:
        yield from _table(forecast, zone)


def _catchup(forecast: Forecast) -> str:
    """With or without; nothing where it makes no difference."""
    if forecast.timetable in ("OnceTimetable", "ContinuousTimetable"):
        return ""
    return ", with catchup" if forecast.catchup else ", without catchup"


def _unpausing(forecast: Forecast, zone: tzinfo) -> str:
    unpause = forecast.on_unpause
    if unpause is None:
        return "starts runs that are not known."
    if unpause.kind == "none":
        return "starts nothing at once."
    if unpause.kind == "one":
        first = forecast.runs[0] if forecast.runs else None
        which = (
            f", that of {_clock(first.logical_date, zone, seconds=_needs_seconds([first]))}" if first else ""
        )
        return f"starts one run at once{which}."
    return "starts many runs." if unpause.count is None else f"starts {unpause.count:,} runs, in this order."


def _zone(dag: DagSchedule, forecast: Forecast) -> tuple[tzinfo, str]:
    """The zone in which times are shown: the schedule's, or UTC where its offset needs too much room."""
    name = getattr(dag.schedule, "timezone", None) or dag.timezone
    zone = find_zone(name)
    if zone is None or name is None or zone is timezone.utc:
        return timezone.utc, "UTC"
    moments = [forecast.at, *(moment for run in forecast.runs for moment in _moments(run))]
    offsets = {moment.astimezone(zone).utcoffset() for moment in moments}
    if len(offsets) > 1 and _needs_seconds(forecast.runs):
        return timezone.utc, "UTC"
    return zone, name


def _table(forecast: Forecast, zone: tzinfo) -> Iterator[str]:
    seconds = _needs_seconds(forecast.runs)
    width = 19 if seconds else 16
    gap = " " if seconds else "  "
    offsets = {_offset(moment, zone) for run in forecast.runs for moment in _moments(run)}
    varying = len(offsets) > 1
    yield gap + gap.join(f"{head:<{width}}" for head in _HEADS).rstrip()
    for run in forecast.runs:
        mark = ("*" if run.run_after <= forecast.at else " ") + gap[1:]
        cells = gap.join(_clock(moment, zone, seconds=seconds) for moment in _moments(run))
        # Where the clock is moved between two runs, the time of creation says which side it is on.
        yield f"{mark}{cells}" + (f" {_offset(run.run_after, zone)}" if varying else "")
    if any(run.run_after <= forecast.at for run in forecast.runs):
        yield "  * created at once"


def _moments(run: Run) -> tuple[datetime, datetime, datetime, datetime]:
    return run.logical_date, run.start, run.end, run.run_after


def _needs_seconds(runs: Sequence[Run]) -> bool:
    return any(moment.second or moment.microsecond for run in runs for moment in _moments(run))


def _clock(moment: datetime, zone: tzinfo, *, seconds: bool) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def _offset(moment: datetime, zone: tzinfo) -> str:
    """`+09:00`; nothing for UTC, which the name says already."""
    if zone is timezone.utc:
        return ""
    minutes = round((moment.astimezone(zone).utcoffset() or timedelta(0)).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines += textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def _plain(text: str) -> str:
    """Names on one line, without what a terminal would act on."""
    return "".join(char if char.isprintable() else "?" for char in text)
