"""What Airflow's own objects would hold: `dag.catchup`, `dag.start_date`, `task.trigger_rule` ... by version.

Each fact is a value, or UNKNOWN where it cannot be known or where the versions that the file may be meant
for differ. Rules read the model, which is closer to the text; this is for what shows the whole picture.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from dag_lint.deployment import deployment_settings
from dag_lint.known import Constant, Mapping, Moving, Value, text_of
from dag_lint.schedule.model import InvalidSchedule
from dag_lint.zones import zone_of

if TYPE_CHECKING:
    from dag_lint.model import Argument, Dag, DagFile, Task


class _Unknown:
    """The type of UNKNOWN."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()

_RENAMED_RULES = {"dummy": "always", "none_failed_or_skipped": "none_failed_min_one_success"}
"""Old names that 2.x still takes."""

_DEFAULT_CATCHUP = {2: True, 3: False}


@dataclass(frozen=True, slots=True)
class DagFacts:
    """The attributes of a DAG; dates are aware, naive ones were read in UTC as Airflow does by default."""

    catchup: bool | _Unknown | None
    start_date: datetime | _Unknown | None
    end_date: datetime | _Unknown | None
    timezone: str | _Unknown


def dag_facts(dag: Dag, file: DagFile) -> DagFacts:
    """What Airflow's DAG object holds for the file's target version."""
    start = _date(dag, "start_date")
    from_defaults, zone_of_defaults = _default_start(dag, file)
    zone: str | _Unknown
    if start is None:
        zone = zone_of_defaults
        start = _start_from_defaults(from_defaults, file)
    else:
        zone = UNKNOWN if isinstance(start, _Unknown) else _zone_of_start(start, zone_of_defaults, file)
    end = _date(dag, "end_date")
    return DagFacts(_catchup(dag, file), _in_utc(start, file), _in_utc(end, file), zone)


def _zone_of_start(start: datetime, zone_of_defaults: str | _Unknown, file: DagFile) -> str | _Unknown:
    """The zone that a DAG's own start_date gives it."""
    own = zone_name(_aware(start, file))
    if start.tzinfo is not None or file.target.major == 3 or own == zone_of_defaults:
        return own
    # A naive one gives none in 2.x, and the start_date in default_args is asked.
    return zone_of_defaults if file.target.major == 2 else UNKNOWN


def _aware(moment: datetime, file: DagFile) -> datetime:
    """A naive date in the zone that Airflow reads it in: `default_timezone`, UTC unless it is set."""
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone_of(_default_zone(file)) or timezone.utc)


def _default_zone(file: DagFile) -> str:
    return file.settings.default_timezone or "UTC"


def _given(dag: Dag, name: str) -> Argument | _Unknown | None:
    """The argument, or what was assigned to the attribute later; UNKNOWN where `**kwargs` may hide it."""
    found = dag.assigned.get(name) or dag.arguments.get(name)
    return UNKNOWN if found is None and dag.arguments.open_ended else found


def _catchup(dag: Dag, file: DagFile) -> bool | _Unknown | None:
    given = _given(dag, "catchup")
    if isinstance(given, _Unknown):
        return UNKNOWN
    if given is None:
        if file.settings.catchup_by_default is not None:
            return file.settings.catchup_by_default
        return UNKNOWN if file.target.major is None else _DEFAULT_CATCHUP[file.target.major]
    if isinstance(given.value, Constant) and isinstance(given.value.value, (bool, type(None))):
        return given.value.value
    return UNKNOWN


def _date(dag: Dag, name: str) -> datetime | _Unknown | None:
    given = _given(dag, name)
    if given is None or isinstance(given, _Unknown):
        return given
    return _as_date(given.value)


def _as_date(value: Value) -> datetime | _Unknown | None:
    if isinstance(value, Constant):
        if value.value is None or isinstance(value.value, datetime):
            return value.value
        if isinstance(value.value, str):
            try:
                return datetime.fromisoformat(value.value)
            except ValueError:
                return UNKNOWN
    return UNKNOWN


def _default_start(dag: Dag, file: DagFile) -> tuple[Value | _Unknown | None, str | _Unknown]:
    """The start_date of default_args, and the time zone that it gives the DAG."""
    given = _given(dag, "default_args")
    if isinstance(given, _Unknown) or (
        given is not None and dag.default_args is None and not _is_none(given.value)
    ):
        return UNKNOWN, UNKNOWN
    if dag.default_args is None:
        return None, _default_zone(file)
    entry = dag.default_args.get("start_date")
    if entry is None:
        return (UNKNOWN, UNKNOWN) if dag.default_args.open_ended else (None, _default_zone(file))
    found = _as_date(entry.value)
    if isinstance(found, _Unknown):
        return entry.value, UNKNOWN
    return entry.value, _default_zone(file) if found is None else zone_name(_aware(found, file))


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _start_from_defaults(value: Value | _Unknown | None, file: DagFile) -> datetime | _Unknown | None:
    """2.x takes it from default_args only when it is a string, 3.x always."""
    if value is None or isinstance(value, _Unknown):
        return value
    found = _as_date(value)
    if isinstance(found, _Unknown) and not isinstance(value, Moving):
        # It may be a string, which counts, or a date, which does not.
        return UNKNOWN
    if text_of(value) is not None or file.target.major == 3 or found is None:
        return found
    return None if file.target.major == 2 else UNKNOWN


def zone_name(moment: datetime) -> str:
    """The name of a date's zone as Airflow shows it; a naive one is in UTC."""
    zone = moment.tzinfo
    if zone is None or zone is timezone.utc:
        return "UTC"
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    offset = zone.utcoffset(moment) or timedelta(0)
    if not offset:
        return "UTC"
    sign, seconds = ("-", -offset.total_seconds()) if offset < timedelta(0) else ("+", offset.total_seconds())
    return f"{sign}{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}"


def _in_utc(moment: datetime | _Unknown | None, file: DagFile) -> datetime | _Unknown | None:
    if moment is None or isinstance(moment, _Unknown):
        return moment
    try:
        return _aware(moment, file).astimezone(timezone.utc)
    except (OverflowError, ValueError):
        return UNKNOWN


def configured(
    file: DagFile, name: Literal["catchup_by_default", "create_cron_data_intervals"]
) -> bool | None:
    """A switch of Airflow's configuration: by our setting, else by airflow.cfg and the like beside the file."""
    given: bool | None = getattr(file.settings, name)
    found = _beside(file).get(name) if given is None else given
    return found if isinstance(found, bool) else None


def configured_zone(file: DagFile) -> str | None:
    """The default_timezone of Airflow's configuration, None where it is not known to be set."""
    found = file.settings.default_timezone or _beside(file).get("default_timezone")
    return found if isinstance(found, str) else None


def zone_to_write(file: DagFile) -> str:
    """The zone that a fix gives to a date without one: by default that in which Airflow reads it."""
    return file.settings.fix_timezone or configured_zone(file) or "UTC"


def _beside(file: DagFile) -> dict[str, object]:
    if file.location is None or file.root is None:
        return {}
    # Links stay as written: a file belongs to the project that it is seen in.
    return deployment_settings(Path(os.path.abspath(file.location)).parent, file.root)  # noqa: PTH100


def trigger_rule(task: Task) -> str | _Unknown:
    """The trigger rule of a task, through default_args."""
    if task.is_teardown and "trigger_rule" not in task.assigned:
        # Making a task a teardown sets its rule, whatever it was given.
        return "all_done_setup_success"
    argument = task.arguments.get("trigger_rule")
    if argument is not None:
        return _rule_text(argument.value)
    if task.arguments.open_ended:
        return UNKNOWN
    own = task.arguments.get("default_args")
    chain: list[Any] = [own.value] if own is not None else []
    for mapping in [*chain, *task.default_args()]:
        if not isinstance(mapping, Mapping):
            return UNKNOWN
        entry = mapping.get("trigger_rule")
        if entry is not None:
            return _rule_text(entry.value)
        if mapping.open_ended:
            return UNKNOWN
    if task.dag is not None and task.dag.default_args is None and _hides_defaults(task.dag):
        return UNKNOWN
    return "all_success"


def _hides_defaults(dag: Dag) -> bool:
    given = _given(dag, "default_args")
    return isinstance(given, _Unknown) or (given is not None and not _is_none(given.value))


def _rule_text(value: Value) -> str | _Unknown:
    text = text_of(value)
    return UNKNOWN if text is None else _RENAMED_RULES.get(text, text)


def schedule_is_known(dag: Dag) -> bool:
    """Whether the schedule is one that Airflow accepts and that can be told."""
    return not isinstance(dag.schedule, InvalidSchedule) and dag.schedule.kind != "unknown"
