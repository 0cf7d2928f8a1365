"""What the findings of a file depend on, besides the files around it that its analysis looks at."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dag_lint
from dag_lint.deployment import deployment_settings
from dag_lint.pyproject import settings_under
from dag_lint.target import pinned_target, project_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.inspection import Request

_DISTRIBUTIONS = ("croniter", "flake8", "libcst", "pathspec", "python-dateutil", "pyyaml", "tzdata")
_OWN_RULES = "dag_lint.rules"


class Keys:
    """The keys of the files of one run."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._start = repr((_versions(), request.fixes, request.summaries)).encode()
        self._folders: dict[str, tuple[bytes, Path | None]] = {}

    def key(self, name: str, content: bytes) -> str:
        """The key of a file that is called so and holds this: 32 hexadecimal digits."""
        location = os.path.abspath(name)
        digest = hashlib.blake2b(self._folder(os.path.dirname(location))[0], digest_size=16)
        digest.update(repr((name, location)).encode())
        digest.update(content)
        return digest.hexdigest()

    def root(self, name: str) -> Path | None:
        """The root of the project that a file belongs to."""
        return self._folder(os.path.dirname(os.path.abspath(name)))[1]

    def _folder(self, path: str) -> tuple[bytes, Path | None]:
        known = self._folders.get(path)
        if known is None:
            root = project_root(Path(path) / "any.py")
            known = self._folders[path] = (self._start + repr(self._facts(Path(path), root)).encode(), root)
        return known

    def _facts(self, folder: Path, root: Path | None) -> list[Any]:
        """What holds for all files of a folder."""
        settings = settings_under(root, self._request.overrides)
        pin = None if root is None else pinned_target(folder, root)
        return [
            str(root),
            None if root is None else os.path.realpath(root),
            _sorted(settings),
            repr(pin),
            None if root is None else _sorted(deployment_settings(folder, root)),
        ]


def _sorted(value: Any) -> Any:
    """A value as one that is written the same in every process: sets have no order."""
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, map(_sorted, value)))
    if isinstance(value, dict):
        return sorted((repr(key), repr(_sorted(one))) for key, one in value.items())
    if isinstance(value, (tuple, list)):
        return [_sorted(one) for one in value]
    if is_dataclass(value):
        return [_sorted(getattr(value, field.name)) for field in fields(value)]
    return repr(value)


@cache
def _versions() -> tuple[Any, ...]:
    """All code that has a say. Of ours the files count, since it may be installed from a checkout."""
    return (
        sys.version,
        dag_lint.__version__,
        _files_of(os.path.dirname(dag_lint.__file__)),
        tuple((name, _version(name)) for name in _DISTRIBUTIONS),
        tuple(sorted(_own_rules())),
    )


def _files_of(folder: str) -> str:
    """A digest of the names, sizes and times of the Python files and tables in a folder and below."""
    digest = hashlib.blake2b(digest_size=16)
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(here, name))
            digest.update(f"{here}/{name} {status.st_size} {status.st_mtime_ns}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _own_rules() -> Iterator[tuple[str, ...]]:
    """The rules of one's own that are installed, with what can be told of their state."""
    from importlib.util import find_spec

    for point in metadata.entry_points(group=_OWN_RULES):
        version = point.dist.version if point.dist is not None else ""
        spec = find_spec(point.module.partition(".")[0])
        places = [] if spec is None else list(spec.submodule_search_locations or [])
        state = [_files_of(place) for place in places]
        if spec is not None and spec.origin is not None and not places:
            status = os.stat(spec.origin)
            state.append(f"{status.st_size} {status.st_mtime_ns}")
        yield (point.name, point.value, version, *state)
