"""What a name in a body stands for while it is read: a tag, and the bulk data that flowed into it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from dag_lint.flow.facts import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from dag_lint.flow.facts import Evidence
    from dag_lint.surroundings import LocalFunction

GAP = "\0"
"""Stands in a text for a piece that is not known."""


class Tag(Enum):
    """The kinds of things whose methods mean something for the flow of data."""

    UNKNOWN = auto()
    SMALL = auto()  # made of literals: never bulk
    TEXT = auto()
    EXTERNAL = auto()  # a module, class or function from elsewhere, by its dotted name
    FUNCTION = auto()
    SELF = auto()
    INSTANCE = auto()  # of a class that may be the project's
    TUPLE = auto()
    SERIES = auto()  # iterating it gives items[0]

    FRAME = auto()
    GROUPS = auto()
    RELATION = auto()  # a duckdb query, not yet fetched
    ROWS = auto()
    ROW = auto()
    RECORD = auto()  # a dict that is made here, of pieces of rows
    DOCUMENT = auto()
    SOUP = auto()  # a parsed page or XML document
    BYTES = auto()
    STREAM = auto()  # something whose read() gives everything
    PATH = auto()
    FILE = auto()
    BUFFER = auto()
    WRITER = auto()  # csv.writer
    ARCHIVE = auto()

    HOOK = auto()
    STORE = auto()  # a client of an object store or file server
    OBJECT = auto()  # an object in such a store
    CONNECTION = auto()
    CURSOR = auto()
    DUCK = auto()
    ORM = auto()
    SELECTION = auto()  # an ORM query
    COLLECTION = auto()  # document databases and search
    WAREHOUSE = auto()  # bigquery and its like: the work is elsewhere, the rows may come here
    JOB = auto()
    HTTP = auto()
    RESPONSE = auto()
    SHEET = auto()
    ESTIMATOR = auto()
    SPARK = auto()
    SPARK_FRAME = auto()
    POOL = auto()
    SERVICE = auto()  # a client library over somebody's API
    CONSUMER = auto()  # of a queue: iterating it gives messages
    MODEL_API = auto()  # a hosted language model
    MEDIA = auto()


@dataclass(frozen=True, slots=True)
class Callee:
    """A function that can be followed, and what it closes over."""

    found: LocalFunction
    name: str
    owner: str | None = None
    """The class whose method it is."""
    closure: object | None = None
    """The scope whose names a nested function sees."""


@dataclass(slots=True, unsafe_hash=True)
class Thing:
    """The value of an expression as far as the flow of data is concerned; nothing changes it.

    (Frozen it would take three times as long to make, and there is one for each expression.)
    """

    tag: Tag = Tag.UNKNOWN
    origins: tuple[Evidence, ...] = ()
    name: str = ""
    """A dotted name, the class of an instance, the library of a frame, the mode of a file."""
    text: str | None = None
    """A known text, GAP for its unknown pieces; of a cursor, the statement it ran last."""
    number: float | None = None
    items: tuple[Thing, ...] = ()
    callee: Callee | None = None
    source: cst.BaseExpression | None = None
    """The expression of the path that a file was opened with."""

    @property
    def bulk(self) -> bool:
        """Whether data of any grade flowed into it."""
        return bool(self.origins)


UNKNOWN = Thing()
SMALL = Thing(Tag.SMALL)

_RANK = {Tag.SMALL: 0, Tag.UNKNOWN: 1, Tag.INSTANCE: 1, Tag.TEXT: 2}


def united(things: Iterable[Thing]) -> tuple[Evidence, ...]:
    """The origins of several things, each once, in order."""
    found: dict[int, Evidence] = {}
    for thing in things:
        for origin in thing.origins:
            found.setdefault(id(origin), origin)
    return tuple(found.values())


def strongest(origins: Iterable[Evidence]) -> Grade:
    """The best grade among origins; HANDED when there are none."""
    return max((origin.grade for origin in origins), default=Grade.HANDED)


def join(one: Thing, other: Thing) -> Thing:
    """What a name stands for after two branches: the one that knows more, with the data of both."""
    if one == other:
        return one
    richer, poorer = one, other
    if _RANK.get(other.tag, 3) > _RANK.get(one.tag, 3):
        richer, poorer = other, one
    origins = united((richer, poorer))
    text = richer.text if richer.text == poorer.text or poorer.text is None else None
    number = richer.number if richer.number == poorer.number else None
    return Thing(richer.tag, origins, richer.name, text, number, richer.items, richer.callee, richer.source)
