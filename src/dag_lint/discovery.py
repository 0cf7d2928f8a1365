"""What a run is about: the files to lint, and what of the request cannot be done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import not_analysed
from dag_lint.pyproject import FILE, settings_under
from dag_lint.selection import is_excluded, problems_of, selected
from dag_lint.target import project_root
from dag_lint.walk import find_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dag_lint.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files of a run, sorted, and a DAG000 for each path and each setting that cannot be used."""

    files: list[str]
    wrong: list[Diagnostic]


def discover(paths: Iterable[str], overrides: Mapping[str, object]) -> Discovery:
    """The files that paths stand for, without those that the settings of their projects exclude."""

    def excluded(path: str, is_folder: bool) -> bool:
        root = root_of_path(path, is_folder=is_folder)
        return is_excluded(path, settings_under(root, overrides), root, is_folder=is_folder)

    files, missing = find_files(paths, excluded)
    wrong = selected(missing, settings_under(None, overrides), None, None)
    roots = dict.fromkeys(root for root in map(project_root, map(Path, files)) if root is not None)
    return Discovery(files, [one for root in roots for one in wrong_settings(root, overrides)] + wrong)


def wrong_settings(root: Path, overrides: Mapping[str, object]) -> list[Diagnostic]:
    """What is wrong in the pyproject.toml of a project, on the lines where it is."""
    path = root / FILE
    name = os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
    found = [not_analysed(name, problem.message, problem.line) for problem in problems_of(root)]
    return selected(found, settings_under(root, overrides), path, root) if found else []


def root_of_path(path: str, *, is_folder: bool) -> Path | None:
    """The root of the project that a file is in; for a folder, that of the files in it."""
    return project_root(Path(path) / "any.py" if is_folder else Path(path))
