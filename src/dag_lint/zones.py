"""Time zones by name, and pytz's as they are when they are misused; no libcst."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_LONG_AGO = datetime(1800, 1, 1)

_UNSETTLED = {
    "Africa": (
        "Accra Addis_Ababa Asmara Bamako Bangui Banjul Blantyre Brazzaville Bujumbura Conakry Dakar "
        "Dar_es_Salaam Djibouti Douala Freetown Gaborone Harare Kampala Kigali Kinshasa Libreville Lome "
        "Luanda Lubumbashi Lusaka Malabo Maseru Mbabane Mogadishu Niamey Nouakchott Ouagadougou "
        "Porto-Novo"
    ),
    "America": (
        "Anguilla Antigua Aruba Atikokan Blanc-Sablon Cayman Creston Curacao Dominica Grenada Guadeloupe "
        "Montserrat Nassau Port_of_Spain St_Kitts St_Lucia St_Thomas St_Vincent Tortola"
    ),
    "Antarctica": ("DumontDUrville McMurdo Syowa"),
    "Asia": ("Aden Bahrain Brunei Kuala_Lumpur Kuwait Muscat Phnom_Penh Vientiane"),
    "Atlantic": ("Reykjavik St_Helena"),
    "Europe": (
        "Amsterdam Copenhagen Guernsey Isle_of_Man Jersey Ljubljana Luxembourg Monaco Oslo Sarajevo "
        "Skopje Stockholm Vaduz Zagreb"
    ),
    "Indian": ("Antananarivo Christmas Cocos Comoro Kerguelen Mahe Mayotte Reunion"),
    "Pacific": ("Chuuk Funafuti Majuro Midway Pohnpei Saipan Wake Wallis"),
}
"""Zones that are links to another one in some packagings of the time zone database, and not in others."""

_ONCE_FIXED = frozenset({"CET", "EET", "EST", "HST", "MET", "MST", "WET"})
"""Names that were plain offsets in pytz, and have a history, with a local mean time, since 2024."""


class PytzZone(tzinfo):
    """A pytz zone as `tzinfo=` sees it: local mean time, the first entry of the zone's history.

    Only `zone.localize(...)` would look up the entry that holds at the date.
    """

    def __init__(self, key: str) -> None:
        self.key = key

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Local mean time to the minute, as pytz rounds it; zero for zones that have none."""
        zone = zone_of(self.key)
        offset = zone.utcoffset(_LONG_AGO) if zone is not None else None
        seconds = (offset or timedelta(0)).total_seconds()
        return timedelta(minutes=(seconds + 30) // 60)

    def dst(self, moment: datetime | None) -> timedelta:
        """None is known of local mean time."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """As pytz names it."""
        return "LMT"


@lru_cache(maxsize=64)
def zone_of(key: str) -> tzinfo | None:
    """The time zone called `key`, None when there is none on this machine."""
    if key.upper() in ("UTC", "Z"):
        return timezone.utc
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(key)
    except Exception:
        # ZoneInfo raises by what it meets on the way: KeyError, ValueError, OSError for folders.
        return None


def true_offset(moment: datetime) -> timedelta | None:
    """The offset that holds in the zone of an aware datetime; of a misused pytz zone, what its name promises."""
    zone = moment.tzinfo
    if isinstance(zone, PytzZone):
        zone = zone_of(zone.key)
    return None if zone is None else moment.replace(tzinfo=zone).utcoffset()


def has_settled_mean_time(key: str) -> bool | None:
    """Whether every pytz gives a zone the same local mean time; None when some pytz gives it none at all."""
    if key in _ONCE_FIXED:
        return None
    area, _, place = key.partition("/")
    return place not in _UNSETTLED.get(area, "").split()
