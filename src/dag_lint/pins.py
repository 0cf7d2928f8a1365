"""Which version of Airflow a file pins: requirements, constraints, pyproject.toml, image tags.

Image tags are found by a pattern and not by a YAML parser: `image:` of a compose file is nearly always a
`${AIRFLOW_IMAGE_NAME:-apache/airflow:2.10.5}`, which has to be taken apart by a pattern anyway, and a hostile
YAML file costs seconds where a pattern costs microseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dag_lint.reading import NotReadableError, parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Pin:
    """A statement that admits one major version only; `version` if it names an exact one."""

    major: Major
    version: str | None
    words: str
    """The pin as written."""


Major = Literal[2, 3]

_RELEASE = r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}"

_CLAUSE = re.compile(
    rf"(===|==|~=|!=|<=|>=|<|>|\^|~|)\s*v?({_RELEASE})(\.\*|(?:a|b|rc|\.dev|\.post)[0-9]+)?(?:\+[\w.]+)?"
)

# `apache-airflow-core` is what `apache-airflow` 3 consists of, and has its versions.
_REQUIREMENT = re.compile(
    r"^[ \t]*[\"']?(apache[-_.]airflow(?:[-_.]core)?)[ \t]*(?:\[[^\]\n]*\])?[ \t]*\(?([^;#\n\"'@)\\]*)",
    re.IGNORECASE | re.MULTILINE,
)

_CONSTRAINTS = re.compile(r"^[^#\n]*apache/airflow/constraints-([0-9.]+)/", re.MULTILINE)

_IMAGE = re.compile(
    r"(?<![\w./])(?<![^:]-)(?:docker\.io/)?apache/airflow:(?:slim-)?([^\s\"'@}]+|\$\{[^}\s]*\})"
)

_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([\w.-]+))?\}?|(\w+))")

_ARGUMENT = re.compile(r"^[ \t]*(?:ARG|ENV)\s+([A-Za-z_]\w*)[= ][\"']?([\w.-]+)", re.MULTILINE)


def parse_specifier(text: str) -> tuple[Major, str | None] | None:
    """The major version that a specifier such as `>=2.8,<3` admits, and the exact one if it names one.

    None for a specifier that admits both majors, or neither.
    """
    low, high = _padded((0,)), _padded((1000,))
    version: str | None = None
    for clause in text.split(","):
        match = _CLAUSE.fullmatch(clause.strip())
        if match is None:
            return None
        sign, number, suffix = match.groups()
        release = tuple(int(part) for part in number.split("."))
        if sign in ("==", "===", ""):
            low, high = max(low, _padded(release)), min(high, _after(release))
            version = number + (suffix if suffix and suffix != ".*" else "")
        elif sign in ("~=", "^", "~"):
            # `~=2.10` stays below 3, `~=2.10.1` and poetry's `~2.10` below 2.11, `^2.10` below 3.
            kept = {"~=": len(release) - 1, "^": 1, "~": min(2, len(release))}[sign]
            low, high = max(low, _padded(release)), min(high, _after(release[: max(1, kept)]))
        elif sign in (">=", ">"):
            low = max(low, _padded(release))
        elif sign in ("<", "<="):
            high = min(high, _padded(release) if sign == "<" else _after(release))
    majors: list[Major] = [
        major for major in MAJORS if max(low, _padded((major,))) < min(high, _padded((major + 1,)))
    ]
    return (majors[0], version) if len(majors) == 1 else None


MAJORS: tuple[Major, ...] = (2, 3)


def _padded(release: tuple[int, ...]) -> tuple[int, ...]:
    return release + (0,) * (4 - len(release))


def _after(release: tuple[int, ...]) -> tuple[int, ...]:
    return _padded((*release[:-1], release[-1] + 1))


def pins_in_requirements(text: str) -> Iterator[Pin]:
    """The pins of a requirements or constraints file."""
    for name, specifier in _REQUIREMENT.findall(text):
        yield from _pin_of(name, specifier)
    for version in _CONSTRAINTS.findall(text):
        yield from _pin_of("constraints-", version)


def pins_in_images(text: str) -> Iterator[Pin]:
    """The pins by the official image, in a Dockerfile or a compose file. Another image's tag says nothing."""
    text = re.sub(r"^[ \t]*#.*$|[ \t]#.*$", "", text, flags=re.MULTILINE)
    arguments = dict(_ARGUMENT.findall(text))
    for tag in _IMAGE.findall(text):
        variable = _VARIABLE.match(tag)
        if variable is not None:
            # A default in the file counts: it is what runs unless somebody says otherwise.
            default = variable[2] or arguments.get(variable[1] or variable[3], "")
            tag = default + tag[variable.end() :]
        release = re.match(rf"{_RELEASE}(?:(?:a|b|rc)[0-9]+)?(?=-|$)", tag.removeprefix("slim-"))
        if release is not None:
            yield from _pin_of("apache/airflow:", release[0])


def pins_in_pyproject(text: str) -> Iterator[Pin]:
    """The pins among the dependencies of a project, of the standard tables and of poetry."""
    if "airflow" not in text:
        return
    try:
        document = parse_toml(text.encode())
    except NotReadableError:
        return
    for requirement in _strings(document.get("project"), "dependencies", "optional-dependencies"):
        yield from pins_in_requirements(requirement)
    for requirement in _strings(document, "dependency-groups"):
        yield from pins_in_requirements(requirement)
    yield from _pins_of_poetry(_at(document, "tool", "poetry"))


def _pins_of_poetry(poetry: object) -> Iterator[Pin]:
    groups = _at(poetry, "group")
    tables = [_at(poetry, "dependencies")]
    tables += [_at(group, "dependencies") for group in groups.values()] if isinstance(groups, dict) else []
    for table in tables:
        for name in ("apache-airflow", "apache-airflow-core"):
            wanted = _at(table, name)
            specifier = _at(wanted, "version") if isinstance(wanted, dict) else wanted
            if isinstance(specifier, str):
                yield from _pin_of(name + " ", specifier)


def _pin_of(name: str, specifier: str) -> Iterator[Pin]:
    meaning = parse_specifier(specifier)
    if meaning is not None:
        yield Pin(*meaning, f"{name}{specifier.strip()}"[:60])


def _strings(table: object, *keys: str) -> Iterator[str]:
    """The strings in the lists below some keys, or in the lists of the tables below them."""
    for key in keys:
        value = _at(table, key)
        lists = value.values() if isinstance(value, dict) else [value]
        for items in lists:
            if isinstance(items, list):
                yield from (item for item in items if isinstance(item, str))


def _at(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


READERS: tuple[tuple[re.Pattern[str], Callable[[str], Iterator[Pin]]], ...] = (
    (re.compile(r"(requirements|constraints).*\.txt"), pins_in_requirements),
    (re.compile(r"pyproject\.toml"), pins_in_pyproject),
    (re.compile(r"Dockerfile(\..+)?|(docker-)?compose.*\.ya?ml"), pins_in_images),
)
"""Which files of a folder hold pins, and how each is read."""
