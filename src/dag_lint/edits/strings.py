"""Strings: another text, or a longer one, in the quotes that they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.edits.page import Edit, NotExactError
from dag_lint.syntax import literal, walk

if TYPE_CHECKING:
    from dag_lint.edits.page import Page
    from dag_lint.remedy import ExtendText, ReplaceText

_CLOCK = re.compile(r"\b([01]?[0-9]|2[0-3]):[0-5][0-9]\b")
_SAYS_NOTHING = re.compile("cron|frequency|interval|path|schedul|script", re.IGNORECASE)
"""What is in a name that stays right, whatever text it stands for."""


def replace_text(page: Page, change: ReplaceText) -> list[Edit]:
    """Another text for the one string literal of an expression that has the old one."""
    where = page.node(change.where)
    if isinstance(where, cst.Name) and not _SAYS_NOTHING.search(where.value):
        # HOURLY = "0 0 * * *" would be wrong again.
        raise NotExactError
    where = _source(page, where)
    found = [
        node for node in walk(where) if isinstance(node, cst.SimpleString) and literal(node) == change.old
    ]
    if len(found) != 1:
        raise NotExactError
    (string,) = found
    if not change.new.isprintable() or "\\" in change.new or string.quote[0] in change.new:
        raise NotExactError
    start, end = page.inner(string)
    if any(_names_another_time(comment, change.new) for comment in page.comments(string)):
        # Somebody has to say which of the two is meant.
        raise NotExactError
    quote = len(string.quote)
    return [Edit(start + len(string.prefix) + quote, end - quote, change.new)]


def _names_another_time(comment: str, text: str) -> bool:
    """Whether a comment behind a cron expression says an hour that is not in it: `# daily at 06:30`."""
    numbers = {int(field) for field in text.split() if field.isdigit()}
    return any(int(hour) not in numbers for hour in _CLOCK.findall(comment))


def extend_text(page: Page, change: ExtendText) -> list[Edit]:
    """More text before the closing quote of the literal that an expression ends with."""
    at = _end_of_text(page, page.node(change.where), change.ending)
    return [Edit(at, at, change.more)]


def _source(page: Page, node: cst.CSTNode) -> cst.CSTNode:
    """The expression itself; for a name, what is assigned to it. Raises NotExactError when others read it too."""
    if not isinstance(node, cst.Name):
        return node
    value = page.names.assigned(node.value)
    if value is None or len(page.names.loads[node.value]) != 1:
        raise NotExactError
    return value


def _end_of_text(page: Page, node: cst.CSTNode, ending: str) -> int:
    """Where the text of an expression ends, which is before a quote. Raises NotExactError."""
    while True:
        node = _source(page, node)
        if isinstance(node, (cst.ConcatenatedString, cst.BinaryOperation)):
            joins = isinstance(node, cst.ConcatenatedString) or isinstance(node.operator, cst.Add)
            node = node.right if joins else node.left
        elif (
            isinstance(node, cst.Call)
            and isinstance(node.func, cst.Attribute)
            and node.func.attr.value == "format"
        ):
            node = node.func.value
        else:
            break
    end = page.inner(node)[1]
    if isinstance(node, cst.SimpleString):
        text: object = literal(node)
        quote = node.quote
    elif isinstance(node, cst.FormattedString) and node.parts:
        last = node.parts[-1]
        text, quote = getattr(last, "value", None), node.end
    else:
        raise NotExactError
    if not isinstance(text, str) or not text.endswith(ending):
        raise NotExactError
    return end - len(quote)
