"""`# noqa`, with the very semantics of the flake8 that is installed; and the baseline beside it."""

from __future__ import annotations

import io
import sys
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile


def without_suppressed(diagnostics: list[Diagnostic], source: SourceFile) -> list[Diagnostic]:
    """The findings that no comment in the file switches off."""
    # flake8 is imported, and the file split into tokens, only for a file in which the word occurs.
    if not diagnostics or "noqa" not in source.text.lower():
        return diagnostics
    from flake8.defaults import NOQA_FILE
    from flake8.violation import Violation

    # Python's lines: str.splitlines would also end one at a form feed.
    lines = io.StringIO(source.text).readlines()
    if any(NOQA_FILE.match(line) for line in lines):
        return []
    looked_at = lines_looked_at(source.text)

    def kept(diagnostic: Diagnostic) -> bool:
        place = diagnostic.span.start
        first, last = looked_at.get(place.line, (1, 0))
        text = "".join(lines[first - 1 : last])
        violation = Violation(
            diagnostic.code, diagnostic.path, place.line, place.column, diagnostic.message, text
        )
        return not violation.is_inline_ignored(disable_noqa=False)

    return [diagnostic for diagnostic in diagnostics if kept(diagnostic)]


def without_known(
    diagnostics: list[Diagnostic],
    source: SourceFile,
    settings: Settings,
    root: Path | None,
    overrides: Mapping[str, object],
) -> list[Diagnostic]:
    """The findings that no baseline knows, and those that a comment in the file switches off.

    The latter are left to flake8: of equal findings, those that it reports are counted.
    """
    if not settings.baseline or not diagnostics:
        return diagnostics
    from dag_lint.baseline import place_for, read_baseline

    reported = without_suppressed(diagnostics, source)
    baseline, _ = read_baseline(place_for(settings.baseline, root, overrides))
    entries = baseline.known(reported, source.text, source.location or source.path)
    known = {id(one) for one, entry in zip(reported, entries, strict=True) if entry is not None}
    return [one for one in diagnostics if id(one) not in known]


def lines_looked_at(text: str) -> dict[int, tuple[int, int]]:
    """Each line's number with the first and the last of the lines in which flake8 looks for a comment.

    Lines that one string, or a backslash, ties together share theirs; those of a bracket do not. Nothing for
    a text that cannot be split into tokens.
    """
    looked_at: dict[int, tuple[int, int]] = {}
    first, last = sys.maxsize, -1
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.ENDMARKER, tokenize.DEDENT):
                continue
            first, last = min(first, token.start[0]), max(last, token.end[0])
            if token.type in (tokenize.NL, tokenize.NEWLINE):
                looked_at |= dict.fromkeys(range(first, last + 1), (first, last))
                first, last = sys.maxsize, -1
    except (tokenize.TokenError, SyntaxError):
        return {}
    return looked_at
