"""Files, paths and downloads: what a path holds is known by its text or by the name that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow import arguments, queries
from dag_lint.flow.arguments import Given
from dag_lint.flow.effects import Effect
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.scope import Core
from dag_lint.flow.tables import readers
from dag_lint.flow.things import GAP, UNKNOWN, Tag, Thing, strongest
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.flow.facts import Evidence

_LOCAL_TARGETS: tuple[int | str, ...] = (
    "filename",
    "local_path",
    "file_path",
    "local_full_path",
    "Filename",
    2,
)
_HOLDERS = frozenset({Tag.UNKNOWN, Tag.TEXT, Tag.PATH, Tag.FILE, Tag.BUFFER})
_OBJECT = Effect(Tag.STREAM, Kind.IN, "reads {what} whole", "object")


class Files(Core):
    """The part of the reader that knows files."""

    def opened(self, node: cst.Call, given: list[Given]) -> Thing:
        """What open() gives."""
        if not given:
            return UNKNOWN
        path = given[0]
        mode = arguments.mode(given, 1)
        if mode and mode[0] in "wax":
            return Thing(Tag.FILE, name=mode, source=path.node)
        held = self.held(path)
        if not held and strongest(path.thing.origins) is not Grade.HANDED:
            held = path.thing.origins
        if held:
            return Thing(Tag.FILE, held, "r", source=path.node)
        text = (path.thing.text or "").lower()
        if text.endswith(readers.DATA_ENDINGS):
            return self._data_file(node, path, Grade.BULK)
        if text.endswith(readers.DOCUMENT_ENDINGS):
            return self._data_file(node, path, Grade.FETCHED)
        return Thing(Tag.FILE, name="r", source=path.node)

    def _data_file(self, node: cst.CSTNode, path: Given, grade: Grade) -> Thing:
        words = f"reads {arguments.source(path)}"
        stem = (path.thing.text or "").rpartition("/")[2].partition(".")[0]
        if queries.SETTINGS.fullmatch(stem):
            grade = Grade.HANDED
        evidence = self.record(Kind.IN, node, words, "file", grade=grade)
        return Thing(Tag.FILE, (evidence,), "r", source=path.node)

    def opened_object(self, node: cst.Call, given: list[Given]) -> Thing:
        """What open() of an object in a store gives."""
        mode = arguments.mode(given, 0)
        if mode and mode[0] in "wax":
            return Thing(Tag.FILE, name=mode)
        return self.apply_in(_OBJECT, node, "an object")

    def parsed_file(self, node: cst.Call, given: list[Given]) -> list[Given]:
        """A file that is parsed as a document is read, however its path is called."""
        if (
            not given
            or given[0].thing.tag is not Tag.FILE
            or given[0].thing.bulk
            or given[0].thing.name != "r"
        ):
            return given
        path = given[0].thing.source
        file = self._data_file(
            node, Given(None, UNKNOWN, path if path is not None else given[0].node), Grade.FETCHED
        )
        return [Given(given[0].keyword, file, given[0].node), *given[1:]]

    def downloaded(self, effect: Effect, node: cst.Call, given: list[Given], what: Given | None) -> Thing:
        """A file comes to the local disk: whoever opens it by the same name reads bulk."""
        target = arguments.argument(given, _LOCAL_TARGETS)
        thing = self.apply_in(effect, node, arguments.source(what))
        for one in given:
            if one is not what and one.thing.tag in _HOLDERS:
                self.written(one, thing)
        if effect.gives is Tag.BYTES and target is not None:
            return Thing(Tag.PATH, thing.origins)
        return thing

    def written(self, target: Given, thing: Thing) -> None:
        """Remember what a path, a file or a buffer holds now."""
        key = self.path_key(target)
        if key and thing.bulk:
            self.paths[key] = Thing(Tag.PATH, thing.origins)
        if target.thing.tag in (Tag.FILE, Tag.BUFFER):
            self.grow(target.node, Thing(Tag.BYTES, thing.origins))

    def file_written(self, receiver: Thing, root: cst.BaseExpression, thing: Thing) -> None:
        """Data goes into an open file, and so into its path."""
        self.grow(root, thing)
        if receiver.source is not None:
            self.written(Given(None, self.evaluate(receiver.source), receiver.source), thing)

    def held(self, path: Given) -> tuple[Evidence, ...]:
        """The data that a path holds, as far as this callable put it there."""
        known = self.paths.get(self.path_key(path))
        return known.origins if known is not None else ()

    def path_key(self, given: Given) -> str:
        """How a path is known: by its text, else by the name that holds it."""
        text = given.thing.text
        if text and text.strip(GAP):
            return text
        name = dotted_name(given.node)
        return f"{id(self.scope)}:{name}" if name else ""
