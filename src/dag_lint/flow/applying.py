"""Doing what a table says of a function or method: data comes in, is worked on, goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dag_lint.flow import arguments, queries
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.files import Files
from dag_lint.flow.frames import Frames
from dag_lint.flow.rows import Rows
from dag_lint.flow.tables import computers, readers, writers
from dag_lint.flow.things import SMALL, UNKNOWN, Tag, Thing, strongest, united
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.flow.arguments import Given
    from dag_lint.flow.effects import Effect
    from dag_lint.flow.facts import Evidence

_CLIENTS = frozenset(
    {Tag.HTTP, Tag.CONNECTION, Tag.STORE, Tag.ORM, Tag.COLLECTION, Tag.SHEET, Tag.HOOK, Tag.CURSOR}
)
_PARSED = frozenset({Tag.DOCUMENT, Tag.SOUP, Tag.ROWS})
_FETCHED_ALREADY = frozenset({Tag.BYTES, Tag.BUFFER, Tag.STREAM, Tag.FILE, Tag.RESPONSE, Tag.PATH})
_SET_UP = (".Connection", ".Variable", ".Pool", ".DagModel")
_WHOLE = frozenset({Tag.BYTES, Tag.STREAM, Tag.RESPONSE})


class Applying(Files, Frames, Rows):
    """The part of the reader that applies the tables."""

    def apply(
        self,
        effect: Effect,
        node: cst.Call,
        name: str,
        receiver: Thing,
        given: list[Given],
        root: cst.BaseExpression | None = None,
    ) -> Thing:
        """Do what a table says of a function or method."""
        if effect.kind is Kind.IN:
            return self._came_in(effect, node, receiver, given, name)
        if effect.kind is Kind.OUT:
            return self._went_out(effect, node, name, receiver, given, root)
        self.run_functions(given, receiver)
        if effect.kind is Kind.COMPUTE:
            return self._computed(effect, node, name, receiver, given)
        if effect.kind is Kind.WORK:
            return self._worked(effect, node, receiver, given)
        return self._made(effect, node, receiver, given)

    # WORK, and no evidence at all

    def _worked(self, effect: Effect, node: cst.Call, receiver: Thing, given: list[Given]) -> Thing:
        origins = united([receiver, *arguments.things(given)])
        if origins:
            self.record(Kind.WORK, node, effect.words, effect.topic, origins, slight=effect.slight)
        elif receiver.tag is Tag.UNKNOWN and given and all(one.thing.tag is Tag.SMALL for one in given):
            return SMALL
        return Thing(effect.gives or receiver.tag, origins, receiver.name or effect.name)

    def _made(self, effect: Effect, node: cst.Call, receiver: Thing, given: list[Given]) -> Thing:
        """A thing whose methods mean something, with the data that flowed into it."""
        gives = effect.gives or receiver.tag
        if effect.drops:
            return Thing(gives)
        if gives in _PARSED:
            given = self.parsed_file(node, given)
        if gives is Tag.CURSOR and receiver.tag is Tag.CURSOR:
            return receiver
        if gives is Tag.JOB:
            return Thing(Tag.JOB, text=given[0].thing.text if given else receiver.text)
        if gives in _CLIENTS:
            return Thing(gives, name=effect.name or receiver.name)
        if gives is Tag.SELECTION and given and all(_is_set_up(one.thing) for one in given):
            return SMALL
        origins = united([receiver, *arguments.things(given)])
        if gives is Tag.ROWS and receiver.tag is Tag.FRAME:
            return Thing(Tag.ROWS, origins, "frame")
        source = _destination(given[0]) if given and gives in (Tag.WRITER, Tag.BUFFER) else None
        text = given[0].thing.text if given and gives is Tag.PATH else None
        return Thing(gives, origins, effect.name or receiver.name, text, source=source)

    # IN

    def _came_in(
        self, effect: Effect, node: cst.Call, receiver: Thing, given: list[Given], name: str
    ) -> Thing:
        what = arguments.argument(given, effect.what)
        gives = effect.gives or Tag.UNKNOWN
        if gives is Tag.RESPONSE:
            return self.requested(effect, node, name, given, what)
        if receiver.bulk and receiver.tag not in (Tag.UNKNOWN, Tag.INSTANCE):
            return Thing(gives, receiver.origins, effect.name)
        fetched = self._fetched_already(what)
        if fetched:
            if gives is Tag.FRAME:
                fetched = self.framed(node, fetched, effect.name or "pandas")
            return Thing(gives, fetched, effect.name)
        if gives is Tag.RELATION:
            return self._asked_duckdb(effect, node, what)
        if effect.query:
            return self._queried(effect, node, receiver, what)
        if effect.words.startswith("downloads") and gives in (Tag.PATH, Tag.BYTES):
            return self.downloaded(effect, node, given, what)
        return self.apply_in(effect, node, arguments.source(what))

    def _fetched_already(self, what: Given | None) -> tuple[Evidence, ...]:
        """The data in what a reader is given: bytes that were downloaded, a file written before."""
        if what is None:
            return ()
        if what.thing.bulk and what.thing.tag in _FETCHED_ALREADY:
            return what.thing.origins
        return self.held(what)

    def _queried(self, effect: Effect, node: cst.Call, receiver: Thing, what: Given | None) -> Thing:
        """A result comes in; a small one is no bulk."""
        text = what.thing.text if what is not None and what.thing.text else receiver.text
        size = queries.size(text)
        if size == "small":
            return Thing(effect.gives or Tag.UNKNOWN, name=effect.name)
        grade = Grade.FETCHED if size == "grouped" else None
        return self.apply_in(effect, node, arguments.query(text), grade)

    def _asked_duckdb(self, effect: Effect, node: cst.Call, what: Given | None) -> Thing:
        """A query of duckdb is worked out in the worker itself, whatever the size of its result."""
        if what is not None and what.thing.text is not None and not effect.words.startswith("reads"):
            parts = queries.duckdb(what.thing.text)
            if not parts.reads:
                return Thing(Tag.RELATION)
            thing = self.apply_in(effect, node, arguments.query(what.thing.text))
            if parts.works:
                self.record(Kind.WORK, node, f"{parts.works} it", "query", thing.origins)
            if parts.writes:
                self.record(Kind.OUT, node, "writes the result", "query", thing.origins)
            return thing
        return self.apply_in(effect, node, arguments.source(what))

    def requested(
        self, effect: Effect, node: cst.Call, name: str, given: list[Given], what: Given | None
    ) -> Thing:
        """An answer of an API; what is sent along may be bulk."""
        before = len(self.evidence)
        self.request_per_row(node, given)
        per_row = len(self.evidence) > before
        sent = united(one.thing for one in given if one.keyword in writers.BODIES)
        if name in writers.SENDING and not per_row and sent and strongest(sent) is Grade.BULK:
            self.record(Kind.OUT, node, f"sends it with {name}", "http", sent)
        return self.apply_in(effect, node, arguments.source(what))

    # OUT

    def _went_out(
        self,
        effect: Effect,
        node: cst.Call,
        name: str,
        receiver: Thing,
        given: list[Given],
        root: cst.BaseExpression | None,
    ) -> Thing:
        if receiver.tag is Tag.FRAME and name in writers.FILE_WRITERS:
            target = arguments.argument(given, (0, *readers.TARGETS))
            if target is None or target.thing.tag is Tag.BUFFER:
                if target is not None:
                    self.grow(target.node, Thing(Tag.BYTES, receiver.origins))
                return Thing(Tag.BYTES, receiver.origins)
            self.written(target, receiver)
        carried = self._carried(effect, receiver, given)
        origins = self.gathered(Thing(origins=united(carried)))
        if receiver.tag in (Tag.FILE, Tag.WRITER) and root is not None:
            self.file_written(receiver, root, Thing(Tag.BYTES, origins))
            if name == "writerow" and not self.loops:
                return UNKNOWN  # a header
        if effect.topic == "document" and any(_keeps_settings(one.thing.source) for one in given):
            return UNKNOWN
        if origins:
            whole = any(thing.tag in _WHOLE and thing.bulk for thing in carried)
            words = effect.words.replace("{name}", name)
            self.record(Kind.OUT, node, words, "object" if whole else effect.topic, origins)
        return UNKNOWN

    def _carried(self, effect: Effect, receiver: Thing, given: list[Given]) -> list[Thing]:
        """The things whose data a writer carries out."""
        found = [] if effect.data else [receiver]
        for one in arguments.chosen(given, effect.data):
            if one.thing.tag is Tag.FILE and all(origin.topic == "file" for origin in one.thing.origins):
                continue  # an open local file is streamed
            found.append(one.thing)
            if not effect.data:
                found.append(Thing(Tag.PATH, self.held(one)))
        return found

    # COMPUTE

    def _computed(
        self, effect: Effect, node: cst.Call, name: str, receiver: Thing, given: list[Given]
    ) -> Thing:
        origins = united([receiver, *arguments.things(given)])
        if receiver.tag is Tag.ESTIMATOR:
            data = [one.thing for one in given if one.keyword in (None, "X", "x", "y", "data", "df")]
            if data and all(thing.tag is Tag.SMALL for thing in data):
                return Thing(effect.gives or Tag.UNKNOWN)  # ten rows of literals
            if (receiver.text or "").startswith(computers.PREPARERS):
                if origins:
                    self.record(Kind.WORK, node, f"fits {receiver.name} to it", "frame", origins)
                return Thing(effect.gives or Tag.FRAME, origins)
        words = effect.words.replace("{receiver}", receiver.name or "a model")
        words = words.replace("{name}", arguments.library(node, name))
        self.record(Kind.COMPUTE, node, words, effect.topic, origins)
        return Thing(effect.gives or Tag.UNKNOWN, origins, receiver.name)

    def run_functions(self, given: list[Given], data: Thing) -> None:
        """Run the functions among the arguments."""
        raise NotImplementedError


def _is_set_up(thing: Thing) -> bool:
    """Whether an ORM class is one of Airflow's own of which somebody made each row by hand."""
    return thing.tag is Tag.EXTERNAL and thing.name.startswith("airflow.") and thing.name.endswith(_SET_UP)


def _keeps_settings(target: cst.BaseExpression | None) -> bool:
    """Whether a file is named for settings, which are few: `self.configuration_path`."""
    name = dotted_name(target) if target is not None else None
    return (
        name is not None
        and re.search(r"(?:^|[._])(?:configs?|configuration|settings)(?:[._]|$)", name) is not None
    )


def _destination(given: Given) -> cst.BaseExpression:
    """What a csv.writer writes into: the path of the file, if it is one."""
    source = given.thing.source
    return source if source is not None else given.node
