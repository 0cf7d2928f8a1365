"""ROWS: a statement or a request for each row of a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow import arguments, queries
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.scope import Core
from dag_lint.flow.tables import computers
from dag_lint.flow.things import Tag, united

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.flow.arguments import Given
    from dag_lint.flow.facts import Evidence
    from dag_lint.flow.things import Thing

_PROMPTS = frozenset({"create", "invoke", "generate_content", "embed_query", "predict", "generate"})
_VERBS = {
    "insert": "inserts",
    "replace": "inserts",
    "upsert": "inserts",
    "update": "runs an UPDATE",
    "delete": "runs a DELETE",
    "merge": "runs a MERGE",
    "select": "runs a query",
    "with": "runs a query",
}
_WRITING = frozenset({"insert", "replace", "upsert", "update", "delete", "merge"})
_TOPICS = {Tag.COLLECTION: "documents", Tag.SHEET: "sheet"}


class Rows(Core):
    """The part of the reader that watches what is done for each row."""

    def watch_rows(self, node: cst.Call, receiver: Thing, name: str, given: list[Given]) -> None:
        """Note a statement or request whose arguments come from the row of a loop."""
        if receiver.tag is Tag.MODEL_API and name in _PROMPTS:
            self._note(node, self.row_origins(given), "asks a language model", "http")
        elif receiver.tag is Tag.SERVICE and name.startswith(computers.CHANGING):
            self._note(node, self.row_origins(given), "sends a request", "http")
        elif name in computers.STATEMENTS.get(receiver.tag, ()):
            self._statement_per_row(node, receiver, given)

    def request_per_row(self, node: cst.Call, given: list[Given]) -> None:
        """Note a request that a row of a loop tells what to ask for."""
        self._note(node, self.row_origins(given), "sends a request", "http")

    def _statement_per_row(self, node: cst.Call, receiver: Thing, given: list[Given]) -> None:
        origins = self.row_origins(given)
        verb = queries.first_word(arguments.first(given).text)
        if verb in computers.SERVER_WORK:
            return
        parameters = united(arguments.things(given[1:]))
        if not verb and not parameters and receiver.tag not in (Tag.COLLECTION, Tag.SHEET):
            return  # a statement that nobody knows: it may do its work in the database
        topic = _TOPICS.get(receiver.tag, "query" if verb in ("select", "with") else "sql")
        words = _VERBS.get(verb, "runs a statement" if verb else "writes")
        self._note(node, origins, words, topic, writes=verb in _WRITING or topic in ("documents", "sheet"))

    def _note(
        self, node: cst.Call, origins: tuple[Evidence, ...], words: str, topic: str, *, writes: bool = False
    ) -> None:
        if not origins:
            return
        for loop in self.loops:
            loop.asks = loop.asks or topic == "http"
        few = self.unknown_only > 0
        self.record(Kind.ROWS, node, f"{words} for each row", topic, origins, writes=writes, few=few)

    def row_origins(self, given: list[Given]) -> tuple[Evidence, ...]:
        """The data of a loop around that flows into the arguments."""
        flowing = united(arguments.things(given))
        for loop in reversed(self.loops):
            if loop.searches:
                continue
            if loop.kind == "while":
                shared = tuple(
                    origin
                    for origin in flowing
                    if origin.topic == "row"
                    and origin.grade is Grade.BULK
                    and loop in self.made_in.get(id(origin), ())
                )
            else:
                shared = tuple(origin for origin in loop.over.origins if origin in flowing)
            if shared:
                return shared
        return ()
