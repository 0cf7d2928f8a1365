"""Whether the flow through a callable is heavy, and the facts that tell its story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.flow.facts import Evidence, Grade, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dag_lint.flow.facts import CallableFlow

_STEPS = 2
"""How many steps of work a story tells."""

# The heavier the evidence, the earlier its topic.
_COMPUTE_ORDER = ("training", "spark", "media", "browser", "inference", "named", "pool")
_WRITTEN_ROWS = frozenset({"sql", "documents", "sheet"})
"""Rows that are written one by one: a finding of their own, here only further evidence."""
_SHEETS = ("reads a sheet", "reads a whole sheet")
_QUERIED = frozenset({"rows", "row"})
_CARRIED_IN_BULK = frozenset({"rows", "frame", "query"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a flow is heavy: the strongest fact, and the story from where the data comes to where it goes."""

    main: Evidence
    story: tuple[Evidence, ...]
    helpers: tuple[str, ...] = ()

    @property
    def source(self) -> Evidence | None:
        """The IN of the story."""
        return next((evidence for evidence in self.story if evidence.kind is Kind.IN), None)


def judge(flow: CallableFlow, *, pod_of_its_own: bool = False, sure: bool = False) -> Verdict | None:
    """The verdict on a flow, None when it is light.

    In a pod of its own only what is heavy by itself, or goes row by row, is worth a word. `sure` asks for
    bulk that is beyond doubt.
    """
    main = _computed(flow) or _row_by_row(flow)
    if main is None and not pod_of_its_own:
        main = _carried(flow, sure) or _worked(flow, sure) or (None if sure else _reworked(flow))
    return _told(flow, main) if main is not None else None


def _computed(flow: CallableFlow) -> Evidence | None:
    found = flow.of(Kind.COMPUTE)
    return min(found, key=lambda evidence: _COMPUTE_ORDER.index(evidence.topic), default=None)


def _row_by_row(flow: CallableFlow) -> Evidence | None:
    """A request or query for each row of something fetched."""
    for evidence in flow.of(Kind.ROWS):
        if evidence.topic not in _WRITTEN_ROWS and grade(evidence.origins) >= Grade.FETCHED:
            return evidence
    return None


def _carried(flow: CallableFlow, sure: bool) -> Evidence | None:
    """Bulk that goes out again."""
    works = flow.of(Kind.WORK)
    for evidence in flow.of(Kind.OUT):
        best = grade(evidence.origins)
        if best is Grade.BULK and not _is_report(evidence):
            return evidence
        if sure:
            continue
        if best is Grade.FETCHED:
            if evidence.topic == "object":
                return evidence  # the whole body of an answer
            if evidence.topic in _CARRIED_IN_BULK and any(_share(evidence, work) for work in works):
                return evidence
        elif evidence.topic == "frame" and any(_share(evidence, work) for work in works if _weighs(work)):
            return evidence
    return None


def _reworked(flow: CallableFlow) -> Evidence | None:
    """A frame that somebody else made, and that is taken through several steps here."""
    works = _different(
        [work for work in flow.of(Kind.WORK) if _weighs(work) and grade(work.origins) is Grade.HANDED]
    )
    steps = [work for work in works if not work.words.startswith("aggregates")]  # one step with grouping
    return steps[0] if len(steps) >= _STEPS else None


def _worked(flow: CallableFlow, sure: bool) -> Evidence | None:
    """Bulk that is worked on here."""
    for evidence in flow.of(Kind.WORK):
        if evidence.slight or _only_looked_through(evidence):
            continue
        best = grade(evidence.origins)
        if best is Grade.BULK:
            return evidence
        if best is Grade.FETCHED and evidence.topic == "object" and not sure:
            return evidence  # an archive that is unpacked
    return None


def _only_looked_through(work: Evidence) -> bool:
    """A loop over the rows of a query that may well be few, or work on a sheet that people fill in."""
    if all(origin.words.startswith(_SHEETS) for origin in work.origins):
        return True
    return work.topic == "rows" and all(origin.topic in _QUERIED for origin in work.origins)


def _is_report(out: Evidence) -> bool:
    """The rows of a query in the body of one request: as many as a service takes at once."""
    return (
        out.topic == "http" and out.loop is None and all(origin.topic in _QUERIED for origin in out.origins)
    )


def grade(origins: Iterable[Evidence]) -> Grade:
    """The best grade among origins."""
    return max((origin.grade for origin in origins), default=Grade.HANDED)


def _weighs(work: Evidence) -> bool:
    return not work.slight and work.topic == "frame"


def _share(one: Evidence, other: Evidence) -> bool:
    return any(origin in other.origins for origin in one.origins)


def _told(flow: CallableFlow, main: Evidence) -> Verdict:
    """The story of the strongest fact: what came in, what was done to it, where it went."""
    story: list[Evidence] = []
    origins = sorted(main.origins, key=lambda origin: -origin.grade)
    if origins and (main.kind is not Kind.COMPUTE or origins[0].grade > Grade.HANDED):
        story.append(origins[0])
    works = [work for work in flow.of(Kind.WORK) if not work.slight and _share(main, work)]
    if main.kind is not Kind.WORK:
        steps = {Kind.OUT: _STEPS, Kind.COMPUTE: 1}.get(main.kind, 0)
        story += [*_different(works)[:steps], main]
    else:
        story += _different([main, *works])[: _STEPS + 1]
    return Verdict(main, tuple(story))


def _different(works: list[Evidence]) -> list[Evidence]:
    found: dict[str, Evidence] = {}
    for work in works:
        found.setdefault(work.words, work)
    return list(found.values())
