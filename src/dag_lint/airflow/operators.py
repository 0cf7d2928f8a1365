"""Operators by the dotted name of their class; the table is read when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OperatorFacts:
    """What is known of an operator class."""

    path: str
    template_fields: tuple[str, ...]
    template_ext: tuple[str, ...]
    is_sensor: bool
    parameters: frozenset[str]


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[str]]:
    text = (Path(__file__).parent / "operators.tsv").read_text(encoding="utf-8")
    return {row.partition("\t")[0]: row.split("\t")[1:] for row in text.splitlines()}


def operator(path: str) -> OperatorFacts | None:
    """The facts of the operator class at `path`, None when it is not known."""
    row = _rows().get(path)
    if row is not None and row[0].startswith("="):
        path = row[0][1:]
        row = _rows().get(path)
    if row is None:
        return None
    kind, fields, extensions, parameters = [*row, "", "", ""][:4]
    return OperatorFacts(
        path,
        tuple(fields.split()),
        tuple(extensions.split()),
        kind == "sensor",
        frozenset(parameters.split()),
    )
