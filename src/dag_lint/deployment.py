"""How Airflow is configured where the files run: read from airflow.cfg, compose files, Dockerfiles and .env.

Only the few options that decide when a DAG runs, and which files are read, are looked for, line by line and as
text: an environment variable has the same spelling in all of these files.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dag_lint.reading import NotReadableError, read_bytes
from dag_lint.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAXIMUM_BYTES = 256 * 1024

_SETTINGS = {
    "catchup_by_default": "scheduler",
    "create_cron_data_intervals": "scheduler",
    "create_delta_data_intervals": "scheduler",
    "default_timezone": "core",
}
"""Those that are fields of Settings, with the section that they stand in."""

_OPTIONS = {**_SETTINGS, "dag_discovery_safe_mode": "core", "dag_ignore_file_syntax": "core"}
# Nowhere does a pattern run over the end of a line: that would be wrong, and slow on many empty ones.
_VALUE = r"[\"']?(?P<value>[\w/+-]+)"
_VARIABLE = re.compile(
    r"^[ \t]*(?:(?:-|ENV|export)[ \t]*)?[\"']?"
    rf"AIRFLOW__(?P<section>CORE|SCHEDULER)__(?P<name>{'|'.join(_OPTIONS)})"
    rf"[\"']?(?:[ \t]*[:=][ \t]*|[ \t]+){_VALUE}",
    re.IGNORECASE | re.MULTILINE,
)
_SECTION = re.compile(r"^\[(?P<section>\w+)\]")
_OPTION = re.compile(rf"(?P<name>{'|'.join(_OPTIONS)})[ \t]*[=:][ \t]*{_VALUE}")
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
    """The settings that files between `folder` and `root` give, for each the nearest folder; never raises.

    Keys are fields of Settings; values bool, or str for the time zone.
    """
    return {name: value for name, value in _options_above(folder, root).items() if name in _SETTINGS}


def deployment_option(name: str, folder: Path, root: Path) -> object:
    """An option as the nearest folder from `folder` up to `root` sets it, None if none does; never raises.

    A switch is a bool, everything else a str; the syntax of ignore files is in lower case.
    """
    return _options_above(folder, root).get(name)


@lru_cache(maxsize=1024)
def _options_above(folder: Path, root: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    while True:
        found = {**_options_in(folder), **found}
        if folder == root or root not in folder.parents:
            return found
        folder = folder.parent


@lru_cache(maxsize=256)
def _options_in(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for file in _FILES:
        try:
            text = read_bytes(str(folder / file), MAXIMUM_BYTES).decode("utf-8-sig", "replace")
        except NotReadableError:
            continue
        for section, name, written in _options(text) if file == "airflow.cfg" else _variables(text):
            value = _value(name, written)
            if value is not None and section == _OPTIONS[name]:
                found[name] = value
    return found


def _variables(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _VARIABLE.finditer(text):
        yield match["section"].lower(), match["name"].lower(), match["value"]


def _options(text: str) -> Iterator[tuple[str, str, str]]:
    section = ""
    for line in text.splitlines():
        opened = _SECTION.match(line)
        if opened:
            section = opened["section"]
        option = _OPTION.match(line)
        if option:
            yield section, option["name"], option["value"]


def _value(name: str, text: str) -> object:
    """The value of an option; None where it says nothing, or nothing that Airflow takes."""
    if name == "default_timezone":
        # "system" is the zone of a machine that we do not know.
        return "UTC" if text.upper() == "UTC" else text if zone_of(text) is not None else None
    lowered = text.lower()
    if name == "dag_ignore_file_syntax":
        return lowered
    return True if lowered in _TRUE else False if lowered in _FALSE else None
