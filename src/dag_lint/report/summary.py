"""The last line of a report for people: how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dag_lint.report.run import Counts


def summary(counts: Counts) -> str:
    """What a run found, in a line or two."""
    if counts.findings:
        files = _number(counts.files_with_findings, "file")
        line = f"Found {_number(counts.findings, 'finding')} in {files} (of {counts.files})"
    else:
        line = f"Found nothing in {_number(counts.files, 'file')}"
    if counts.not_analysed:
        line += f", and could not do {_number(counts.not_analysed, 'thing')} (DAG000)"
    return f"{line}.{_fixable(counts)}"


def _fixable(counts: Counts) -> str:
    unsafe = f"{counts.fixable_unsafely} more" if counts.fixable else f"{counts.fixable_unsafely} fixable"
    parts = [f"{counts.fixable} of {counts.findings} fixable with --fix"] if counts.fixable else []
    parts += [f"{unsafe} with --unsafe-fixes"] if counts.fixable_unsafely else []
    return f"\n{', '.join(parts)}." if parts else ""


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
