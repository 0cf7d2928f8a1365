"""A Python text taken apart: the stretches of its expressions, statements, calls and tokens."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Stretch = tuple[int, int]
"""Where something begins and ends in the text, in code points; the end is exclusive."""


def parsed(text: str) -> ast.Module | None:
    """Python's own tree of a text, None for what is no Python or too much for Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


@dataclass(frozen=True)
class Draft:
    """A text that is Python, and where its parts stand."""

    text: str
    tree: ast.Module

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in io.StringIO(self.text):
            starts.append(starts[-1] + len(line))
        return starts

    @cached_property
    def _lines(self) -> list[str]:
        return list(io.StringIO(self.text))

    def _offset(self, line: int, column: int) -> int:
        # Python counts the bytes of a line.
        if self.text.isascii():
            return self._starts[line - 1] + column
        before = self._lines[line - 1].encode()[:column].decode("utf-8", "ignore")
        return self._starts[line - 1] + len(before)

    def stretch(self, node: ast.expr | ast.stmt | ast.keyword) -> Stretch:
        """Where a node stands; a statement begins at its first decorator."""
        line, column = node.lineno, node.col_offset
        for decorator in getattr(node, "decorator_list", ()):
            line, column = min((line, column), (decorator.lineno, max(decorator.col_offset - 1, 0)))
        return self._offset(line, column), self._offset(node.end_lineno or 1, node.end_col_offset or 0)

    def code(self, stretch: Stretch) -> str:
        """The text of a stretch."""
        return self.text[slice(*stretch)]

    @cached_property
    def expressions(self) -> list[Stretch]:
        """The expressions outside of f-strings, of which older Pythons do not know the place."""
        return [self.stretch(node) for node in self._outside_strings() if isinstance(node, ast.expr)]

    @cached_property
    def statements(self) -> list[Stretch]:
        """The statements, inner ones too."""
        return [self.stretch(node) for node in ast.walk(self.tree) if isinstance(node, ast.stmt)]

    @cached_property
    def calls(self) -> list[tuple[Stretch, list[Stretch]]]:
        """The calls with two arguments or more, and the stretches of these."""
        found = []
        for node in self._outside_strings():
            if isinstance(node, ast.Call) and len(node.args) + len(node.keywords) > 1:
                arguments = sorted([*map(self.stretch, node.args), *map(self.stretch, node.keywords)])
                found.append((self.stretch(node), arguments))
        return found

    @cached_property
    def tokens(self) -> list[tuple[Stretch, int]]:
        """The tokens that have a text, and their kinds."""
        found = []
        try:
            for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
                if token.string.strip():
                    start = self._starts[token.start[0] - 1] + token.start[1]
                    found.append(((start, start + len(token.string)), token.type))
        except (tokenize.TokenError, SyntaxError):
            return []
        return found

    @cached_property
    def names(self) -> list[Stretch]:
        """The names and keywords."""
        return [stretch for stretch, kind in self.tokens if kind == tokenize.NAME]

    def _outside_strings(self) -> Iterator[ast.AST]:
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            if not isinstance(node, ast.JoinedStr):
                waiting.extend(ast.iter_child_nodes(node))


def draft(text: str) -> Draft | None:
    """A text taken apart, None for what is no Python."""
    tree = parsed(text)
    return None if tree is None else Draft(text, tree)
