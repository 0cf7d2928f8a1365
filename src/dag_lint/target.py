"""Which Airflow a file is written for, and how we know."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dag_lint.airflow.imports import major_of
from dag_lint.reading import NotReadableError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.pins import Major, Pin
    from dag_lint.settings import Settings

__all__ = ["ROOT_FILES", "Target", "find_target", "pinned_target", "project_root"]

ROOT_FILES = ("pyproject.toml", "setup.cfg", "airflow.cfg")


@dataclass(frozen=True, slots=True)
class Target:
    """The version a file is written for; `major` is None when nothing tells it."""

    major: Major | None
    version: str | None
    reason: str
    """How we know, as a phrase: "requirements.txt pins apache-airflow==2.10.5"."""

    def is_at_least(self, major: int, minor: int) -> bool:
        """Whether the version is known, and this one or a later one."""
        numbers = (self.version or "").split(".")[:2]
        return all(number.isdigit() for number in numbers) and tuple(map(int, numbers)) >= (major, minor)

    def admits(self, major: int) -> bool:
        """Whether the file may be meant for this major version."""
        return self.major is None or self.major == major


UNKNOWN = Target(None, None, "nothing tells the version")


def project_root(path: Path) -> Path | None:
    """The nearest folder above a file that looks like the top of a project; no search goes above it."""
    # Links stay as written: a file belongs to the project that it is seen in.
    return _root_above(Path(os.path.abspath(path)).parent)  # noqa: PTH100


def find_target(
    settings: Settings, location: Path | None, root: Path | None, imports: Iterable[str]
) -> Target:
    """The target by the setting, else by the nearest pin, else by what the file imports.

    `imports`: the dotted names that the file imports whatever happens; of a try and its except, nothing.
    """
    if settings.airflow_version is not None:
        return _by_setting(settings.airflow_version)
    if location is not None and root is not None:
        pinned = pinned_target(Path(os.path.abspath(location)).parent, root)  # noqa: PTH100
        if pinned is not None:
            return pinned
    return _by_imports(imports)


def _by_setting(version: str) -> Target:
    return Target(cast("Major", int(version[0])), version, f"airflow-version is {version}")


def _by_imports(imports: Iterable[str]) -> Target:
    evidence: dict[int, str] = {}
    for imported in imports:
        major = major_of(imported)
        if major is not None:
            evidence.setdefault(major, imported)
    if len(evidence) != 1:
        return UNKNOWN
    ((major, imported),) = evidence.items()
    return Target(cast("Major", major), None, f"it imports {imported}")


@cache
def _root_above(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if _is_root(each)), None)


@cache
def _is_root(folder: Path) -> bool:
    return _exists(folder / ".git") or any(_is_file(folder / name) for name in ROOT_FILES)


@cache
def pinned_target(folder: Path, root: Path) -> Target | None:
    """The target of the files of a folder: by the nearest folder, from it up to `root`, whose pins say something."""
    for each in (folder, *folder.parents):
        pins = _pins_of(each, root)
        if pins:
            return _by_pins(pins)
        if each == root:
            break
    return None


def _by_pins(pins: tuple[tuple[str, Pin], ...]) -> Target | None:
    """The target by all pins of a folder, None where they contradict each other."""
    name, pin = pins[0]
    if any(other.major != pin.major for _, other in pins):
        return None
    versions = {pin.version for _, pin in pins if pin.version is not None}
    version = versions.pop() if len(versions) == 1 else None
    return Target(pin.major, version, f"{name} pins {pin.words}")


@cache
def _pins_of(folder: Path, root: Path) -> tuple[tuple[str, Pin], ...]:
    return tuple(_pins_in(folder, root))


def _pins_in(folder: Path, root: Path) -> Iterator[tuple[str, Pin]]:
    """The pins in the files of a folder that tell the major version, in the order of the files' names."""
    from dag_lint.pins import READERS

    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (entry.name, entry.path, read)
                for entry in entries
                for pattern, read in READERS
                if pattern.fullmatch(entry.name) and _inside(entry, root)
            )
    except OSError:
        return
    for name, path, read in found:
        try:
            text = read_bytes(path).decode("utf-8-sig", "replace")
        except NotReadableError:
            continue
        for pin in read(text):
            yield name, pin


def _inside(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether a file of a project really lies in it: a link may lead anywhere."""
    if not entry.is_symlink():
        return True
    return Path(os.path.realpath(entry.path)).is_relative_to(os.path.realpath(root))


def _exists(path: Path) -> bool:
    return os.path.lexists(path)


def _is_file(path: Path) -> bool:
    # Path.is_file raises for names that the system refuses, and for folders that may not be entered.
    return os.path.isfile(path)  # noqa: PTH113
