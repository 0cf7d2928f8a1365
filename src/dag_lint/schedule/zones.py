"""Between the wall clock of a time zone and moments in UTC, as Airflow goes back and forth."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

UTC = timezone.utc

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?")


def find_zone(name: str | tzinfo | None) -> tzinfo | None:
    """The zone of a name (`Asia/Seoul`, `UTC`, `+09:00`); None when there is no such zone."""
    if name is None or isinstance(name, tzinfo):
        return name
    if name.upper() in ("UTC", "Z"):
        return UTC
    offset = _OFFSET.fullmatch(name)
    if offset:
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3]), seconds=int(offset[4] or 0))
        return timezone(-length if offset[1] == "-" else length) if length < timedelta(days=1) else None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except Exception:
        # ZoneInfoNotFoundError, and OSError or ValueError for names that are odd paths.
        return None


def wall(moment: datetime, zone: tzinfo) -> datetime:
    """What the clock on the wall shows, without a zone (Airflow's `make_naive`)."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def moment_of(shown: datetime, zone: tzinfo) -> datetime:
    """The moment in UTC at which the wall shows a time (Airflow's `make_aware`).

    A time that is shown twice is the second one; a time that is skipped is as much later as the clock
    jumps: 02:30 in New York on the day the clock goes forward is 03:30.
    """
    before = shown.replace(fold=0, tzinfo=zone).utcoffset() or timedelta(0)
    after = shown.replace(fold=1, tzinfo=zone).utcoffset() or timedelta(0)
    return (shown - min(before, after)).replace(tzinfo=UTC)
