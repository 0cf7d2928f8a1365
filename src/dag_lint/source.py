"""The text of one file, and the cheap questions asked of it before libcst is paid for."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MAXIMUM_CHARACTERS = 1_000_000
"""Above this, libcst needs seconds and hundreds of megabytes: such a file is named, not analysed."""

MAXIMUM_DEPTH = 150
"""Nesting of the syntax tree at which libcst's own recursion is still far from Python's limit."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The text of a Python file.

    `path` is the name that findings carry; `location` is where the file lies on disk, None for text
    that came by stdin without a name.
    """

    path: str
    text: str
    location: Path | None = None

    def mentions_airflow(self) -> bool:
        """Whether the word stands anywhere in the text: without it, no DAG can be built here."""
        return "airflow" in self.text or "airflow" in self.text.lower()


_OTHER_ENCODING = re.compile(rb"coding[:=](?!\s*utf-?8\b)", re.IGNORECASE)


def bytes_mention_airflow(content: bytes) -> bool:
    """Whether the text of a file may mention Airflow: so that most files need not even be decoded."""
    # In an encoding that is named in one of the first two lines, letters may be other bytes than usual.
    return b"airflow" in content.lower() or _OTHER_ENCODING.search(content[:1000]) is not None


def parse(text: str | bytes) -> ast.Module:
    """Python's tree of a text, without a word of what Python warns of; raises what `ast.parse` raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def parsed(text: str | bytes) -> ast.Module | None:
    """Python's tree of a text, None for what Python cannot read."""
    try:
        return parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def too_deep(tree: ast.AST, text: str, limit: int = MAXIMUM_DEPTH) -> bool:
    """Whether the tree of a text nests too deep for libcst; by stacks of its own, which any depth survives."""
    return _nests_deeper(tree, limit) or _patterns_nest_too_deep(tree, text)


def _nests_deeper(tree: ast.AST, limit: int) -> bool:
    level = [tree]
    for _ in range(limit):
        below: list[Any] = []
        for node in level:
            kind = type(node)
            fields = _FIELDS.get(kind)
            if fields is None:
                fields = _FIELDS[kind] = tuple(name for name in node._fields if name not in _PLAIN_FIELDS)
            for name in fields:
                value: Any = getattr(node, name, None)
                if type(value) is list:
                    below += value
                else:
                    below.append(value)
        level = [node for node in below if type(node) not in _NOTHING_BELOW]
        if not level:
            return False
    return True


_NOTHING_BELOW = frozenset({ast.Name, ast.Constant, ast.alias, str, int, bool, type(None)})
"""Most of a tree: names, constants, and what fields hold that is no node."""

_PLAIN_FIELDS = frozenset(
    {
        "arg", "attr", "conversion", "ctx", "id", "is_async", "level", "module", "name", "names", "op", "ops",
        "simple", "type_comment", "type_ignores",
    }
)  # fmt: skip
"""Fields that hold no node which holds another one."""

_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
"""The other fields of each class of nodes that was met."""


def _patterns_nest_too_deep(tree: ast.AST, text: str) -> bool:
    """Whether a `case` would keep libcst's parser for seconds or for ever: brackets in patterns double its work.

    Python's own tree does not show all of them, so they are counted in the text; a brace counts twice.
    """
    if "match" not in text or _MATCH.search(text) is None:
        return False
    lines = text.encode("utf-8", "replace").split(b"\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.Match):
            line, column = node.subject.end_lineno or 1, node.subject.end_col_offset or 0
            for case in node.cases:
                last, end = case.pattern.end_lineno or 1, case.pattern.end_col_offset or 0
                area = lines[line - 1 : last]
                area[-1] = area[-1][:end]
                area[0] = area[0][column:]
                if _bracket_depth(b"\n".join(area)) > _MAXIMUM_PATTERN_DEPTH:
                    return True
                line, column = case.body[-1].end_lineno or 1, case.body[-1].end_col_offset or 0
    return False


_MATCH = re.compile(r"^[ \t\f]*match\b", re.MULTILINE)


def _bracket_depth(code: bytes) -> int:
    depth = deepest = 0
    for character in code:
        depth += _BRACKETS.get(character, 0)
        deepest = max(deepest, depth)
    return deepest


_MAXIMUM_PATTERN_DEPTH = 12
"""Ten milliseconds; at 24 it is a minute. Nobody writes half of it."""

_BRACKETS = {ord("("): 1, ord("["): 1, ord("{"): 2, ord(")"): -1, ord("]"): -1, ord("}"): -2}
