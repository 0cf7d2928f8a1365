"""A schedule as a value: what stands in `schedule=`, read the way Airflow reads it.

Everything here is data. Parsing cron text is `cron.py`, words are `words.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from dateutil.relativedelta import relativedelta

    Delta = timedelta | relativedelta

Kind = Literal["cron", "preset", "delta", "timetable", "assets", "once", "continuous", "none", "unknown"]

TIMED_KINDS: frozenset[Kind] = frozenset({"cron", "preset", "delta", "timetable"})


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a DAG runs, as far as it can be read from its file.

    expression: the cron text as Airflow's timetable holds it, the seconds of a delta, the class of a
        timetable, else None.
    written: the preset or cron text as it stands in the file, None for everything else.
    delta: a `timedelta` or `relativedelta`, of a plain delta or of a delta timetable.
    crons: the cron texts behind the schedule, as Airflow holds them; one for plain cron and presets.
    timetable: the class name when the file names a timetable.
    timezone: the zone given to the timetable itself; None when the DAG's own zone counts.
    interval: the data interval of a trigger timetable (zero when None).
    run_immediately: of a cron trigger timetable, 3.x only.
    events: the moments of an EventsTimetable, None when they could not be read.
    with_assets: the time schedule is only half of it, assets trigger too.
    inner: the class of the timetable that decides the times, where `timetable` only wraps it.
    """

    kind: Kind
    expression: str | float | None = None
    written: str | None = None
    delta: Delta | None = None
    crons: tuple[str, ...] = ()
    timetable: str | None = None
    timezone: str | None = None
    interval: Delta | None = None
    run_immediately: bool | timedelta | None = False
    events: tuple[datetime, ...] | None = None
    with_assets: bool = False
    inner: str | None = None

    @property
    def is_timed(self) -> bool:
        """Whether the clock starts its runs again and again: not None, @once, @continuous or assets."""
        return self.kind in TIMED_KINDS


@dataclass(frozen=True, slots=True)
class InvalidSchedule:
    """What Airflow refuses.

    reason: a clause in the reader's terms, to follow "Airflow refuses ...: ".
    suggestion: the schedule that was probably meant, as a value without quotes; None when there is none.
    """

    reason: str
    suggestion: str | None = None


NO_SCHEDULE = Schedule("none")
UNKNOWN_SCHEDULE = Schedule("unknown")
ASSETS_SCHEDULE = Schedule("assets")
ONCE_SCHEDULE = Schedule("once", written="@once")
CONTINUOUS_SCHEDULE = Schedule("continuous", written="@continuous")
IMPLICIT_2X_SCHEDULE = Schedule("delta", expression=86400, delta=timedelta(days=1))
"""What Airflow 2 takes when a DAG has no schedule argument at all (3.x takes None)."""
