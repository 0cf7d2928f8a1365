"""Remedies as edits of the text: what they do not name stays as it is, to the byte."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dag_lint.diagnostic import Fix
from dag_lint.edits.calls import add_argument
from dag_lint.edits.dates import make_aware, replace_pytz, write_date
from dag_lint.edits.entries import remove_entry
from dag_lint.edits.page import NotExactError, Page
from dag_lint.edits.strings import extend_text, replace_text
from dag_lint.remedy import (
    AddArgument,
    ExtendText,
    MakeAware,
    RemoveEntry,
    ReplacePytz,
    ReplaceText,
    WriteDate,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    import libcst as cst

    from dag_lint.edits.page import Edit
    from dag_lint.remedy import Change, Remedy

    Key = TypeVar("Key")

_CARRY_OUT: dict[type, Callable[[Page, Any], list[Edit]]] = {
    AddArgument: add_argument,
    ExtendText: extend_text,
    MakeAware: make_aware,
    RemoveEntry: remove_entry,
    ReplacePytz: replace_pytz,
    ReplaceText: replace_text,
    WriteDate: write_date,
}


def fixes_for(remedies: Mapping[Key, Remedy], module: cst.Module, text: str) -> dict[Key, Fix]:
    """The fixes that carry out remedies in a text; a remedy that cannot be exact has none."""
    try:
        page = Page(module, text)
    except NotExactError:
        return {}
    found: dict[Key, Fix] = {}
    for key, remedy in remedies.items():
        edits = _edits(page, remedy.changes)
        if edits:
            ordered = sorted(set(edits))
            found[key] = Fix(remedy.title, tuple(map(page.as_text_edit, ordered)), remedy.safe)
    return found


def _edits(page: Page, changes: tuple[Change, ...]) -> list[Edit]:
    """The edits of all changes, none when one of them is not exact, or when two get in each other's way."""
    try:
        edits = [edit for change in changes for edit in _CARRY_OUT[type(change)](page, change)]
    except (NotExactError, RecursionError):
        return []
    ordered = sorted(set(edits))
    if any(one.end > other.start for one, other in pairwise(ordered)):
        return []
    return ordered
