"""What is kept of an inspection, as JSON: a few kinds of plain data, and nothing that could run.

The folder of a cache may be written by others. Whatever does not decode is as good as absent.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, TextEdit
from dag_lint.project import DagSummary, FileSummary, SensorSummary, Spot
from dag_lint.schedule.model import Schedule

_CLASSES: dict[str, Any] = {
    one.__name__: one
    for one in (
        DagSummary,
        Diagnostic,
        FileSummary,
        Fix,
        Position,
        Schedule,
        SensorSummary,
        Span,
        Spot,
        TextEdit,
    )
}
_FIELDS = {one: tuple(field.name for field in fields(one)) for one in _CLASSES.values()}
_SCALARS = (str, int, float, bool, type(None))


def encode(value: Any) -> Any:
    """A value as JSON holds it. Raises TypeError for what is not kept, such as a relativedelta."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple:
        return [encode(one) for one in value]
    if kind is frozenset:
        return {"frozenset": sorted(value)}
    if kind is timedelta:
        return {"timedelta": [value.days, value.seconds, value.microseconds]}
    if kind is Severity:
        return {"Severity": value.value}
    if kind in _FIELDS:
        return {kind.__name__: [encode(getattr(value, name)) for name in _FIELDS[kind]]}
    raise TypeError(kind.__name__)


def decode(data: Any) -> Any:
    """The value again. Raises TypeError, ValueError, KeyError or RecursionError for what encode never gave."""
    if isinstance(data, list):
        return tuple([decode(one) for one in data])
    if not isinstance(data, dict):
        return data
    ((name, given),) = data.items()
    if name == "frozenset":
        return frozenset(given)
    if name == "timedelta":
        return timedelta(*given)
    if name == "Severity":
        return Severity(given)
    return _CLASSES[name](*[decode(one) for one in given])
