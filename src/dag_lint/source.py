"""The text of one file, and the cheap questions asked of it before libcst is paid for."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def too_deep(tree: ast.AST, limit: int = MAXIMUM_DEPTH) -> bool:
    """Whether a syntax tree nests deeper than `limit`; an explicit stack, so that any depth is survived."""
    level = [tree]
    for _ in range(limit):
        # Leaves are most of a tree: names, constants and contexts have nothing below them.
        level = [
            child
            for node in level
            for child in ast.iter_child_nodes(node)
            if child._fields and not isinstance(child, _LEAVES)
        ]
        if not level:
            return False
    return True


_LEAVES = (ast.Name, ast.Constant, ast.alias)
