"""Which files a run is about: those named, and the Python files of the folders named."""

from __future__ import annotations

import os
import stat
from functools import cache
from typing import TYPE_CHECKING, Any

from dag_lint.diagnostic import not_analysed
from dag_lint.reading import NotReadableError, is_bounded_glob, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic

_NEVER_ENTERED = frozenset(
    {
        ".bzr", ".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox",
        ".pytest_cache", ".ruff_cache", ".svn", ".tox", ".venv", "CVS", "__pycache__", "__pypackages__",
        "node_modules", "site-packages", "venv",
    }
)  # fmt: skip


def find_files(
    paths: Iterable[str], is_excluded: Callable[[str, bool], bool] = lambda path, is_folder: False
) -> tuple[list[str], list[Diagnostic]]:
    """The files to lint, sorted, each once by whatever name it comes first; and the paths that are none.

    A file that is named is linted whatever it is called, and though git ignores it. A folder is searched
    for regular files `*.py`. Links in it are not followed: what they lead to has its own name if it belongs
    to the folder; one that leads nowhere, or to itself, is named. A folder that is named although git ignores
    it is searched whole.
    `is_excluded` is asked of each path, with whether it is a folder, of those that are named too.
    """
    found: dict[str, str] = {}
    wrong: list[Diagnostic] = []
    for path in paths:
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            wrong.append(not_analysed(path, f"there is nothing to lint: {reason}"))
            continue
        is_folder = stat.S_ISDIR(mode)
        if is_excluded(path, is_folder):
            continue
        for name in _python_files(path, is_excluded, wrong) if is_folder else (path,):
            found.setdefault(os.path.realpath(name), name)
    return sorted(found.values()), wrong


def _python_files(
    folder: str, is_excluded: Callable[[str, bool], bool], wrong: list[Diagnostic]
) -> Iterator[str]:
    whole = _git_ignores(folder, is_folder=True)
    # By a stack of its own: os.walk calls itself for each folder in a folder before Python 3.12.
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = [(entry.name, _is_folder(entry)) for entry in listed]
        except OSError as error:
            wrong.append(not_analysed(here, f"the folder could not be read: {error.strerror}"))
            continue
        for name, is_folder in entries:
            path = os.path.join(here, name)
            wanted = _may_hold_dags(name, path) if is_folder else name.endswith(".py")
            if (
                not wanted
                or (not whole and _git_ignores(path, is_folder=is_folder))
                or is_excluded(path, is_folder)
            ):
                continue
            if is_folder:
                waiting.append(path)
            elif _is_regular(path):
                yield path
            elif _leads_nowhere(path):
                wrong.append(not_analysed(path, "it is a link that leads nowhere"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _may_hold_dags(name: str, path: str) -> bool:
    if name in _NEVER_ENTERED:
        return False
    # A virtual environment may have any name.
    return not os.path.lexists(os.path.join(path, "pyvenv.cfg"))


def _is_regular(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _leads_nowhere(path: str) -> bool:
    # An editor's lock, such as `.#dag.py`, is such a link and no file of the project.
    hidden = os.path.basename(path).startswith(".")
    return os.path.islink(path) and not os.path.exists(path) and not hidden


def _git_ignores(path: str, *, is_folder: bool) -> bool:
    """Whether git would ignore a file: the .gitignore nearest to it that says something decides."""
    path = os.path.abspath(path)
    for folder, spec in _ignore_files_above(os.path.dirname(path)):
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
        include = spec.check_file(relative + "/" if is_folder else relative).include
        if include is not None:
            return bool(include)
    return False


@cache
def _ignore_files_above(folder: str) -> tuple[tuple[str, Any], ...]:
    """The .gitignore files from a folder up to the top of its repository, the nearest first."""
    found = []
    while True:
        spec, is_top = _ignore_file(folder)
        if spec is not None:
            found.append((folder, spec))
        parent = os.path.dirname(folder)
        if is_top or parent == folder:
            return tuple(found)
        folder = parent


@cache
def _ignore_file(folder: str) -> tuple[Any, bool]:
    """What the .gitignore of a folder says, None without one; and whether the folder is the top of a repository."""
    return _patterns(os.path.join(folder, ".gitignore")), os.path.lexists(os.path.join(folder, ".git"))


def _patterns(path: str) -> Any:
    try:
        content = read_bytes(path).decode("utf-8", "replace")
    except NotReadableError:
        return None
    lines = [line for line in content.splitlines() if is_bounded_glob(line)]
    # Imported here: a folder without a .gitignore needs none of it.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
