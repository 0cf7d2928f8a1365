"""How Airflow is configured where the files run: read from airflow.cfg, compose files, Dockerfiles and .env.

Only the few settings that decide when a DAG runs are looked for, line by line and as text: an environment
variable has the same spelling in all of these files.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dag_lint.reading import NotReadableError, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

MAXIMUM_BYTES = 256 * 1024

_SWITCHES = ("catchup_by_default", "create_cron_data_intervals", "create_delta_data_intervals")
_NAMES = "|".join((*_SWITCHES, "default_timezone"))
_VARIABLE = re.compile(
    rf"^\s*(?:-|ENV|export)?\s*[\"']?AIRFLOW__(?:SCHEDULER|CORE)__(?P<name>{_NAMES})[\"']?\s*[:=\s]\s*[\"']?"
    r"(?P<value>[\w/+-]+)",
    re.IGNORECASE | re.MULTILINE,
)
_OPTION = re.compile(rf"^(?P<name>{_NAMES})\s*[=:]\s*(?P<value>[\w/+-]+)", re.MULTILINE)
_FILES = (
    "airflow.cfg",
    "docker-compose.yaml",
    "docker-compose.yml",
    "compose.yaml",
    "compose.yml",
    "Dockerfile",
    ".env",
)
"""In the order in which they count: what stands in airflow.cfg is overridden by variables."""

_TRUE, _FALSE = frozenset({"true", "t", "1"}), frozenset({"false", "f", "0"})


def deployment_settings(folder: Path, root: Path) -> dict[str, object]:
    """The settings that files between `folder` and `root` give, the nearest folder first; never raises.

    Keys are attributes of Settings; values bool, or str for the time zone.
    """
    while True:
        found = _settings_in(folder)
        if found or folder == root or root not in folder.parents:
            return dict(found)
        folder = folder.parent


@lru_cache(maxsize=256)
def _settings_in(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in _FILES:
        try:
            text = read_bytes(str(folder / name), MAXIMUM_BYTES).decode("utf-8", "replace")
        except NotReadableError:
            continue
        for match in (_OPTION if name == "airflow.cfg" else _VARIABLE).finditer(text):
            value = _value(match["name"].lower(), match["value"])
            if value is not None:
                found[match["name"].lower()] = value
    return found


def _value(name: str, text: str) -> object:
    if name not in _SWITCHES:
        return None if text.lower() == "system" else text
    lowered = text.lower()
    return True if lowered in _TRUE else False if lowered in _FALSE else None
