"""Things that stand between commas: arguments, entries of a dict, imported names. One more, or one less."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from dag_lint.edits.page import Edit, NotExactError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dag_lint.edits.page import Page

INDENT = "    "

_COMMENTED_OUT = re.compile(r"#\s*(['\"]?)\w+\1\s*[:=]")
"""An entry that somebody switched off is a comment of its own, and none on the next entry."""


class Item(NamedTuple):
    """One thing in a list. `end`: before its comma. `comma_end`: behind it, the same where there is none."""

    start: int
    end: int
    comma_end: int

    @property
    def has_comma(self) -> bool:
        """Whether a comma follows."""
        return self.comma_end > self.end


def items_of(page: Page, nodes: Sequence[cst.Arg | cst.BaseDictElement | cst.ImportAlias]) -> list[Item]:
    """The places of things between commas. Raises NotExactError where a comma stands on the next line."""
    return [_item(page, node) for node in nodes]


def _item(page: Page, node: cst.Arg | cst.BaseDictElement | cst.ImportAlias) -> Item:
    if isinstance(node, cst.ImportAlias):
        last: cst.CSTNode = node.name if node.asname is None else node.asname
    else:
        last = node.value
    start, end = page.start(node), page.end(last)
    if not isinstance(node.comma, cst.Comma):
        return Item(start, end, end)
    return Item(start, end, page.end(node.comma) - len(page.code(node.comma.whitespace_after)))


def insert(page: Page, items: list[Item], index: int, text: str) -> list[Edit]:
    """The edits that put a new thing behind the one at `index`, on a line of its own where they stand so."""
    item = items[index]
    margin = _margin_of_own_line(page, items, index)
    if margin is None:
        return [Edit(item.end, item.end, f"{_separator(page, items)}{text}")]
    if item.has_comma:
        at = item.comma_end + len(page.rest_of_line(item.comma_end) or "")
        return [Edit(at, at, f"\n{margin}{text},")]
    rest = page.rest_of_line(item.end)
    if rest is None or not rest.strip():
        return [Edit(item.end, item.end, f",\n{margin}{text}")]
    at = item.end + len(rest)
    return [Edit(item.end, item.end, ","), Edit(at, at, f"\n{margin}{text}")]


def insert_first(page: Page, items: list[Item], text: str) -> list[Edit]:
    """The edits that put a new thing before all others."""
    at = items[0].start
    between = f",\n{page.margin(at)}" if page.begins_line(at) else ", "
    return [Edit(at, at, f"{text}{between}")]


def _margin_of_own_line(page: Page, items: list[Item], index: int) -> str | None:
    """What stands before a new thing on a line of its own, None when it goes into the line of the one before."""
    item = items[index]
    if item.has_comma and (
        page.line(item.comma_end - 1) != page.line(item.end) or page.rest_of_line(item.comma_end) is None
    ):
        return None
    if index + 1 < len(items):
        following = items[index + 1].start
        return page.margin(following) if page.begins_line(following) else None
    if page.begins_line(item.start):
        return page.margin(item.start)
    if item.has_comma:
        # The parenthesis stands alone, and the things above it share lines.
        first = next((one for one in items if page.begins_line(one.start)), None)
        return page.margin(item.start) + INDENT if first is None else page.margin(first.start)
    return None


def _separator(page: Page, items: list[Item]) -> str:
    """`, `, or `,` where a list is written so."""
    gaps = [page.text[one.comma_end : other.start] for one, other in pairwise(items)]
    return "," if gaps and not any(gaps) else ", "


def remove(page: Page, items: list[Item], index: int, inside: tuple[int, int] | None = None) -> list[Edit]:
    """The edits that take a thing out, with its comma, white space and the comment behind it.

    Raises NotExactError where a comment may be about it or about another thing.
    `inside`: where the list begins and ends, for one that may be left empty.
    """
    item = items[index]
    before = items[index - 1] if index else None
    after = items[index + 1] if index + 1 < len(items) else None
    if before is None and after is None:
        if inside is None:
            raise NotExactError
        return [_cut(page, inside[0], inside[1], item)]
    rest = page.rest_of_line(item.comma_end)
    if page.begins_line(item.start) and rest is not None:
        return _remove_lines(page, item, rest, None if after is not None else before)
    if after is not None and (before is None or page.line(after.start) == page.line(item.comma_end)):
        return [_cut(page, item.start, after.start, item)]
    assert before is not None
    return [_cut(page, before.end, item.end, item, before)]


def _remove_lines(page: Page, item: Item, rest: str, before: Item | None) -> list[Edit]:
    """The lines of a thing that has them for itself. `before`: the one that becomes the last."""
    start = page.line_start(item.start)
    above = page.text[page.line_start(start - 1) : start].strip() if start else ""
    if above.endswith("\\") or (above.startswith("#") and not _COMMENTED_OUT.match(above)):
        # It may be about what goes, or about all that follows.
        raise NotExactError
    edits = [Edit(start, item.comma_end + len(rest) + 1, "")]
    if before is not None and before.has_comma and not item.has_comma:
        edits.append(Edit(before.end, before.comma_end, ""))
    return edits


def _cut(page: Page, start: int, end: int, *items: Item) -> Edit:
    """Without what stands there, which is these things and white space. Raises NotExactError for comments."""
    left = page.text[start:end]
    for item in items:
        if start <= item.start:
            left = left.replace(page.text[item.start : item.end], "", 1)
    if left.strip(" \t\n\\,"):
        raise NotExactError
    return Edit(start, end, "")
