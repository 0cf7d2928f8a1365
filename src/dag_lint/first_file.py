"""Which file of a flake8 run speaks for a whole project.

flake8 lints files in processes that know nothing of each other, and its output has to be the same however
many they are. So what is wrong with a project is said on its file that comes first by name: each process can
tell that by itself. It is looked for only when there is something to say.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import not_analysed
from dag_lint.pyproject import FILE, settings_under
from dag_lint.reading import NotReadableError, read_bytes
from dag_lint.selection import is_excluded, problems_of, selected
from dag_lint.settings import overrides_in
from dag_lint.source import MAXIMUM_CHARACTERS, parsed
from dag_lint.target import project_root

if TYPE_CHECKING:
    from argparse import Namespace

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile

_FIRST: dict[Path, str | None] = {}


def problems_told_on(
    source: SourceFile, settings: Settings, root: Path | None, options: Namespace | None
) -> list[Diagnostic]:
    """What is wrong with the settings of a project, its baseline, and rules that other packages bring.

    Only if this file is the one to carry it.
    """
    from dag_lint.registry import own_rules

    problems = () if root is None else problems_of(root)
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    told = [f"{FILE}, line {one.line}: {one.message}{more}" for one in problems[:1]]
    if settings.baseline:
        from dag_lint.baseline import place_for, read_baseline

        _, problem = read_baseline(place_for(settings.baseline, root, overrides_in(options, "dag_lint_")))
        told += [problem] if problem else []
    told += own_rules().problems
    if root is None or not told or not speaks_for(source.path, root, options):
        return []
    found = [not_analysed(source.path, one) for one in told]
    return selected(found, settings, source.location, root)


def speaks_for(filename: str, root: Path, options: Namespace | None) -> bool:
    """Whether `filename` is the first file of a project that this run of flake8 hands to our plugin."""
    if options is None or "-" in options.filenames:
        return True
    if root not in _FIRST:
        _FIRST[root] = _first_file(root, options)
    return _FIRST[root] in (None, _absolute(filename))


def _first_file(root: Path, options: Namespace) -> str | None:
    from flake8.discover_files import expand_paths

    names = expand_paths(
        paths=options.filenames,
        stdin_display_name=options.stdin_display_name,
        filename_patterns=options.filename,
        exclude=(*options.exclude, *options.extend_exclude),
    )
    for name in sorted(names):
        if (
            project_root(Path(name)) == root
            and not is_excluded(name, settings_under(root, {}), root)
            and _reaches_us(name)
        ):
            return _absolute(name)
    return None


def _reaches_us(name: str) -> bool:
    from flake8.defaults import NOQA_FILE

    try:
        content = read_bytes(name, 4 * MAXIMUM_CHARACTERS)
    except NotReadableError:
        return False
    text = content.decode("utf-8-sig", "replace")
    if "airflow" not in text.lower() or any(NOQA_FILE.match(line) for line in text.splitlines()):
        return False
    return parsed(content) is not None


def _absolute(name: str) -> str:
    # Links stay as written, as they do in project_root.
    return os.path.abspath(name)  # noqa: PTH100
