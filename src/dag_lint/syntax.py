"""Reading libcst's tree: its syntax without whitespace, and the names that expressions spell."""

from __future__ import annotations

import re
import warnings
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

_LEAVES = frozenset({cst.Name, cst.SimpleString, cst.Integer, cst.Float})
"""Half of all nodes; below them is nothing but layout."""


class _SyntaxFields(dict[type, tuple[str, ...]]):
    """The fields of each kind of node that may hold syntax, in source order, or the other way round."""

    def __init__(self, step: int) -> None:
        self.step = step

    def __missing__(self, kind: type) -> tuple[str, ...]:
        names = [
            field.name
            for field in (() if kind in _LEAVES else fields(kind))
            if field.name not in _LAYOUT and not field.name.startswith("whitespace")
        ]
        self[kind] = tuple(names[:: self.step])
        return self[kind]


_FORWARD = _SyntaxFields(1)
_BACKWARD = _SyntaxFields(-1)


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes directly below `node` that carry syntax, in source order; layout nodes are left out."""
    found: list[cst.CSTNode] = []
    for name in _FORWARD[type(node)]:
        value = getattr(node, name)
        kind = type(value)
        if kind is list or kind is tuple:
            found += value
        elif kind not in _NO_NODES:
            found.append(value)
    return found


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`node` and everything below it that carries syntax, in source order, by a stack of its own."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        for name in _BACKWARD[type(current)]:
            value = getattr(current, name)
            kind = type(value)
            if kind is list or kind is tuple:
                stack += value[::-1]
            elif kind not in _NO_NODES:
                stack.append(value)


def literal(node: cst.SimpleString) -> str | bytes | None:
    """What a string literal stands for, None for one that CPython refuses, such as a truncated escape."""
    text = node.value
    if "\\" not in text and text[0] == text[-1] and "\r" not in text:
        # Nothing is escaped and there is no prefix: what stands between the quotes is the value.
        quotes = 3 if len(text) > 5 and text[:3] == text[0] * 3 else 1
        return text[quotes:-quotes]
    try:
        with warnings.catch_warnings():
            # What Python warns of in the file, it says when the file runs.
            warnings.simplefilter("ignore")
            return node.evaluated_value
    except (SyntaxError, ValueError):
        return None


def literal_part(node: cst.FormattedString, part: cst.FormattedStringText) -> str | None:
    """What a piece of an f-string's own text stands for, None for one that CPython refuses."""
    text = part.value.replace("{{", "{").replace("}}", "}")
    if "\\" not in text or "r" in node.prefix.lower():
        return text
    quoted = _ESCAPED_OR_QUOTE.sub(lambda found: '\\"' if found[0] == '"' else found[0], text)
    value = literal(cst.SimpleString(f'"""{quoted}"""'))
    return value if isinstance(value, str) else None


_ESCAPED_OR_QUOTE = re.compile(r'\\.|"', re.DOTALL)


def dotted_name(node: cst.BaseExpression) -> str | None:
    """The dotted name that an expression spells (`a.b.c`), None when it is anything else."""
    parts: list[str] = []
    # By their types: what isinstance answers with no costs five times as much, since nodes are ABCs.
    while type(node) is cst.Attribute:
        parts.append(node.attr.value)
        node = node.value
    if type(node) is not cst.Name:
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))
