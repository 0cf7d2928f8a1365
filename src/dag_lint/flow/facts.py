"""What is known of the data that moves through a callable: plain facts for rules, free of libcst."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dag_lint.known import Handle


class Kind(Enum):
    """What a piece of evidence says of the callable."""

    IN = "in"
    """Bulk data comes into the worker's memory."""
    WORK = "work"
    """It is worked on there."""
    OUT = "out"
    """It is carried out from there."""
    COMPUTE = "compute"
    """Heavy by itself: training, media, a browser, a Spark driver."""
    ROWS = "rows"
    """One statement, insert or request for each row of it."""
    WAIT = "wait"
    """The task sleeps."""
    XCOM = "xcom"
    """It is handed to other tasks, by return or xcom_push."""


class Grade(IntEnum):
    """How sure it is that an IN is bulk."""

    HANDED = 1
    """An argument, an XCom, the result of a function that cannot be read."""
    FETCHED = 2
    """One answer of an API, one local document, an aggregate: bulk only if it is worked on and written."""
    BULK = 3


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One fact about the callable, at one place.

    `node` is the place in the linted file: the call of the helper when the fact stands in another module.
    `words` completes the sentence that starts with the callable's name: "reads events.csv into pandas".
    """

    kind: Kind
    node: Handle
    words: str
    topic: str
    """What it is about, for the way out: frame, query, rows, document, object, pages, training, spark ..."""
    origins: tuple[Evidence, ...] = ()
    """The IN evidence that the data came from."""
    grade: Grade = Grade.BULK
    slight: bool = False
    """WORK that any fetched list sees, such as a loop over it: counts only beside stronger facts."""
    helper: str | None = None
    """The helper it stands in, None for the callable's own body."""
    elsewhere: str | None = None
    """The file of that helper when it is another one."""
    seconds: float | None = None
    """How long a WAIT sleeps, None when that is not known."""
    loop: Literal["while", "for"] | None = None
    """The innermost loop around it."""
    writes: bool = False
    """A statement for each row that is known to write."""
    retries: bool = False
    """A WAIT before something that failed is tried again."""
    pauses: bool = False
    """A WAIT in a loop that gathers data: a pause between requests, no polling."""
    at_least: bool = False
    """The seconds of a WAIT are the shortest of several: `random.uniform(180, 900)`."""
    few: bool = False
    """ROWS that write only what a look-up did not find, or beside a request for each: few, or not what costs."""


@dataclass(frozen=True, slots=True)
class CallableFlow:
    """The evidence in a callable and its helpers, in the order in which it was met."""

    evidence: tuple[Evidence, ...] = ()
    complete: bool = True
    """False when the body was too large to be read to its end."""

    def of(self, *kinds: Kind) -> list[Evidence]:
        """The evidence of some kinds."""
        return [evidence for evidence in self.evidence if evidence.kind in kinds]

    def speaks_of(self, topic: str) -> bool:
        """Whether any evidence is about a topic."""
        return any(evidence.topic == topic for evidence in self.evidence)


NOTHING = CallableFlow()
