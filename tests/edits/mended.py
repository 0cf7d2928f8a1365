"""Fixes carried out on a text, one by one, without the engine that writes files."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from dag_lint.diagnostic import Diagnostic, Fix, Position

MOST_FIXES = 60


def fixable(
    text: str, code: str, settings: Settings | None = None, path: Path | None = None
) -> list[Diagnostic]:
    """The findings of a rule in a text that have a fix."""
    return [one for one in found(text, code, settings, path) if one.fix is not None]


def found(
    text: str, code: str, settings: Settings | None = None, path: Path | None = None
) -> list[Diagnostic]:
    """The findings of a rule in a text."""
    source = SourceFile(path.name if path else "dag.py", text, path)
    diagnostics = lint(source, settings or Settings(), ast.parse(text), fixes=True)
    return [one for one in diagnostics if one.code == code]


def carried_out(text: str, fix: Fix) -> str:
    """A text after one fix."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: Position) -> int:
        return starts[position.line - 1] + position.column

    pieces, last = [], 0
    for edit in sorted(fix.edits, key=lambda one: one.span):
        start, end = offset(edit.span.start), offset(edit.span.end)
        assert last <= start <= end <= len(text)
        pieces += [text[last:start], edit.text]
        last = end
    return "".join(pieces) + text[last:]


def mended(text: str, code: str, settings: Settings | None = None, path: Path | None = None) -> str:
    """A text after all fixes of a rule, until it has no more."""
    for _ in range(MOST_FIXES):
        left = fixable(text, code, settings, path)
        if not left:
            return text
        assert left[0].fix is not None
        text = carried_out(text, left[0].fix)
    raise AssertionError(f"{code} finds no end")
