"""Which files Airflow reads together: those of one dags folder.

A repository may hold several deployments, copies and tests, each with a dags folder of its own. Where it cannot
be told which one a file belongs to, there is none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from dag_lint.neighbours import Neighbours

_IN_THE_CONTAINER = ("/opt/airflow/dags", "/usr/local/airflow/dags")
"""The dags folder of the official image, and that of an old one that many use."""

_VERSION = re.compile(r"v?\d+(\.(\d+|x))*", re.IGNORECASE)

_TESTS = frozenset({"test", "tests"})

_ENVIRONMENTS = frozenset(
    {
        "dev", "develop", "development", "int", "integration", "local", "ppd", "prd", "preprod", "prod",
        "production", "qa", "sandbox", "stage", "staging", "stg", "test", "testing", "uat",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def dags_folder(location: str, root: str) -> str | None:
    """The dags folder that a file lies in, None when that is not known, or when it is one of tests.

    What docker-compose mounts as such, else the nearest folder called dags.
    """
    folder, top = Path(location).parent, Path(root)
    found = _mounted(folder, top) or next(
        (each for each in (folder, *folder.parents) if each.name.lower() == "dags"), None
    )
    if found is None or not found.is_relative_to(top):
        return None
    return None if _TESTS.intersection(found.relative_to(top).parts) else str(found)


@lru_cache(maxsize=4096)
def folder_of_ignore_files(location: str, root: str) -> str | None:
    """The topmost folder with an `.airflowignore`: the dags folder, or one below it; None without any."""
    folder, top = Path(location).parent, Path(root)
    above = [each for each in (folder, *folder.parents) if each.is_relative_to(top)]
    found = [each for each in above if (each / ".airflowignore").is_file()]
    return str(found[-1]) if found and not _TESTS.intersection(found[-1].relative_to(top).parts) else None


@lru_cache(maxsize=256)
def _mounted(folder: Path, root: Path) -> Path | None:
    neighbours = Neighbours(folder / "any.py", root)
    for place in _IN_THE_CONTAINER:
        mounted = neighbours.mounted(place)
        if mounted is not None and mounted != root and folder.is_relative_to(mounted):
            return mounted
    return None


def are_rivals(one: str, other: str) -> bool:
    """Whether two files of a dags folder are deployed together.

    Not where each lies in the folder of an environment, or one of them in that of a version: `2.0`, `v3`.
    """
    pairs = zip(Path(one).parts, Path(other).parts, strict=False)
    first = next(((left, right) for left, right in pairs if left != right), ("", ""))
    if any(_VERSION.fullmatch(part) for part in first):
        return False
    return not all(part.lower() in _ENVIRONMENTS for part in first)
