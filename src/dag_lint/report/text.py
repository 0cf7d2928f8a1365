"""For people: each finding with the line it stands on, and at the end how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.report.concise import escaped
from dag_lint.report.run import page_of
from dag_lint.report.style import width
from dag_lint.report.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic, Span
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_TAB = 4
_CUT = "..."


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """A paragraph for each finding, then the summary."""
    for inspection in inspections:
        # Python's lines: str.splitlines would also end one at a form feed.
        lines = inspection.text.split("\n")
        for found in inspection.diagnostics:
            yield "".join(f"{line}\n" for line in (*_paragraph(found, lines, run), ""))
    if run.summed_up:
        yield f"{summary(run.counts)}\n"


def _paragraph(found: Diagnostic, lines: list[str], run: Run) -> Iterator[str]:
    style, start = run.style, found.span.start
    place = f"{escaped(run.places.in_folder(found.path))}:{start.line}:{start.column + 1}:"
    code = style.linked(style.severe(found.code, found.severity), page_of(found.code))
    yield f"{style.bold(place)} {code} {found.message}"
    margin = " " * len(str(start.line))
    if start.line <= len(lines) and lines[start.line - 1].strip():
        shown, marks = snippet(lines[start.line - 1], found.span, style.width - len(margin) - 3)
        bar = style.dim("|")
        yield f"{margin} {bar}"
        yield f"{style.dim(str(start.line))} {bar} {shown}"
        blank = marks[: len(marks) - len(marks.lstrip())]
        yield f"{margin} {bar} {blank}{style.severe(marks.lstrip(), found.severity)}"
    if found.fix is not None:
        how = "fix" if found.fix.safe else "unsafe fix"
        yield f"{margin} {style.dim('=')} {how}: {found.fix.title}"


def snippet(line: str, span: Span, columns: int) -> tuple[str, str]:
    """A line as a terminal shows it in so many columns, and the marks below what a span covers of it."""
    start = min(span.start.column, len(line))
    end = max(span.end.column if span.end.line == span.start.line else len(line.rstrip()), start + 1)
    cells = [_cell(character) for character in line]
    # A tab ends at a stop that hangs on all that stands before it.
    column = 0
    for index, character in enumerate(line):
        if character == "\t":
            cells[index] = " " * (_TAB - column % _TAB)
        column += width(cells[index])
    before, marked, after = cells[:start], cells[start:end], cells[end:]
    before, marked, after = _cut(before, marked, after, columns)
    return (
        "".join((*before, *marked, *after)).rstrip(),
        " " * width("".join(before)) + "^" * max(width("".join(marked)), 1),
    )


def _cell(character: str) -> str:
    """What stands for a character: nothing in a file may move the cursor, or reverse what is read."""
    if character.isprintable() or character == "\t":
        return character
    return "\N{REPLACEMENT CHARACTER}"


def _cut(
    before: list[str], marked: list[str], after: list[str], columns: int
) -> tuple[list[str], list[str], list[str]]:
    """What fits into so many columns: the finding, and of what surrounds it what is near."""
    marked = _first(marked, columns - 2 * len(_CUT))
    room = columns - width("".join(marked))
    # Each side gets half of the room, and what the other one leaves.
    before = _last(before, max(room // 2, room - width("".join(after))))
    return before, marked, _first(after, room - width("".join(before)))


def _first(cells: list[str], columns: int) -> list[str]:
    """The beginning of a line that fits."""
    if width("".join(cells)) <= columns:
        return cells
    kept: list[str] = []
    room = columns - len(_CUT)
    for cell in cells:
        room -= width(cell)
        if room < 0:
            break
        kept.append(cell)
    return [*kept, _CUT]


def _last(cells: list[str], columns: int) -> list[str]:
    return _first(cells[::-1], columns)[::-1]
