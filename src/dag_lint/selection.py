"""Which findings of a file are reported: the same for flake8 and the command, by the settings alone."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from dag_lint.diagnostic import Severity
from dag_lint.pyproject import Problem, project_settings
from dag_lint.reading import is_bounded_glob
from dag_lint.settings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.setting import Patterns
    from dag_lint.settings import Settings

_RANKS = {severity: rank for rank, severity in enumerate((Severity.INFO, Severity.WARNING, Severity.ERROR))}

_SELECTIONS = ("select", "extend-select", "ignore", "per-file-ignores")


def selected(
    found: Iterable[Diagnostic], settings: Settings, location: Path | None, root: Path | None
) -> list[Diagnostic]:
    """The findings in a file that are to be reported.

    `location`: where the file lies, None for a text without a name; `root`: that of its project.
    """
    ignored = frozenset(
        code
        for rule in settings.per_file_ignores
        for code in rule.values
        if location is not None and _concerns(rule.pattern, location, root)
    )
    least = _RANKS[Severity(settings.min_severity)] if settings.min_severity else 0
    return [one for one in found if _RANKS[one.severity] >= least and _admits(settings, ignored, one.code)]


def is_excluded(path: Path | str, settings: Settings, root: Path | None, *, is_folder: bool = False) -> bool:
    """Whether the setting `exclude` names a file or a folder, or a folder above it."""
    return bool(settings.exclude.texts) and _fits(settings.exclude, path, root, is_folder=is_folder)


def _admits(settings: Settings, ignored: Iterable[str], code: str) -> bool:
    """Whether a code is to be reported in a file that rules about files let ignore some more.

    What could not be done is reported, unless its very code is ignored.
    """
    if code == "DAG000":
        return code not in settings.ignore and code not in ignored
    return settings.selects(code) and not code.startswith(tuple(ignored))


def _concerns(pattern: Patterns, path: Path | str, root: Path | None) -> bool:
    (text,) = pattern.texts
    if text.startswith("!"):
        return not _fits(type(pattern)((text[1:],), pattern.base), path, root)
    return _fits(pattern, path, root)


def _fits(patterns: Patterns, path: Path | str, root: Path | None, *, is_folder: bool = False) -> bool:
    base = patterns.base or root
    if base is None:
        return False
    # Links stay as written, as they do in project_root.
    whole = os.path.abspath(path)  # noqa: PTH100
    try:
        relative = os.path.relpath(whole, base)
    except ValueError:  # on another drive
        relative = whole
    spec = _spec(patterns.texts)
    if relative == os.curdir:
        return False
    parts = relative.replace(os.sep, "/").split("/")
    # As for git, nothing inside a folder that is named comes back.
    if any(spec.check_file("/".join(parts[:count]) + "/").include for count in range(1, len(parts))):
        return True
    return bool(spec.check_file("/".join(parts) + ("/" if is_folder else "")).include)


@cache
def _spec(patterns: tuple[str, ...]) -> Any:
    # Imported here: most projects name no files.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(pattern for pattern in patterns if is_bounded_glob(pattern))


@cache
def problems_of(root: Path) -> tuple[Problem, ...]:
    """What is wrong with the settings in the pyproject.toml of a project."""
    found = project_settings(root)
    given = {name: getattr(found.settings, name.replace("-", "_")) for name in _SELECTIONS}
    unknown = (
        Problem(found.lines[name], f"{name}: {reason}")
        for name, value in given.items()
        if value and (reason := _unknown(name, value))
    )
    return tuple(sorted((*found.problems, *unknown), key=lambda problem: problem.line))


def refused(overrides: Mapping[str, Any]) -> str | None:
    """What is wrong with the selection that options make, if anything is."""
    for name in _SELECTIONS:
        reason = _unknown(name, overrides.get(name.replace("-", "_"), ()))
        if reason:
            return f"--{name}: {reason}"
    return None


def _unknown(name: str, value: Any) -> str | None:
    """What is wrong with a selection that fits no rule: it would keep a gate open for ever."""
    selectors = {code for rule in value for code in rule.values} if name == "per-file-ignores" else set(value)
    if not selectors:
        return None
    from dag_lint.registry import all_rules

    known = ["DAG000", *(rule.code for rule in all_rules())]
    for wanted in sorted(selectors):
        if not any(code.startswith(wanted) for code in known):
            return f'there is no rule whose code begins with "{wanted}"{did_you_mean(wanted, known)}'
    return None
