"""A verdict in words: the flow as one sentence that starts with the callable's name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dag_lint.flow.facts import Kind
from dag_lint.flow.ways_out import way_out

if TYPE_CHECKING:
    from dag_lint.flow.facts import Evidence
    from dag_lint.flow.verdict import Verdict

_LENGTH = 200
"""How long a message may be."""


def called(name: str) -> str:
    """How a message calls a callable."""
    return "a lambda" if name == "<lambda>" else f'"{name}"'


def inside(evidence: Evidence) -> str:
    """Where a fact stands that is not in the callable's own body: ` in wait_until_there()`."""
    return f" in {evidence.helper}()" if evidence.helper else ""


def message(name: str, verdict: Verdict, *, in_pod: bool = False) -> str:
    """The flow in the user's names, where it runs, and one way out; the details go first when it gets long."""
    carried = verdict.main.kind in (Kind.OUT, Kind.WORK)
    where = "in the Airflow worker's memory" if carried else "in the Airflow worker"
    if in_pod:
        where = "in a pod with the default resources"
    several = ", all" if len(verdict.story) > 1 else ""
    way = way_out(verdict, in_pod=in_pod)
    short = way.partition(", or ")[0]
    text = ""
    for steps, advice in ((None, way), (3, way), (2, way), (2, short), (1, short)):
        text = f"{called(name)} {tell(verdict, steps)}{several} {where}; {advice}"
        if len(text) <= _LENGTH:
            break
    return text


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


def seconds_in_words(seconds: float | None) -> str:
    """`90 seconds`, `600 seconds (10 minutes)`, nothing when unknown."""
    if seconds is None:
        return ""
    spoken = f"{seconds:g} second{'' if seconds == 1 else 's'}"
    if seconds >= 3600 and seconds % 3600 == 0:
        return f"{spoken} ({seconds / 3600:g} hour{'' if seconds == 3600 else 's'})"
    if seconds >= 120 and seconds % 60 == 0:
        return f"{spoken} ({seconds / 60:g} minutes)"
    return spoken
