"""What docker-compose files say of folders: which path of the project is mounted where in a container."""

from __future__ import annotations

import posixpath
import re
from typing import Any

import yaml

_DEFAULT = re.compile(r"\$\{\w+:?-([^${}]*)\}")
_MERGED_LIMIT = 2_000
_SHORT = re.compile(r"(?P<source>\.{0,2}/?[^:]*):(?P<target>/[^:]*)(:[A-Za-z,]+)?$")


class _Loader(yaml.SafeLoader):
    """SafeLoader that gives up where merge keys multiply: thirty lines could ask for a billion entries."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge" and isinstance(value, yaml.SequenceNode):
                self._check(len(value.value) * 20)
        super().flatten_mapping(node)
        self._check(len(node.value))

    def _check(self, size: int) -> None:
        if size > _MERGED_LIMIT:
            raise yaml.YAMLError("too many merged entries")


def bind_mounts(content: bytes) -> list[tuple[str, str]]:
    """(path in the project, absolute path in the container) of all services, as far as they are literal."""
    try:
        document = yaml.load(content, _Loader)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, OverflowError):
        return []
    services = document.get("services") if isinstance(document, dict) else None
    found: dict[tuple[str, str], None] = {}
    for service in services.values() if isinstance(services, dict) else ():
        volumes = service.get("volumes") if isinstance(service, dict) else None
        for volume in volumes if isinstance(volumes, list) else ():
            mount = _mount(volume)
            if mount is not None:
                found[mount] = None
    return list(found)


def _mount(volume: Any) -> tuple[str, str] | None:
    if isinstance(volume, str):
        match = _SHORT.match(_DEFAULT.sub(r"\1", volume))
        return None if match is None else _bind(match["source"], match["target"])
    if isinstance(volume, dict) and volume.get("type", "bind") == "bind":
        source, target = volume.get("source"), volume.get("target")
        if isinstance(source, str) and isinstance(target, str):
            return _bind(_DEFAULT.sub(r"\1", source), _DEFAULT.sub(r"\1", target))
    return None


def _bind(source: str, target: str) -> tuple[str, str] | None:
    # Without a dot in front it is the name of a volume, not a folder; `$` was not given a default.
    if not source.startswith(".") or "$" in source or not target.startswith("/") or "$" in target:
        return None
    return source, posixpath.normpath(target)
