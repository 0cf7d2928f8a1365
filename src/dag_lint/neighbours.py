"""Files beside a DAG file: the templates it names, and what docker-compose mounts where.

Nothing here reads outside of the project, waits, or raises; every look-up is noted, found or not, so that a
cache can tell when it has to be repeated.
"""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.lookups import note
from dag_lint.reading import NotReadableError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMPOSE_NAMES = ("docker-compose*.y*ml", "compose*.y*ml")
_COMPOSE_LIMIT = 64 * 1024
LONGEST_PATH = 4096
"""No system opens a longer one."""
_FOLDERS_UPWARD = 30
"""A project is not nested deeper; a made-up path may be."""
_MOUNTS_LIMIT = 500


class Neighbours:
    """The surroundings of one DAG file on disk.

    `location` is None for text that came without a name. The project root bounds every look-up; where no
    root is known, the folder of the file does.
    """

    __slots__ = ("_mounts", "folder", "looked_up", "root")

    def __init__(self, location: Path | None, root: Path | None) -> None:
        # Links stay as written, as for Airflow; what they lead to is looked at before a file counts.
        self.folder = None if location is None else Path(os.path.abspath(location)).parent  # noqa: PTH100
        self.root = root if root is not None else self.folder
        self.looked_up: dict[Path, bool] = {}
        self._mounts: list[tuple[str, Path]] | None = None

    def template(self, value: str, folders: Iterable[Path]) -> Path | None:
        """The file that Jinja's loader would find under one of `folders`, None when it finds none.

        A leading slash is dropped, `.` and empty segments are nothing, and `..` is never followed.
        """
        segments = [segment for segment in value.split("/") if segment not in ("", ".")]
        if ".." in segments or not segments or len(value) > LONGEST_PATH:
            return None
        for folder in folders:
            candidate = folder.joinpath(*segments)
            if self.is_file(candidate):
                return candidate
        return None

    def text(self, path: Path) -> str:
        """What a file that was found holds, nothing when it cannot be read."""
        note("content", path)
        try:
            return read_bytes(path).decode("utf-8", "replace")
        except NotReadableError:
            return ""

    def above(self, value: str) -> Path | None:
        """The file that a relative path means when it is read from the DAG's folder or one above it."""
        if self.folder is None or self.root is None or len(value) > LONGEST_PATH:
            return None
        for folder in (self.folder, *self.folder.parents)[:_FOLDERS_UPWARD]:
            if not folder.is_relative_to(self.root):
                break
            candidate = Path(os.path.normpath(folder / value))
            if self.is_file(candidate):
                return candidate
        return None

    def knows_folder(self, value: str, folders: Iterable[Path]) -> bool:
        """Whether a relative path begins with a folder of the project that holds something, or with none."""
        first, slash, _ = value.removeprefix("./").partition("/")
        return not slash or any(self._holds_something(folder / first) for folder in folders)

    def _holds_something(self, folder: Path) -> bool:
        note("some *", folder)
        try:
            return self.holds(folder) and any(folder.iterdir())
        except (OSError, ValueError):
            return False

    def is_file(self, path: Path) -> bool:
        """Whether a regular file lies there, or a link leads out of the project there."""
        if path not in self.looked_up:
            note("place", path)
            self.looked_up[path] = self._looks_like_ours(path)
        return self.looked_up[path]

    def holds(self, path: Path) -> bool:
        """Whether a path, links followed, lies in the project: only then its absence means something."""
        if self.root is None:
            return False
        note("place", path)
        try:
            return path.resolve().is_relative_to(self.root.resolve())
        except (OSError, ValueError, RuntimeError):
            return False

    def folder_at(self, path: str) -> Path | None:
        """The folder of the project that a search path means, mounts of docker-compose understood.

        None when it lies elsewhere: on another machine, or relative to wherever Airflow was started.
        """
        if not posixpath.isabs(path) and not Path(path).is_absolute():
            return self._beside(path)
        here = Path(path)
        try:
            return here if self.holds(here) and here.is_dir() else self.mounted(path)
        except OSError:
            return None

    def mounted(self, path: str) -> Path | None:
        """The place in the project that docker-compose mounts at an absolute path of a container."""
        path = posixpath.normpath(path)
        if not path.startswith("/"):
            return None
        if self._mounts is None:
            self._mounts = self._read_mounts()
        for target, source in self._mounts:
            if path == target or path.startswith(f"{target}/"):
                place = source / path[len(target) :].lstrip("/")
                return place if self.holds(place) else None
        return None

    def in_project(self, path: Path) -> str:
        """A path as the people of the project would write it."""
        for base in (self.root, self.folder):
            if base is not None and path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.as_posix()

    def _beside(self, path: str) -> Path | None:
        # `os.path.dirname(__file__)` of a file that was named relatively is relative too, and ours.
        place = Path(os.path.abspath(path))  # noqa: PTH100
        if self.folder is not None and place.is_relative_to(self.folder) and self.holds(place):
            return place
        return None

    def _looks_like_ours(self, path: Path) -> bool:
        if self.root is None:
            return False
        try:
            if path.resolve().is_relative_to(self.root.resolve()):
                return path.is_file()
        except (OSError, ValueError, RuntimeError):
            # A name that is too long, or holds what no name can hold.
            return False
        # What a link leads to outside of the project is none of our business, and may well be a file.
        return path.is_relative_to(self.root)

    def _read_mounts(self) -> list[tuple[str, Path]]:
        """The bind mounts of the nearest compose files at or above the DAG file, the most specific first."""
        found: dict[str, Path] = {}
        for file in self._compose_files():
            note("content", file)
            try:
                content = read_bytes(file, _COMPOSE_LIMIT)
            except NotReadableError:
                continue
            # Imported here: it brings in yaml, which most files never need.
            from dag_lint.compose import bind_mounts

            for source, target in bind_mounts(content)[:_MOUNTS_LIMIT]:
                found.setdefault(target, Path(os.path.normpath(file.parent / source)))
        return sorted(found.items(), key=lambda mount: -len(mount[0]))

    def _compose_files(self) -> list[Path]:
        if self.folder is None or self.root is None:
            return []
        for folder in (self.folder, *self.folder.parents)[:_FOLDERS_UPWARD]:
            note(f"names {' '.join(_COMPOSE_NAMES)}", folder)
            try:
                found = sorted({path for name in _COMPOSE_NAMES for path in folder.glob(name)})
            except OSError:
                found = []
            if found:
                self.looked_up.update(dict.fromkeys(found, True))
                return found[:10]
            if folder == self.root:
                break
        return []
