"""A file as its text and its tree at once: where each node stands, what surrounds it, and how the text is laid out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from dag_lint.diagnostic import Position, Span, TextEdit
from dag_lint.edits.names import Names
from dag_lint.spans import measure
from dag_lint.syntax import children, literal, walk

if TYPE_CHECKING:
    from dag_lint.known import Handle


class NotExactError(Exception):
    """A change that could not be made exactly as it is meant: it is not made."""


class Edit(NamedTuple):
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


_DROPPED = frozenset(" \t\n\f")
_COMMENT = re.compile(r"(?:^|[ \t,(])(#.*)$", re.MULTILINE)
_REST_OF_LINE = re.compile(r"[ \t]*(#.*)?$", re.MULTILINE)


class Page:
    """The text of a file with its tree. Raises NotExactError where libcst would write other code."""

    def __init__(self, module: cst.Module, text: str) -> None:
        try:
            code, extents = measure(module)
        except RecursionError:
            raise NotExactError from None
        self._extents = extents if code == text else _aligned(extents, code, text)
        self.module = module
        self.text = text
        self._line_starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    @cached_property
    def names(self) -> Names:
        """What the names of the file are bound to."""
        return Names(self.module)

    @cached_property
    def _parents(self) -> dict[int, cst.CSTNode]:
        return {id(child): node for node in walk(self.module) for child in children(node)}

    def parent(self, node: cst.CSTNode) -> cst.CSTNode:
        """The node that holds this one. Raises NotExactError for a node of another file."""
        found = self._parents.get(id(node))
        if found is None:
            raise NotExactError
        return found

    def node(self, handle: Handle) -> cst.CSTNode:
        """The node behind a handle. Raises NotExactError for one of another file."""
        if not isinstance(handle, cst.CSTNode) or id(handle) not in self._extents:
            raise NotExactError
        return handle

    def functions_around(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """The functions in whose bodies a node stands, the outermost first."""
        found: list[cst.CSTNode] = []
        while not isinstance(node, cst.Module):
            around = self.parent(node)
            # Decorators and defaults run outside of the function.
            if isinstance(around, (cst.FunctionDef, cst.ClassDef)) and around.body is node:
                found.insert(0, around)
            node = around
        return found

    @cached_property
    def _keys_read(self) -> frozenset[str]:
        read = (_key_read(node) for node in walk(self.module))
        return frozenset(key for key in read if key is not None)

    def reads_key(self, key: str) -> bool:
        """Whether some dict of the file is asked for a key: `d["key"]`, `d.get("key")`."""
        return key in self._keys_read

    def exports(self, name: str) -> bool:
        """Whether the file gives a name to others by a string: in `__all__`, or to whoever looks it up."""
        return name in self._texts

    @cached_property
    def _texts(self) -> frozenset[object]:
        return frozenset(literal(node) for node in walk(self.module) if isinstance(node, cst.SimpleString))

    # -- places -----------------------------------------------------------------------------------------

    def start(self, node: cst.CSTNode) -> int:
        """Where a node begins, with the parentheses around it."""
        return self._extents[id(node)][0]

    def end(self, node: cst.CSTNode) -> int:
        """Where a node ends, with the parentheses around it."""
        return self._extents[id(node)][1]

    def inner(self, node: cst.CSTNode) -> tuple[int, int]:
        """Where a node begins and ends without the parentheses around it."""
        opening, closing = getattr(node, "lpar", ()), getattr(node, "rpar", ())
        return (
            self.end(opening[-1]) if opening else self.start(node),
            self.start(closing[0]) if closing else self.end(node),
        )

    def code(self, node: cst.CSTNode) -> str:
        """The text of a node."""
        return self.text[self.start(node) : self.end(node)]

    def comments(self, node: cst.CSTNode) -> list[str]:
        """The comments inside a node, and the one at the end of its last line."""
        end = self.text.find("\n", self.end(node))
        text = self.text[self.start(node) : end if end >= 0 else len(self.text)]
        # A line that begins with # inside a string is taken for one too, which only makes us more careful.
        return _COMMENT.findall(text)

    def line(self, offset: int) -> int:
        """The number of the line, from 1, on which a character stands."""
        return bisect_right(self._line_starts, offset)

    def line_start(self, offset: int) -> int:
        """Where the line of a character begins."""
        return self._line_starts[self.line(offset) - 1]

    def margin(self, offset: int) -> str:
        """The white space at the beginning of the line of a character."""
        start = self.line_start(offset)
        end = start
        while self.text[end : end + 1] in (" ", "\t"):
            end += 1
        return self.text[start:end]

    def begins_line(self, offset: int) -> bool:
        """Whether nothing but white space stands before a character in its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def rest_of_line(self, offset: int) -> str | None:
        """The white space and the comment up to the end of the line, None when code follows."""
        found = _REST_OF_LINE.match(self.text, offset)
        return None if found is None else found[0]

    def as_text_edit(self, edit: Edit) -> TextEdit:
        """The same edit by line and column."""
        return TextEdit(Span(self._position(edit.start), self._position(edit.end)), edit.text)

    def _position(self, offset: int) -> Position:
        line = self.line(offset)
        return Position(line, offset - self._line_starts[line - 1])

    # -- habits -----------------------------------------------------------------------------------------

    def literal(self, value: str | int | bool | None, near: cst.CSTNode) -> str:
        """A value as code, strings in the quotes that are usual near a node, else in the file."""
        if not isinstance(value, str):
            return repr(value)
        quote = _usual_quote(near) or _usual_quote(self.module) or '"'
        plain = value.isprintable() and quote not in value and "\\" not in value
        return f"{quote}{value}{quote}" if plain else repr(value)


def _aligned(extents: dict[int, tuple[int, int]], code: str, text: str) -> dict[int, tuple[int, int]]:
    """Extents in the text for those in what libcst writes: it drops some blank lines, and form feeds."""
    places: list[int] = []
    at = 0
    for character in code:
        while text[at : at + 1] != character:
            if text[at : at + 1] not in _DROPPED:
                raise NotExactError
            at += 1
        places.append(at)
        at += 1
    if text[at:].strip("".join(_DROPPED)):
        raise NotExactError
    places.append(at)
    return {
        key: (places[start], places[end - 1] + 1 if end > start else places[start])
        for key, (start, end) in extents.items()
    }


def _key_read(node: cst.CSTNode) -> str | None:
    """The key that an expression asks some dict for."""
    asked: cst.CSTNode | None = None
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        asked = getattr(node.slice[0].slice, "value", None)
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.args:
        asked = node.args[0].value if node.func.attr.value in ("get", "pop", "setdefault") else None
    key = literal(asked) if isinstance(asked, cst.SimpleString) else None
    return key if isinstance(key, str) else None


def _usual_quote(node: cst.CSTNode) -> str | None:
    """The quote that most strings below a node have, None when there is none or it is a draw."""
    counts = Counter(
        each.quote[0] for each in walk(node) if isinstance(each, cst.SimpleString) and len(each.quote) == 1
    )
    if not counts or counts["'"] == counts['"']:
        return None
    return counts.most_common(1)[0][0]
