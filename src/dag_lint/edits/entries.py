"""Entries of dicts, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.edits.lists import items_of, remove
from dag_lint.edits.page import NotExactError
from dag_lint.syntax import literal

if TYPE_CHECKING:
    from dag_lint.edits.page import Edit, Page
    from dag_lint.remedy import RemoveEntry


def remove_entry(page: Page, change: RemoveEntry) -> list[Edit]:
    """An entry out of `{...}` or `dict(...)` that nobody else reads."""
    key = page.node(change.key)
    entry = page.parent(key)
    holder = page.parent(entry)
    if isinstance(entry, cst.DictElement) and isinstance(holder, cst.Dict) and entry.key is key:
        name = literal(key) if isinstance(key, cst.SimpleString) else None
        inside = (
            page.end(holder.lbrace) - len(page.code(holder.lbrace.whitespace_after)),
            page.start(holder.rbrace) + len(page.code(holder.rbrace.whitespace_before)),
        )
        items, index = items_of(page, holder.elements), holder.elements.index(entry)
    elif isinstance(entry, cst.Arg) and isinstance(holder, cst.Call) and entry.keyword is not None:
        if getattr(holder.func, "value", None) != "dict":
            raise NotExactError
        name = entry.keyword.value
        opening = page.start(holder.whitespace_before_args)
        inside = (opening, page.inner(holder)[1] - 1)
        items, index = items_of(page, holder.args), holder.args.index(entry)
    else:
        raise NotExactError
    if not isinstance(name, str) or page.reads_key(name):
        raise NotExactError
    return remove(page, items, index, inside)
