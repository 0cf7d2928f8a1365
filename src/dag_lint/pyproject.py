"""The settings of a project: what stands under [tool.dag-lint] in its pyproject.toml, and what is wrong there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dag_lint.reading import NotReadableError, parse_toml, read_bytes
from dag_lint.setting import WrongSettingError, shortened
from dag_lint.settings import SETTINGS, Settings, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "pyproject.toml"

_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with the settings of a project, in words that say what to write."""

    line: int
    """In the pyproject.toml, from 1."""
    message: str


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """What a pyproject.toml says: a setting that is wrong keeps its default, and the others count."""

    settings: Settings = field(default_factory=Settings)
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """The names of the settings that count there, each with its line."""


def settings_under(root: Path | None, overrides: Mapping[str, Any]) -> Settings:
    """The settings of the files of a project: those of its pyproject.toml, over which `overrides` win.

    Who selects rules by an option means these: a selection in the file does not add to it, nor take from it.
    """
    found = Settings() if root is None else project_settings(root).settings
    if "select" in overrides:
        found = replace(found, extend_select=frozenset(), ignore=frozenset())
    return replace(found, **overrides)


@cache
def project_settings(root: Path) -> ProjectSettings:
    """The settings in the pyproject.toml of the root, which is the nearest folder that has one."""
    path = root / FILE
    if not path.is_file():
        return ProjectSettings()
    try:
        content = read_bytes(path)
        table = _table(content)
    except (NotReadableError, WrongSettingError) as error:
        line = re.search(r"\(at line ([0-9]{1,6}),", str(error))
        return ProjectSettings(
            problems=(Problem(int(line[1]) if line else 1, f"it cannot be read: {error}"),)
        )
    if not table:
        return ProjectSettings()
    lines = _lines(content.decode("utf-8-sig"), table)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in table.items():
        if key not in _BY_NAME:
            hint = did_you_mean(key, _BY_NAME)
            problems.append(Problem(lines[key], f"there is no setting {shortened(key)}{hint}"))
            continue
        try:
            values[_BY_NAME[key].attribute] = _BY_NAME[key].from_toml(value)
        except WrongSettingError as error:
            problems.append(Problem(lines[key], str(error)))
    given = {name: lines[name] for name in table if name in _BY_NAME and _BY_NAME[name].attribute in values}
    return ProjectSettings(Settings(**values), tuple(problems), given)


def _table(content: bytes) -> dict[str, object]:
    """What stands under [tool.dag-lint], nothing when the file is about other things."""
    # Most files have no such table, and importing a TOML parser and reading them would be for nothing.
    if b"dag-lint" not in content:
        return {}
    document = parse_toml(content)
    tool = document.get("tool")
    table = tool.get("dag-lint", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise WrongSettingError("dag-lint under [tool] is no table")
    return table


def _lines(text: str, table: Mapping[str, object]) -> dict[str, int]:
    """The line of each key of our table; where it cannot be found, that of the table, or the first."""
    lines = text.split("\n")
    header = re.compile(
        r"""\s*\[\s*["']?tool["']?\s*\.\s*["']?dag-lint["']?\s*(?:\]|\.\s*["']?([\w-]+)["']?\s*\])"""
    )
    keys: dict[str, int] = {}
    start = 0
    inside = False
    for number, line in enumerate(lines, 1):
        if match := header.match(line):
            inside = match[1] is None
            start = start or number
            if match[1] is not None:
                keys.setdefault(match[1], number)
        elif line.lstrip().startswith("["):
            inside = False
        elif inside and (key := re.match(r"""\s*["']?([\w-]+)["']?\s*[=.]""", line)):
            keys.setdefault(key[1], number)
    return {key: keys.get(key, start or 1) for key in table}
