"""Small pieces of English that the words of a schedule are made of."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ORDINALS = ("last", "first", "second", "third", "fourth", "fifth")


def join(parts: Sequence[str], last: str = " and ", comma: str = ", ") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return comma.join(parts[:-1]) + last + parts[-1]


def plural(number: float, unit: str) -> str:
    """`1 hour`, `3 hours`, `1.5 seconds`."""
    shown = f"{int(number):,}" if number == int(number) else f"{number:g}"
    return f"{shown} {unit}" if number == 1 else f"{shown} {unit}s"


def ordinal(number: int) -> str:
    """`2nd`, `3rd`, `11th`."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def clock(hour: int, minute: int, second: int | None = None) -> str:
    """`06:00`, or `06:00:30` when a second is given."""
    return f"{hour:02}:{minute:02}" if second is None else f"{hour:02}:{minute:02}:{second:02}"


def step_of(values: Sequence[int]) -> int | None:
    """The one distance between neighbours of at least three numbers, else None."""
    if len(values) < 3:
        return None
    step = values[1] - values[0]
    even = all(b - a == step for a, b in pairwise(values))
    return step if even else None


def spans(values: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last), in order."""
    found: list[tuple[int, int]] = []
    for value in values:
        if found and value == found[-1][1] + 1:
            found[-1] = (found[-1][0], value)
        else:
            found.append((value, value))
    return found


def circular_spans(values: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Like `spans`, with a row over the end of the field in one piece: Friday to Monday."""
    found = spans(values)
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == size - 1:
        first, last = found[-1][0], found[0][1]
        if (last - first) % size >= 2:
            return [*found[1:-1], (first, last)]
    return found


def numbers(values: Sequence[int], names: Sequence[str] | None = None, offset: int = 0) -> str:
    """A list of numbers or names, with rows of three and more as `1 to 5`."""

    def name(value: int) -> str:
        return str(value) if names is None else names[value - offset]

    parts: list[str] = []
    for first, last in spans(values):
        if last - first >= 2:
            parts.append(f"{name(first)} to {name(last)}")
        else:
            parts.extend(name(value) for value in range(first, last + 1))
    return join(parts)


def year_phrase(years: Sequence[int]) -> str:
    """`in 2030`, `in 2030 and 2032`, `from 2030 to 2035`."""
    if len(spans(years)) == 1 and len(years) > 2:
        return f"from {years[0]} to {years[-1]}"
    step = step_of(years)
    if step is not None and len(years) > 4:
        return f"every {step} years from {years[0]} to {years[-1]}"
    if len(years) > 8:
        return f"in {len(years)} years from {years[0]} to {years[-1]}"
    return f"in {numbers(years)}"
