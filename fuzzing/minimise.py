"""From a text that breaks a law to a small one that breaks the same law for the same reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzzing.drafts import draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_TRIES = 1500


def minimised(text: str, still_broken: Callable[[str], bool], most_tries: int = MOST_TRIES) -> str:
    """A part of the text that is still broken, as small as some tries make it."""
    tries = 0
    for cuts in (_lines, _statements, _expressions, _lines):
        again = True
        while again:
            again = False
            for smaller in cuts(text):
                tries += 1
                if tries > most_tries:
                    return text
                if len(smaller) < len(text) and still_broken(smaller):
                    text, again = smaller, True
                    break
    return text


def _lines(text: str) -> Iterator[str]:
    """The text without some of its lines: many first, then fewer, at last one."""
    lines = text.split("\n")
    size = max(len(lines) // 2, 1)
    while size:
        for start in range(0, len(lines), size):
            yield "\n".join(lines[:start] + lines[start + size :])
        size //= 2


def _statements(text: str) -> Iterator[str]:
    """The text without one of its statements, the longest first; `pass` takes its place where one is needed."""
    one = draft(text)
    if one is not None:
        for start, end in sorted(one.statements, key=lambda place: place[0] - place[1]):
            yield text[:start] + text[end:].lstrip(" ;")
            yield text[:start] + "pass" + text[end:]


def _expressions(text: str) -> Iterator[str]:
    """The text with an expression cut down: to a name, or to a part of itself; a call without an argument."""
    one = draft(text)
    if one is None:
        return
    places = sorted(set(one.expressions), key=lambda place: place[0] - place[1])
    for _, arguments in one.calls:
        for (start, end), (following, _) in zip(arguments, [*arguments[1:], (0, 0)], strict=True):
            yield text[:start] + text[following or end :]
    for start, end in places:
        yield text[:start] + "0" + text[end:]
        for inner in places:
            if start <= inner[0] and inner[1] <= end and inner != (start, end):
                yield text[:start] + text[slice(*inner)] + text[end:]
