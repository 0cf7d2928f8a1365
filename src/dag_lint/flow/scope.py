"""The state of one reading: scopes, loops, the evidence met so far. What the parts of the reader share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import libcst as cst

from dag_lint.flow.facts import Evidence, Grade, Kind
from dag_lint.flow.things import UNKNOWN, Tag, Thing, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dag_lint.flow.arguments import Given
    from dag_lint.flow.effects import Effect
    from dag_lint.flow.examiner import Examiner
    from dag_lint.flow.things import Callee
    from dag_lint.surroundings import Surroundings

DEPTH = 60
"""How deep expressions and blocks may nest before the rest is taken for unknown."""
HELPERS = 6
"""How deep calls of helpers are followed."""


DOCUMENTS = frozenset({Tag.DOCUMENT, Tag.SOUP, Tag.BYTES, Tag.STREAM, Tag.BUFFER, Tag.FILE})
"""What may be one whole document."""
MADE = frozenset({Tag.RECORD, Tag.TUPLE, Tag.INSTANCE})
"""What is made of pieces of rows."""


class OutOfFuel(Exception):  # noqa: N818  # a signal to stop, no error
    """The body is too large to be read to its end."""


@dataclass(eq=False, slots=True)
class Loop:
    """A loop around the place that is being read."""

    kind: Literal["for", "while"]
    over: Thing
    node: cst.CSTNode
    scope: Scope
    """The function body in which it stands."""
    gathers: bool = False
    """Something outlives it that grew in it."""
    rebuilds: bool = False
    """Records are made of its items."""
    retries: bool = False
    """It tries something again until it succeeds."""
    searches: bool = False
    """It is left as soon as one of its items has worked."""
    asks: bool = False
    """A request is sent for each of its items."""
    gathered: Evidence | None = None

    @property
    def small(self) -> bool:
        """Whether it runs over a literal."""
        return self.kind == "for" and self.over.tag is Tag.SMALL


@dataclass(eq=False, slots=True)
class Scope:
    """The names of one function body while it is read."""

    surroundings: Surroundings
    owner: str | None = None
    parent: Scope | None = None
    helper: str | None = None
    elsewhere: str | None = None
    place: cst.CSTNode | None = None
    """The call in the linted file, while a helper of another file is read."""
    names: dict[str, Thing] = field(default_factory=dict)
    returns: list[Thing] = field(default_factory=list)
    top: bool = False


class Core:
    """What the parts of the reader share; each part is a class of its own over it."""

    def __init__(self, examiner: Examiner, scope: Scope, fuel: int) -> None:
        self.examiner = examiner
        self.scope = scope
        self.fuel = fuel
        self.depth = 0
        self.evidence: list[Evidence] = []
        self.loops: list[Loop] = []
        self.active: list[int] = []
        self.made_in: dict[int, tuple[Loop, ...]] = {}
        self.paths: dict[str, Thing] = {}
        self.selves: dict[str, dict[str, Thing]] = {}
        self.muted = 0
        self.handling = 0
        """How many exception handlers are around."""
        self.unknown_only = 0
        """How many conditions are around that only let through what was looked up in vain."""

    # what the parts ask of each other

    def evaluate(self, node: cst.BaseExpression) -> Thing:
        """What an expression stands for."""
        raise NotImplementedError

    def run(self, body: cst.BaseSuite | Sequence[cst.CSTNode]) -> None:
        """Read statements in order."""
        raise NotImplementedError

    def bind(self, target: cst.CSTNode, thing: Thing) -> None:
        """Assign to a target."""
        raise NotImplementedError

    def item(self, thing: Thing, node: cst.CSTNode) -> Thing:
        """What iterating over a thing gives."""
        raise NotImplementedError

    def call(self, node: cst.Call, receiver: Thing | None, callee: Thing) -> Thing:
        """What a call gives."""
        raise NotImplementedError

    def follow(self, callee: Callee, given: list[Given], node: cst.CSTNode) -> Thing:
        """What a call of a function of the project gives."""
        raise NotImplementedError

    # evidence

    def record(
        self,
        kind: Kind,
        node: cst.CSTNode,
        words: str,
        topic: str,
        origins: tuple[Evidence, ...] = (),
        grade: Grade = Grade.BULK,
        *,
        slight: bool = False,
        seconds: float | None = None,
        writes: bool = False,
        silent: bool = False,
        at_least: bool = False,
        few: bool = False,
    ) -> Evidence:
        """Note a fact; a silent one is only the origin of others."""
        loop = self.loops[-1] if self.loops else None
        evidence = Evidence(
            kind,
            self.scope.place or node,
            words,
            topic,
            origins,
            grade,
            slight,
            self.scope.helper,
            self.scope.elsewhere,
            seconds,
            loop.kind if loop else None,
            writes,
            kind is Kind.WAIT and loop is not None and (loop.retries or self.handling > 0),
            at_least=at_least,
            few=few,
        )
        self.made_in[id(evidence)] = tuple(self.loops)
        if not silent and not self.muted:
            self.evidence.append(evidence)
        return evidence

    def handed(self, node: cst.CSTNode, words: str) -> Evidence:
        """The origin of data that somebody else made; no fact by itself."""
        return self.record(Kind.IN, node, words, "frame", grade=Grade.HANDED, silent=True)

    def apply_in(self, effect: Effect, node: cst.CSTNode, what: str, grade: Grade | None = None) -> Thing:
        """Bulk data comes in: the thing that a reader gives."""
        evidence = self.record(
            Kind.IN,
            node,
            effect.words.replace("{what}", what),
            effect.topic,
            grade=effect.grade if grade is None else min(grade, effect.grade),
        )
        return Thing(effect.gives or Tag.UNKNOWN, (evidence,), effect.name)

    # growing things

    def grow(self, node: cst.BaseExpression, thing: Thing) -> None:
        """Data flows into the thing that an expression names: a list that is appended to, a file."""
        root = root_of(node)
        if root is None:
            return
        if not thing.bulk:
            if thing.tag not in (Tag.SMALL, Tag.TEXT) and self.known(root).tag is Tag.SMALL:
                self.set_known(root, UNKNOWN)  # no literal any more
            return
        origins = self.gathered(thing)
        current = self.known(root)
        tag = Tag.ROWS if current.tag in (Tag.UNKNOWN, Tag.SMALL, Tag.TUPLE) else current.tag
        self.set_known(
            root,
            Thing(
                tag,
                united((current, Thing(origins=origins))),
                current.name,
                None,
                None,
                (),
                None,
                current.source,
            ),
        )
        self._note_rebuilding(thing)

    def _note_rebuilding(self, thing: Thing) -> None:
        for loop in self.loops:
            loop.gathers = True
            if (thing.tag in MADE or thing.tag is Tag.TEXT) and _shares(loop.over, thing):
                loop.rebuilds = True

    def gathered(self, thing: Thing) -> tuple[Evidence, ...]:
        """The origins of what a loop gathers: single answers become pages."""
        found = []
        for origin in thing.origins:
            loop = self._gathering_loop(origin)
            if loop is None:
                found.append(origin)
                continue
            if loop.gathered is None:
                words = "gathers " + _gathered_words(origin)
                loop.gathered = self.record(Kind.IN, loop.node, words, "pages")
            found.append(loop.gathered)
        return united([Thing(origins=tuple(found))])

    def _gathering_loop(self, origin: Evidence) -> Loop | None:
        """The loop that asks again and again for what `origin` is one answer of."""
        if origin.grade is not Grade.FETCHED or origin.topic not in ("http", "object"):
            return None
        made_in = self.made_in.get(id(origin), ())
        for loop in reversed(self.loops):
            if loop in made_in and not loop.small:
                return loop
        return None

    def known(self, root: str) -> Thing:
        """What is known of a local name or of an attribute of self."""
        if root.startswith("self."):
            return self.own(self.scope.owner or "").get(root[5:], UNKNOWN)
        scope: Scope | None = self.scope
        while scope is not None:
            if root in scope.names:
                return scope.names[root]
            scope = scope.parent
        return UNKNOWN

    def set_known(self, root: str, thing: Thing) -> None:
        """Bind a local name, where it is bound already, or an attribute of self."""
        if root.startswith("self."):
            self.own(self.scope.owner or "")[root[5:]] = thing
            return
        scope: Scope | None = self.scope
        while scope is not None:
            if root in scope.names:
                scope.names[root] = thing
                return
            scope = scope.parent
        self.scope.names[root] = thing

    def own(self, owner: str) -> dict[str, Thing]:
        """The attributes of self for a class."""
        return self.selves.setdefault(owner, {})


def _shares(one: Thing, other: Thing) -> bool:
    return any(origin in other.origins for origin in one.origins)


def _gathered_words(origin: Evidence) -> str:
    verb, _, rest = origin.words.partition(" ")
    if verb == "requests" and rest != "data":
        return f"the answers of {rest} in a loop"
    return f"{rest} in a loop" if verb in ("downloads", "reads") and rest else "answers in a loop"


def root_of(node: cst.CSTNode | None) -> str | None:
    """The local name, or the attribute of self, at the start of an expression."""
    while node is not None:
        if isinstance(node, cst.Name):
            return node.value
        if isinstance(node, cst.Attribute):
            if isinstance(node.value, cst.Name) and node.value.value == "self":
                return "self." + node.attr.value
            node = node.value
        elif isinstance(node, cst.Subscript):
            node = node.value
        elif isinstance(node, cst.Call):
            node = node.func
        else:
            return None
    return None
