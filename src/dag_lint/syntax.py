"""Reading libcst's tree: its syntax without whitespace, and the names that expressions spell."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAYOUT = frozenset(
    {
        "asname_whitespace", "colon", "comma", "default_indent", "default_newline", "encoding", "end", "equal",
        "footer", "has_trailing_newline", "header", "indent", "lbrace", "lbracket", "leading_lines",
        "lines_after_decorators", "lpar", "newline", "operator_whitespace", "rbrace", "rbracket", "rpar",
        "semicolon", "start", "trailing_whitespace",
    }
)  # fmt: skip

_NO_NODES = frozenset({str, type(None), bool, cst.MaybeSentinel})
"""What fields hold besides nodes and lists of nodes. (An isinstance check costs much more: nodes are ABCs.)"""

_FIELDS: dict[type, tuple[str, ...]] = {}


def _syntax_fields(kind: type) -> tuple[str, ...]:
    known = _FIELDS.get(kind)
    if known is None:
        known = tuple(
            field.name
            for field in fields(kind)
            if field.name not in _LAYOUT and not field.name.startswith("whitespace")
        )
        _FIELDS[kind] = known
    return known


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly below `node` that carry syntax, in source order; layout nodes are left out."""
    for name in _FIELDS.get(type(node)) or _syntax_fields(type(node)):
        value = getattr(node, name)
        kind = type(value)
        if kind is list or kind is tuple:
            yield from value
        elif kind not in _NO_NODES:
            yield value


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`node` and everything below it that carries syntax, in source order, by a stack of its own."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))


def dotted_name(node: cst.BaseExpression) -> str | None:
    """The dotted name that an expression spells (`a.b.c`), None when it is anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))
