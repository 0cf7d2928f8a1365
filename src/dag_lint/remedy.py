"""How a finding can be mended: plain data over handles, which the room `edits` carries out in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dag_lint.known import Handle

Plain = str | int | bool | None


@dataclass(frozen=True, slots=True)
class CodeOf:
    """The code of an expression, as it stands in the file."""

    node: Handle


@dataclass(frozen=True, slots=True)
class AddArgument:
    """Give the call that makes a DAG, or a decorator without parentheses, a keyword argument."""

    call: Handle
    name: str
    value: Plain | CodeOf


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Take the entry with this key, or this name in `dict(name=...)`, out of a dict."""

    key: Handle


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Write `new` for the one string in the expression `where` that is `old`."""

    where: Handle
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ExtendText:
    """Write `more` at the end of the string that `where` evaluates to, which ends with `ending`."""

    where: Handle
    ending: str
    more: str


@dataclass(frozen=True, slots=True)
class MakeAware:
    """Give a naive datetime the time zone `zone`, in the way that the file makes its dates."""

    where: Handle
    zone: str


@dataclass(frozen=True, slots=True)
class WriteDate:
    """Write an aware datetime, `moment` on the clock of `zone`, for what stands there."""

    where: Handle
    moment: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class ReplacePytz:
    """Write a zone that is right at any date for the pytz zone `zone` in the datetime `where`."""

    where: Handle
    zone: str


Change = AddArgument | RemoveEntry | ReplaceText | ExtendText | MakeAware | WriteDate | ReplacePytz


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about a finding.

    `title` says it in the imperative. A `safe` one leaves the meaning of the DAG as it is. The changes are
    carried out together or, where one of them cannot be exact, not at all.
    """

    title: str
    safe: bool
    changes: tuple[Change, ...]
