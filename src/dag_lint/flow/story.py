"""A verdict in words: the flow as one sentence that starts with the callable's name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dag_lint.flow.facts import Evidence
    from dag_lint.flow.verdict import Verdict


def tell(verdict: Verdict, steps: int | None = None) -> str:
    """`reads a query into pandas, merges it and writes it with to_sql`; at most so many steps of it."""
    phrases: list[str] = []
    for evidence in _chosen(verdict.story, steps):
        if evidence.words not in phrases:
            phrases.append(evidence.words)
    if len(phrases) < 2:
        return "".join(phrases)
    head = [
        phrase.removesuffix(" it") if " it" in following else phrase
        for phrase, following in pairwise(phrases)
    ]
    return f"{', '.join(head)} and {phrases[-1]}"


def _chosen(story: tuple[Evidence, ...], steps: int | None) -> tuple[Evidence, ...]:
    """The first and the last steps, when there are too many."""
    if steps is None or len(story) <= steps:
        return story
    return (*story[: steps - 1], story[-1]) if steps > 1 else story[-1:]
