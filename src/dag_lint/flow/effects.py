"""What a call does to the flow of data: the form in which the tables are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dag_lint.flow.facts import Grade, Kind

if TYPE_CHECKING:
    from dag_lint.flow.things import Tag


class Effect(NamedTuple):
    """What a function or method does.

    `words` may name `{what}`, the source or target as the user calls it, and `{name}`, the function.
    `data` tells which arguments carry the data: positions and keywords; empty for the receiver and all.
    `what` tells which argument names the source, in the order in which they are tried.
    """

    gives: Tag | None = None
    """The tag of the result; None: that of the receiver."""
    kind: Kind | None = None
    words: str = ""
    topic: str = ""
    grade: Grade = Grade.BULK
    name: str = ""
    data: tuple[int | str, ...] = ()
    what: tuple[int | str, ...] = (0,)
    slight: bool = False
    query: bool = False
    """The data is the result of a statement, named by `what`: a small one is no bulk."""
    drops: bool = False
    """The result is small whatever went in."""


def names(text: str) -> tuple[str, ...]:
    """Names written in a row."""
    return tuple(text.split())
