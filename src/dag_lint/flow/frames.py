"""Frames: made of data, put together, and recognised by the methods that only they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.flow import arguments
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.scope import Core
from dag_lint.flow.things import Tag, Thing, strongest, united

if TYPE_CHECKING:
    from dag_lint.flow.arguments import Given
    from dag_lint.flow.facts import Evidence

_FETCHABLE = frozenset({Tag.JOB, Tag.CURSOR, Tag.SELECTION})
_DISPLAYS = (cst.List, cst.Dict, cst.Tuple)


class Frames(Core):
    """The part of the reader that knows frames."""

    def frame(self, node: cst.Call, library: str, given: list[Given]) -> Thing:
        """A frame made of data: of literals it is nothing, of what was fetched it is bulk."""
        data = arguments.argument(given, (0, "data", "d"))
        if data is None:
            return Thing(Tag.FRAME, name=library)
        thing = self.item(data.thing, node) if data.thing.tag in _FETCHABLE else data.thing
        if not thing.bulk:
            if thing.tag in (Tag.UNKNOWN, Tag.INSTANCE) and not isinstance(data.node, _DISPLAYS):
                return self._handed(node, f"takes {arguments.spelled(data.node)} into {library}", library)
            return Thing(Tag.FRAME, name=library)
        if arguments.is_one_record(data.node) and strongest(thing.origins) is not Grade.BULK:
            return Thing(Tag.FRAME, name=library)
        return Thing(Tag.FRAME, self.framed(node, thing.origins, library), library)

    def framed(self, node: cst.Call, origins: tuple[Evidence, ...], library: str) -> tuple[Evidence, ...]:
        """A frame of what was fetched is bulk; of what was handed over, nobody knows."""
        if strongest(origins) is not Grade.FETCHED:
            return origins
        return (self.record(Kind.IN, node, f"{arguments.origin(origins)} into {library}", "frame"),)

    def concatenated(self, node: cst.Call, library: str, given: list[Given]) -> Thing:
        """Frames put together."""
        origins = united(arguments.things(given))
        if not origins:
            if not given or given[0].thing.tag in (Tag.SMALL, Tag.FRAME):
                return Thing(Tag.FRAME, name=library)
            words = f"takes {arguments.spelled(given[0].node)} into {library}"
            origins = self._handed(node, words, library).origins
        origins = self.gathered(Thing(origins=origins))
        self.record(Kind.WORK, node, "concatenates it", "frame", origins)
        for loop in self.loops:
            loop.gathers = True
        return Thing(Tag.FRAME, origins, library)

    def taken_for_frame(self, node: cst.Call, receiver: Thing, root: cst.BaseExpression) -> Thing:
        """An unknown thing with a method that only frames have: a frame that somebody else made."""
        frame = Thing(Tag.FRAME, receiver.origins, "pandas")
        if not frame.bulk:
            frame = self._handed(node, f"takes the frame {arguments.spelled(root)}", "pandas")
        if isinstance(root, cst.Name):
            self.set_known(root.value, frame)
        return frame

    def _handed(self, node: cst.Call, words: str, library: str) -> Thing:
        evidence = self.record(Kind.IN, node, words, "frame", grade=Grade.HANDED)
        return Thing(Tag.FRAME, (evidence,), library)
