"""The last line of a report for people: how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dag_lint.report.run import Counts


def summary(counts: Counts) -> str:
    """What a run found, in a line or two."""
    if counts.findings:
        files = number(counts.files_with_findings, "file")
        line = f"Found {number(counts.findings, 'finding')} in {files} (of {counts.files})"
    else:
        line = f"Found nothing in {number(counts.files, 'file')}"
    if counts.not_analysed:
        line += f", and could not do {number(counts.not_analysed, 'thing')} (DAG000)"
    return f"{line}.{_fixable(counts)}"


def _fixable(counts: Counts) -> str:
    safe, unsafe = counts.fixable, counts.fixable_unsafely
    if safe:
        more = f", {unsafe} more with --unsafe-fixes" if unsafe else ""
        return f"\n{safe} of {counts.findings} fixable with --fix{more}."
    return f"\n{unsafe} of {counts.findings} fixable with --fix --unsafe-fixes." if unsafe else ""


def number(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
