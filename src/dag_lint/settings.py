"""The settings: one table, from which come the keys of pyproject.toml, both doors' options and the docs."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from dag_lint.reading import NotReadableError, parse_toml, read_bytes

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

__all__ = [
    "SETTINGS",
    "Setting",
    "Settings",
    "WrongSettingError",
    "did_you_mean",
    "overrides_in",
    "settings_under",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a file is to be linted. The table SETTINGS says what each of them means."""

    airflow_version: str | None = None
    enable: frozenset[str] = frozenset()
    executor: str | None = None
    min_sleep: int = 10
    heavy_calls: frozenset[str] = frozenset()
    light_calls: frozenset[str] = frozenset()
    catchup_by_default: bool | None = None
    create_cron_data_intervals: bool | None = None
    create_delta_data_intervals: bool | None = None
    default_timezone: str | None = None
    fix_timezone: str | None = None

    def enables(self, code: str) -> bool:
        """Whether an opt-in rule is switched on, by its code or by the beginning of it."""
        return bool(self.enable) and code.startswith(tuple(self.enable))


class WrongSettingError(ArgumentTypeError):
    """A value that a setting cannot take; the text says what to write. argparse prints it as it is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name as users write it, what it takes, and what it does."""

    name: str
    kind: Literal["text", "number", "switch", "list"]
    help: str
    example: str
    """A value as in TOML."""
    check: Callable[[str], str] = str

    @property
    def attribute(self) -> str:
        """The name of the field of Settings."""
        return self.name.replace("-", "_")

    def from_toml(self, value: object) -> object:
        """The value of the setting from what a TOML file holds."""
        wrong = WrongSettingError(f"{self.name} is {_KINDS[self.kind]}: {self.name} = {self.example}")
        if self.kind == "text":
            if isinstance(value, float):
                # Nobody could tell afterwards which of the two was meant.
                raise WrongSettingError(
                    f"{self.name} = {value!r:.20} is a number, and to TOML 3.10 and 3.1 are the same number:"
                    f" write it in quotes, {self.name} = {self.example}"
                )
            if not isinstance(value, str):
                raise wrong
            return self._checked(value)
        if self.kind == "list":
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise wrong
            return frozenset(self._checked(item) for item in value)
        expected = bool if self.kind == "switch" else int
        if type(value) is not expected or (self.kind == "number" and value < 0):
            raise wrong
        return value

    def from_option(self, text: str) -> object:
        """The value of the setting from the text of a command line option, or of flake8's configuration."""
        if self.kind == "text":
            return self._checked(text)
        if self.kind == "list":
            return frozenset(self._checked(item) for item in re.split(r"[,\s]+", text.strip()) if item)
        if self.kind == "switch":
            if text.lower() not in ("true", "false"):
                raise WrongSettingError(f'{_short(text)}: write "true" or "false"')
            return text.lower() == "true"
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise WrongSettingError(f"{_short(text)}: write a whole number, such as {self.example}")
        return int(text)

    def _checked(self, text: str) -> str:
        try:
            return self.check(text)
        except WrongSettingError as error:
            raise WrongSettingError(f"{self.name} = {_short(text)}: {error}") from None


_KINDS = {
    "text": "a text",
    "number": "a whole number",
    "switch": "true or false",
    "list": "a list of texts",
}


def _version(text: str) -> str:
    if not re.fullmatch(r"[23](\.[0-9]{1,3}){0,2}((a|b|rc)[0-9]{1,2})?", text, re.ASCII):
        raise WrongSettingError('write the version of Airflow, 2 or 3, as in "2.10" or "3.1.0"')
    return text


_EXECUTORS = ("batch", "celery", "edge", "ecs", "kubernetes", "lambda", "local", "sequential")


def _executor(text: str) -> str:
    name = text.lower().removesuffix("executor")
    if name not in _EXECUTORS:
        hint = did_you_mean(name, _EXECUTORS)
        raise WrongSettingError(f"no such executor{hint or '; there are ' + ', '.join(_EXECUTORS)}")
    return name


def _zone(text: str) -> str:
    from dag_lint.zones import zone_of

    if zone_of(text) is None:
        raise WrongSettingError(f'"{text}" is no time zone; write one like "Asia/Seoul" or "UTC"')
    return text


def _code(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,3}[0-9]{1,3}", text, re.ASCII):
        raise WrongSettingError("write the code of a rule, or its beginning, as in DAG313 or DAG9")
    return text


def _dotted_name(text: str) -> str:
    if len(text) > 200 or not all(part.isidentifier() for part in text.split(".")):
        raise WrongSettingError("write the name of a function as it is imported, as in company.frames.load")
    return text


SETTINGS = (
    Setting(
        "airflow-version",
        "text",
        "the version of Airflow that the files are written for; otherwise it is taken from the nearest pin "
        "(requirements, constraints, pyproject.toml, Dockerfile, docker-compose.yaml) or from what a file "
        "imports",
        '"2.10"',
        _version,
    ),
    Setting(
        "enable",
        "list",
        "rules that are off by default, to be switched on: codes or their beginnings",
        '["DAG313", "DAG9"]',
        _code,
    ),
    Setting(
        "executor",
        "text",
        "what runs the tasks; with kubernetes every task is a pod of its own, and DAG301 only speaks "
        "of what is heavy there too",
        '"kubernetes"',
        _executor,
    ),
    Setting(
        "min-sleep",
        "number",
        "from how many seconds on a constant sleep in a task is reported (DAG302)",
        "10",
    ),
    Setting(
        "heavy-calls",
        "list",
        "functions of your own that process bulk data in the worker (DAG301)",
        '["company.frames.load"]',
        _dotted_name,
    ),
    Setting(
        "light-calls",
        "list",
        "functions that only look as if they did (DAG301)",
        '["company.frames.peek"]',
        _dotted_name,
    ),
    Setting(
        "catchup-by-default",
        "switch",
        "catchup_by_default of your airflow.cfg, which decides for a DAG without catchup= (DAG102)",
        "false",
    ),
    Setting(
        "create-cron-data-intervals",
        "switch",
        "create_cron_data_intervals of your airflow.cfg: whether a cron schedule covers the interval before "
        "each run, as Airflow 2 has it",
        "true",
    ),
    Setting(
        "create-delta-data-intervals",
        "switch",
        "create_delta_data_intervals of your airflow.cfg: the same for a timedelta; Airflow 3.3 does not read it and "
        "goes by the setting for cron",
        "true",
    ),
    Setting(
        "default-timezone",
        "text",
        "default_timezone of your airflow.cfg, in which dates without a time zone are read",
        '"Asia/Seoul"',
        _zone,
    ),
    Setting(
        "fix-timezone",
        "text",
        "the time zone that fixes write for dates without one (DAG103, DAG114); otherwise UTC, or "
        "default_timezone where it is known",
        '"Asia/Seoul"',
        _zone,
    ),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def settings_under(root: Path | None, overrides: Mapping[str, Any]) -> tuple[Settings, str | None]:
    """The settings of the files of a project: those of its pyproject.toml, over which `overrides` win.

    With them comes what is wrong with that file, if anything is. It does not end a run: the settings in
    question keep their defaults.
    """
    found, problem = (Settings(), None) if root is None else _settings_of(root)
    return replace(found, **overrides), problem


def overrides_in(options: Namespace | None, prefix: str = "") -> dict[str, object]:
    """The settings that were given as options, whose names start with `prefix`."""
    given = {setting.attribute: getattr(options, prefix + setting.attribute, None) for setting in SETTINGS}
    return {attribute: value for attribute, value in given.items() if value is not None}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?`, or nothing when no known word is near."""
    # Costs milliseconds to import and is needed when something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(word[:80], list(known))
    # Of words that are as near, such as codes, the one that begins alike: DAG302 and not DAG901 for DAG301.
    best = max(near, key=lambda one: len(_common_beginning(one, word)), default="")
    return f'; did you mean "{best}"?' if best else ""


def _common_beginning(one: str, other: str) -> str:
    for length, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return one[:length]
    return min(one, other)


@cache
def _settings_of(root: Path) -> tuple[Settings, str | None]:
    """The settings in the pyproject.toml of the root, which is the nearest folder that has one."""
    path = root / "pyproject.toml"
    if not path.is_file():
        return Settings(), None
    try:
        table = _table(read_bytes(path))
    except (NotReadableError, WrongSettingError) as error:
        return Settings(), f"pyproject.toml cannot be read: {error}"
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for key, value in table.items():
        if key not in _BY_NAME:
            wrong.append(f"there is no setting {_short(key)}{did_you_mean(key, _BY_NAME)}")
            continue
        try:
            values[_BY_NAME[key].attribute] = _BY_NAME[key].from_toml(value)
        except WrongSettingError as error:
            wrong.append(str(error))
    problem = None
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        problem = f"[tool.dag-lint] in pyproject.toml: {wrong[0]}{more}"
    return Settings(**values), problem


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


def _short(text: str) -> str:
    """A user's text in quotes, on one line and of bearable length."""
    from dag_lint.diagnostic import one_line

    return f'"{one_line(text, 40)}"'
