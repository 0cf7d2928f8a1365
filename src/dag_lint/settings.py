"""The settings: one table, from which come the keys of pyproject.toml, both doors' options and the docs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dag_lint.setting import FileRule, Patterns, Setting, WrongSettingError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

__all__ = ["SETTINGS", "Setting", "Settings", "WrongSettingError", "did_you_mean", "overrides_in"]


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
    select: frozenset[str] = frozenset()
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    per_file_ignores: tuple[FileRule, ...] = ()
    exclude: Patterns = field(default_factory=Patterns)
    min_severity: str | None = None
    baseline: str | None = None

    def selects(self, code: str) -> bool:
        """Whether a rule is to be reported anywhere: the longest beginning that fits its code decides.

        Where two are as long, `ignore` does.
        """
        chosen = max(_longest(self.extend_select, code), _longest(self.select, code) if self.select else 0)
        return chosen > _longest(self.ignore, code)

    def enables(self, code: str) -> bool:
        """Whether an opt-in rule is switched on, by its code or by the beginning of it.

        To select one by a number switches it on; `select = ["DAG"]` only means all that are on anyway.
        """
        numbered = (one for one in (*self.select, *self.extend_select) if one[-1].isdigit())
        return code.startswith((*self.enable, *numbered))


def _longest(beginnings: Iterable[str], code: str) -> int:
    return max((len(beginning) for beginning in beginnings if code.startswith(beginning)), default=-1)


_VERSION = r"[23](\.[0-9]{1,3}){0,2}((a|b|rc)[0-9]{1,2})?"


def _version(text: str) -> str:
    if not re.fullmatch(_VERSION, text):
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


_CODE = r"[A-Z]{1,3}[0-9]{1,3}"


def _code(text: str) -> str:
    if not re.fullmatch(_CODE, text):
        raise WrongSettingError("write the code of a rule, or its beginning, as in DAG313 or DAG9")
    return text


_SELECTOR = r"[A-Z]{1,3}[0-9]{0,3}"


def _selector(text: str) -> str:
    if not re.fullmatch(_SELECTOR, text):
        raise WrongSettingError("write the code of a rule, or its beginning, as in DAG101, DAG3 or DAG")
    return text


_SEVERITIES = ("info", "warning", "error")


def _severity(text: str) -> str:
    if text not in _SEVERITIES:
        hint = did_you_mean(text, _SEVERITIES)
        raise WrongSettingError(f"no such severity{hint or '; there are ' + ', '.join(_SEVERITIES)}")
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
        form=_VERSION,
    ),
    Setting(
        "enable",
        "list",
        "rules that are off by default, to be switched on: codes or their beginnings",
        '["DAG313", "DAG9"]',
        _code,
        form=_CODE,
    ),
    Setting(
        "executor",
        "text",
        "what runs the tasks; with kubernetes every task is a pod of its own, and DAG301 only speaks "
        "of what is heavy there too",
        '"kubernetes"',
        _executor,
        form=f"({'|'.join(name.capitalize() for name in _EXECUTORS)})Executor",
        choices=_EXECUTORS,
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
    Setting(
        "select",
        "list",
        "the only rules to report: codes or their beginnings; one that is off by default is switched on by its "
        "number, as in DAG313 or DAG3",
        '["DAG1", "DAG201"]',
        _selector,
        form=_SELECTOR,
        flake8=False,
    ),
    Setting(
        "extend-select",
        "list",
        "rules to report beside the others, those that are off by default too",
        '["DAG301"]',
        _selector,
        form=_SELECTOR,
        flake8=False,
    ),
    Setting(
        "ignore",
        "list",
        "rules not to report, unless a longer beginning selects them",
        '["DAG109", "DAG3"]',
        _selector,
        form=_SELECTOR,
        flake8=False,
    ),
    Setting(
        "per-file-ignores",
        "table",
        "rules not to report in some files, by patterns as in .gitignore; with ! before a pattern, in all others",
        '{ "dags/legacy/" = ["DAG1"] }',
        _selector,
        form=_SELECTOR,
        flake8=False,
    ),
    Setting(
        "exclude",
        "patterns",
        "files and folders that are not linted, also when they are named: patterns as in .gitignore",
        '["dags/legacy/", "*_generated.py"]',
        flake8=False,
    ),
    Setting(
        "min-severity",
        "text",
        "the least severity to report: info, warning or error",
        '"warning"',
        _severity,
        choices=_SEVERITIES,
    ),
    Setting(
        "baseline",
        "text",
        "the file that holds the findings of old, which are not reported; --write-baseline writes it",
        '"dag-lint-baseline.json"',
    ),
)


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
