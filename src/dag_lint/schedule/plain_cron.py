"""Cron texts of the plainest kind, expanded without croniter, as croniter expands them.

Nearly all schedules are numbers, ranges, lists and steps. Importing croniter takes as long as analysing a small
file, and starts a process of its own to find out how wide the machine's words are.
"""

from __future__ import annotations

import re

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
_DAYS = (2, 4)
_PART = re.compile(r"(?:(\d{1,2})(?:-(\d{1,2}))?|(\*))(?:/(\d{1,2}))?", re.ASCII)


def expand(text: str) -> list[list[int | str]] | None:
    """The values of the five fields, `*` for one that restricts nothing; None for what is left to croniter."""
    fields = text.split()
    if len(fields) != len(_RANGES):
        return None
    expanded = [_values(index, field) for index, field in enumerate(fields)]
    return None if None in expanded else expanded  # type: ignore[return-value]


def _values(index: int, field: str) -> list[int | str] | None:
    if field == "*":
        return ["*"]
    low, high = _RANGES[index]
    found: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first, last, star, step = match.groups()
        start, end = (low, high) if star else (int(first), int(last or first))
        every = int(step or 1)
        # A step behind a single number, ranges that run backwards, and what is outside: croniter knows.
        if not low <= start <= end <= high or not 1 <= every <= high or (step and not star and last is None):
            return None
        if last is not None and start == end:
            return None
        found.update(range(start, end + 1, every))
    if len(found) == high - low + 1:
        # What a field of days that names all of them means depends on the other one.
        return None if index in _DAYS else ["*"]
    return sorted(found)
