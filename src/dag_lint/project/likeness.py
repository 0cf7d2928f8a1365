"""Which id of a project was probably meant by one that it has not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 4
"""Letters of a word in which a slip of the pen can be told from another word: `eu` and `us` are two regions."""
_ALIKE = 0.8


def meant_by(wanted: str, known: Iterable[str]) -> str | None:
    """The one id that differs by capitals, by its separators, or by a slip in one of its words; else None."""
    near = [one for one in sorted(known) if _are_alike(wanted, one)]
    return near[0] if len(near) == 1 else None


def _are_alike(one: str, other: str) -> bool:
    if _plain(one) == _plain(other):
        return True
    left, right = _words(one), _words(other)
    if len(left) != len(right):
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(differing) == 1 and _is_slip(*differing[0])


def _is_slip(one: str, other: str) -> bool:
    letters = one.isalpha() and other.isalpha() and min(len(one), len(other)) >= _SHORTEST
    return letters and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", text.casefold())
