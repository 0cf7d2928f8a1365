"""Comments `# noqa: DAG101` that switch the findings of a file off, on the very lines where flake8 looks for them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from dag_lint.diagnostic import Position, Span, TextEdit
from dag_lint.editing import EditableText, NotEditableError
from dag_lint.reading import decode_python
from dag_lint.source import SourceFile, parsed
from dag_lint.suppress import lines_looked_at, without_suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dag_lint.diagnostic import Diagnostic

_COMMENT = re.compile(r"# noqa:\s?(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)", re.IGNORECASE)
"""A comment that names codes, as flake8 finds it. Whether it really does is asked of flake8 afterwards."""


class NotAnnotatedError(Exception):
    """A file that was left as it is; its text says why."""


def annotated(content: bytes, findings: Sequence[Diagnostic]) -> tuple[bytes, list[Diagnostic]]:
    """The bytes of a file with comments for its findings, and the findings that no comment can switch off.

    Those stand in a text that itself holds what looks like such a comment: flake8 reads that one.
    Raises NotAnnotatedError.
    """
    text = decode_python(content)
    try:
        original = EditableText.of(content)
        meaning = _meaning(content)
        if meaning is None:
            raise NotAnnotatedError("Python cannot read it")
        edits = _edits(text, findings)
        new = original.edited(edits)
        left = _not_switched_off(new, findings, meaning)
        if left is None or left:
            edits = _harmless(original, edits, meaning)
            new = original.edited(edits)
            left = _not_switched_off(new, findings, meaning)
    except NotEditableError as error:
        raise NotAnnotatedError(str(error)) from None
    if left is None:
        raise NotAnnotatedError("comments would change what it means")
    return new, left


def _edits(text: str, findings: Iterable[Diagnostic]) -> list[TextEdit]:
    """A comment, or what is to be added to one, for each group of lines that flake8 reads as one."""
    looked_at = lines_looked_at(text)
    groups: dict[tuple[int, int], set[str]] = defaultdict(set)
    for found in findings:
        if found.span.start.line in looked_at:
            groups[looked_at[found.span.start.line]].add(found.code)
    lines = text.split("\n")
    return [_edit(lines, first, last, sorted(codes)) for (first, last), codes in groups.items()]


def _edit(lines: list[str], first: int, last: int, codes: list[str]) -> TextEdit:
    joined = "\n".join(lines[first - 1 : last])
    match = _COMMENT.search(joined)
    if match is not None:
        before = joined[: match.end("codes")]
        there = Position(first + before.count("\n"), len(before) - (before.rfind("\n") + 1))
        return TextEdit(Span(there, there), "," + ",".join(codes))
    line = lines[last - 1]
    # Blanks at the end of the line make way.
    span = Span(Position(last, len(line.rstrip())), Position(last, len(line)))
    return TextEdit(span, f"  # noqa: {','.join(codes)}")


def _harmless(original: EditableText, edits: Iterable[TextEdit], meaning: str) -> list[TextEdit]:
    """The edits that leave the meaning of the file as it is: a comment inside a string is none."""
    kept: list[TextEdit] = []
    for edit in edits:
        if _meaning(original.edited([*kept, edit])) == meaning:
            kept.append(edit)
    return kept


def _not_switched_off(
    content: bytes, findings: Sequence[Diagnostic], meaning: str
) -> list[Diagnostic] | None:
    """The findings that are still reported, None when the file means something else now."""
    if _meaning(content) != meaning:
        return None
    source = SourceFile(findings[0].path if findings else "", decode_python(content))
    return without_suppressed(list(findings), source)


def _meaning(content: bytes) -> str | None:
    """The syntax tree without its places, None for what is no Python."""
    tree = parsed(content)
    return None if tree is None else ast.dump(tree)
