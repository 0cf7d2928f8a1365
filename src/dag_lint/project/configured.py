"""What a deployment sets in its section [core]: how Airflow looks for DAG files."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from dag_lint.reading import NotReadableError, read_bytes

_FILES = (
    "airflow.cfg",
    "docker-compose.yaml",
    "docker-compose.yml",
    "compose.yaml",
    "compose.yml",
    "Dockerfile",
    ".env",
)


@lru_cache(maxsize=1024)
def core_option(name: str, folder: str, root: str) -> str | None:
    """An option by the nearest file that sets it, from a folder up to the root; in lower case."""
    top = Path(root)
    for here in (Path(folder), *Path(folder).parents):
        if not here.is_relative_to(top):
            break
        # A variable wins over airflow.cfg, and both are read: their order in a folder is that of _FILES.
        found = [value for file in _FILES if (value := _option_in(here / file, name)) is not None]
        if found:
            return found[-1]
    return None


def _option_in(file: Path, name: str) -> str | None:
    try:
        text = read_bytes(file).decode("utf-8", "replace")
    except NotReadableError:
        return None
    variable = rf"AIRFLOW__CORE__{name.upper()}[\"']?(?:[ \t]*[:=][ \t]*|[ \t]+)[\"']?([\w-]+)"
    pattern = rf"^{name}[ \t]*=[ \t]*([\w-]+)" if file.name == "airflow.cfg" else variable
    found = re.search(pattern, text, re.MULTILINE)
    return None if found is None else found[1].lower()
