"""What is known of the operators of Airflow and its providers.

The table beside this file is written by scripts/record_airflow.py. A line is a class:

    path <tab> operator|sensor <tab> template_fields <tab> template_ext <tab> constructor parameters

or an old path: `path <tab> =new path`. A field or extension that not all recorded versions have carries
the versions that do: `.bash@3.14.0..` came with 3.14.0, `.yaml@..4.4.0` was last seen in 4.4.0. A
parameter ends in `!` when it must be given, and a lone `*` says that there may be others.

The table is searched as text: of its half megabyte only the lines asked for are ever taken apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dag_lint.airflow.names import canonical
from dag_lint.airflow.parameters import Major, operator_parameters, sensor_parameters

_TABLE = Path(__file__).with_name("operators.tsv")

_BASES = {
    "BaseOperator": False,
    "BaseAsyncOperator": False,
    "BaseBranchOperator": False,
    "BaseSensorOperator": True,
}
"""The classes that operators are made from, and whether they make sensors."""


@dataclass(frozen=True, slots=True)
class OperatorFacts:
    """An operator or sensor class, the union of what its recorded versions had.

    `path` is its newest home. `versions` says of a template field or extension that only some versions
    have which those are.
    """

    path: str
    is_sensor: bool
    template_fields: tuple[str, ...]
    template_ext: tuple[str, ...]
    own_parameters: frozenset[str]
    required: frozenset[str]
    open_ended: bool
    versions: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.path.rpartition(".")[2]

    def parameters(self, major: Major) -> frozenset[str]:
        """Every parameter that its constructor takes; it may take more when `open_ended`."""
        base = operator_parameters(major) + (sensor_parameters() if self.is_sensor else ())
        return self.own_parameters.union(base)

    def takes(self, parameter: str) -> bool | None:
        """Whether some version's constructor takes a parameter, None when that is not known."""
        if parameter in self.parameters(2) or parameter in self.parameters(3):
            return True
        return None if self.open_ended else False


@lru_cache(maxsize=512)
def operator(path: str) -> OperatorFacts | None:
    """What is known of the class at a dotted path, under any name it ever had; None for all others."""
    name = canonical(path)
    if name in _BASES:
        # Nobody runs a bare base: what is asked about is a class derived from it, and that may take more.
        return OperatorFacts(path, _BASES[name], (), (), frozenset(), frozenset(), open_ended=True)
    columns = _columns(path)
    if columns is not None and len(columns) == 2:
        path = columns[1].removeprefix("=")
        columns = _columns(path)
    if columns is None:
        return None
    _, kind, fields, extensions, parameters = columns
    versions: dict[str, str] = {}
    given = parameters.split()
    return OperatorFacts(
        path,
        kind == "sensor",
        _names(fields, versions),
        _names(extensions, versions),
        frozenset(name.rstrip("!") for name in given if name != "*"),
        frozenset(name[:-1] for name in given if name.endswith("!")),
        "*" in given,
        versions,
    )


def newest_home(path: str) -> str:
    """Where the class at a dotted path lives today; `path` itself for all that is not an operator."""
    facts = operator(path)
    return path if facts is None else facts.path


def _names(text: str, versions: dict[str, str]) -> tuple[str, ...]:
    names: list[str] = []
    for entry in text.split():
        name, _, having = entry.partition("@")
        if name == "?":
            # What reading alone could not tell: to be silent about, as about nothing.
            continue
        names.append(name)
        if having:
            versions[name] = having
    return tuple(names)


def _columns(path: str) -> list[str] | None:
    text = _text()
    start = text.find(f"\n{path}\t")
    if start < 0:
        return None
    return text[start + 1 : text.index("\n", start + 1)].split("\t")


@lru_cache(maxsize=1)
def _text() -> str:
    return "\n" + _TABLE.read_text(encoding="utf-8")
