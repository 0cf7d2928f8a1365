"""`dag-lint config [PATH]`: the settings in force, and where each of them comes from."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.discovery import root_of_path, wrong_settings
from dag_lint.pyproject import FILE, project_settings, settings_under
from dag_lint.report.concise import concise
from dag_lint.report.settings import as_plain, as_toml, schema_as_json
from dag_lint.selection import is_excluded, refused
from dag_lint.settings import SETTINGS, overrides_in
from dag_lint.target import find_target

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping

    from dag_lint.settings import Settings
    from dag_lint.target import Target

_WIDEST = 60
"""Columns in which an origin stands below the others; a longer line has it where it ends."""

HELP = "show the settings in force, and where each comes from"
DESCRIPTION = (
    "Show the settings in force for a file or folder, and whether each comes from an option, from the "
    "pyproject.toml of its project, or is the default."
)


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes: the settings as `dag-lint check` does."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a file or folder; default: .")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON schema of [tool.dag-lint] instead"
    )
    for setting in SETTINGS:
        text = setting.help.replace("%", "%%")
        parser.add_argument(f"--{setting.name}", type=setting.from_option, metavar="VALUE", help=text)


def run(options: Namespace) -> int:
    """Print the settings; the exit status."""
    if options.schema:
        sys.stdout.write(schema_as_json())
        return 0
    overrides = overrides_in(options)
    if problem := refused(overrides):
        sys.stderr.write(f"dag-lint: {problem}\n")
        return 2
    state = _state(options.path, overrides)
    if options.output_format == "json":
        sys.stdout.write(_as_json(state))
    else:
        sys.stdout.writelines(_as_text(state))
    wrong = wrong_settings(state.root, overrides) if state.root is not None else []
    sys.stderr.writelines(f"{concise(one)}\n" for one in wrong)
    return 2 if wrong else 0


@dataclass(frozen=True, slots=True)
class _State:
    """The settings of a path, and what decides them."""

    path: str
    root: Path | None
    settings: Settings
    origins: Mapping[str, str]
    target: Target
    """As far as the project tells; without it, each file's imports decide."""
    excluded: bool


def _state(path: str, overrides: Mapping[str, object]) -> _State:
    is_folder = Path(path).is_dir()
    root = root_of_path(path, is_folder=is_folder)
    settings = settings_under(root, overrides)
    target = find_target(settings, Path(path, "any.py") if is_folder else Path(path), root, ())
    excluded = is_excluded(path, settings, root, is_folder=is_folder)
    return _State(path, root, settings, _origins(root, overrides), target, excluded)


def _origins(root: Path | None, overrides: Mapping[str, object]) -> dict[str, str]:
    """Where each setting comes from, in words."""
    given = {} if root is None else project_settings(root).lines
    origins = {setting.name: "default" for setting in SETTINGS}
    origins |= {name: f"{FILE}, line {line}" for name, line in given.items()}
    if "select" in overrides:
        origins |= dict.fromkeys(("extend-select", "ignore"), "default, because of --select")
    for setting in SETTINGS:
        if setting.attribute in overrides:
            origins[setting.name] = f"--{setting.name}"
    return origins


def _as_text(state: _State) -> Iterator[str]:
    """The settings as they could stand in a pyproject.toml, each with its origin behind it."""
    yield f"# {one_line(state.path)}: {'excluded' if state.excluded else 'linted'}\n"
    yield f"# project: {'none' if state.root is None else one_line(str(state.root))}\n"
    yield f"# target: {state.target.reason}\n"
    yield "[tool.dag-lint]\n"
    lines = [
        (
            f"# {setting.name} is not set" if value is None else f"{setting.name} = {as_toml(value)}",
            setting.name,
        )
        for setting in SETTINGS
        for value in (getattr(state.settings, setting.attribute),)
    ]
    widest = max(len(line) for line, _ in lines if len(line) <= _WIDEST)
    for line, name in lines:
        yield f"{line:{widest}}  # {state.origins[name]}\n" if not line.startswith("#") else f"{line}\n"


def _as_json(state: _State) -> str:
    values = {
        setting.name: {
            "value": as_plain(getattr(state.settings, setting.attribute)),
            "origin": state.origins[setting.name],
        }
        for setting in SETTINGS
    }
    document = {
        "path": state.path,
        "project": None if state.root is None else str(state.root),
        "target": {
            "major": state.target.major,
            "version": state.target.version,
            "reason": state.target.reason,
        },
        "excluded": state.excluded,
        "settings": values,
    }
    return json.dumps(document, indent=2) + "\n"
