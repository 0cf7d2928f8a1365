"""The fixes of a file, carried out: rounds of edits that go together, until nothing is left to mend."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.editing import EditableText, NotEditableError
from dag_lint.inspection import inspect
from dag_lint.reading import NotReadableError, decode_python, read_bytes
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dag_lint.diagnostic import Diagnostic, TextEdit
    from dag_lint.inspection import Inspection, Request

MAXIMUM_ROUNDS = 10


class NotFixedError(Exception):
    """A file with fixes that was left as it is; its text says why."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file before and after its fixes, and what is found in it afterwards."""

    before: bytes
    after: bytes
    applied: tuple[Diagnostic, ...]
    """The findings that are mended, each with its place at the time."""
    inspection: Inspection
    spoiled: tuple[str, ...] = ()
    """Codes of rules whose fix was left out: with it, Python could not read the file."""


def is_fixable(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Whether a finding has a fix of the kind that is asked for."""
    return diagnostic.fix is not None and (diagnostic.fix.safe or unsafe)


def fix_file(
    found: Inspection,
    request: Request,
    wanted: Callable[[Inspection], Iterable[Diagnostic]],
    *,
    unsafe: bool,
) -> Fixed:
    """The fixes of the findings in a file that are `wanted`, worked out and not written yet.

    The rounds lint the new text with `request`, which has to ask for fixes. Raises NotFixedError.
    """
    return fix_content(content_of(found), found, request, wanted, unsafe=unsafe)


def content_of(found: Inspection) -> bytes:
    """The bytes of a file that may be written anew.

    Raises NotFixedError for one that is not of its project, or no longer the one that was inspected.
    """
    if _leads_out(found):
        raise NotFixedError("it is a link to a file outside of the project")
    try:
        content = read_bytes(found.path, 4 * MAXIMUM_CHARACTERS)
    except NotReadableError as error:
        raise NotFixedError(str(error)) from None
    if decode_python(content) != found.text:
        raise NotFixedError("it was changed meanwhile")
    return content


def fix_content(
    content: bytes,
    found: Inspection,
    request: Request,
    wanted: Callable[[Inspection], Iterable[Diagnostic]],
    *,
    unsafe: bool,
) -> Fixed:
    """The same for bytes that need not lie in a file."""
    try:
        return _rounds(content, found, request, wanted, unsafe=unsafe)
    except NotEditableError as error:
        raise NotFixedError(str(error)) from None


def _rounds(
    content: bytes,
    found: Inspection,
    request: Request,
    wanted: Callable[[Inspection], Iterable[Diagnostic]],
    *,
    unsafe: bool,
) -> Fixed:
    current = content
    applied: list[Diagnostic] = []
    spoiled: set[str] = set()
    for _ in range(MAXIMUM_ROUNDS):
        fixable = [one for one in wanted(found) if is_fixable(one, unsafe=unsafe) and one.code not in spoiled]
        chosen = compatible(fixable)
        if not chosen:
            break
        mended, broken = _best(EditableText.of(current), chosen)
        spoiled |= {one.code for one in broken}
        chosen = [one for one in chosen if one not in broken]
        if mended == current:
            break
        found = inspect(SourceFile(found.path, decode_python(mended), found.location), request)
        applied += chosen
        current = mended
    return Fixed(content, current, tuple(applied), found, tuple(sorted(spoiled)))


def compatible(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, the first in the text first, whose fixes can be carried out together.

    One whose edits touch those of an earlier one waits. An edit that both want alike, such as an import,
    is no reason to wait.
    """
    chosen: list[Diagnostic] = []
    taken: set[TextEdit] = set()
    for diagnostic in sorted(diagnostics, key=lambda one: (one.span, one.code)):
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        if edits and not any(_touch(edit, other) for edit in edits for other in taken if edit != other):
            chosen.append(diagnostic)
            taken.update(edits)
    return chosen


def _touch(one: TextEdit, other: TextEdit) -> bool:
    """Whether two edits overlap or meet: where they meet, nothing says whose text comes first."""
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _best(text: EditableText, chosen: Sequence[Diagnostic]) -> tuple[bytes, list[Diagnostic]]:
    """The text with as many of the fixes as leave a file that Python can read, and the others."""
    edited = text.edited(_edits(chosen))
    if parsed(edited) is not None:
        return edited, []
    kept: list[Diagnostic] = []
    for diagnostic in chosen:
        if parsed(text.edited(_edits((*kept, diagnostic)))) is not None:
            kept.append(diagnostic)
    return text.edited(_edits(kept)), [one for one in chosen if one not in kept]


def _edits(diagnostics: Iterable[Diagnostic]) -> set[TextEdit]:
    return {edit for one in diagnostics if one.fix for edit in one.fix.edits}


def _leads_out(found: Inspection) -> bool:
    """Whether the file is a link, or lies in one, that leaves its project."""
    if found.root is None:
        return os.path.islink(found.path)
    real = os.path.realpath(found.path)
    root = os.path.realpath(found.root)
    return os.path.commonpath((real, root)) != root
