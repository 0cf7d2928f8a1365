"""Whether a file that never says "airflow" may build DAGs all the same: by a factory of the project."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.reading import NotReadableError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMPORT = re.compile(
    r"^(?:from[ \t]+(?P<package>[\w.]+)[ \t]+import|import[ \t]+(?P<module>[\w.]+))", re.MULTILINE
)
_FOLDERS = ("", "plugins", "include", "src")
_MOST_IMPORTS = 50


def may_build_dags(text: str, location: str, folder: str, root: str) -> bool:
    """Whether a file of a dags folder imports a module of its project that makes DAGs."""
    for match in list(_IMPORT.finditer(text))[:_MOST_IMPORTS]:
        name = match["package"] or match["module"]
        if any(_makes_dags(path) for path in _candidates(name, location, folder, root)):
            return True
    return False


def _candidates(name: str, location: str, folder: str, root: str) -> Iterator[Path]:
    rest = name.lstrip(".")
    levels = len(name) - len(rest)
    parts = [part for part in rest.split(".") if part]
    if levels:
        bases = [Path(location).parents[min(levels, len(Path(location).parents)) - 1]]
    else:
        bases = [Path(location).parent, Path(folder), *(Path(root) / each for each in _FOLDERS)]
    for base in dict.fromkeys(bases):
        if parts:
            yield base.joinpath(*parts[:-1], f"{parts[-1]}.py")
        yield base.joinpath(*parts, "__init__.py")


@lru_cache(maxsize=4096)
def _makes_dags(path: Path) -> bool:
    try:
        content = read_bytes(path)
    except NotReadableError:
        return False
    return b"airflow" in content and b"dag" in content.lower()
