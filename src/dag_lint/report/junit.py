"""JUnit's XML, which every system for continuous integration shows: a suite for each file."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from dag_lint.report.concise import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """The document: a failure for each finding, an error for what could not be done."""
    found = [one for inspection in inspections for one in inspection.diagnostics]
    suites = [
        line
        for path, group in groupby(found, attrgetter("path"))
        for line in _suite(escaped(run.places.in_folder(path)), list(group))
    ]
    if not found:
        # Some systems take a report without any test for a run that failed.
        case = '<testcase name="Nothing found" classname="dag-lint"/>'
        suites = [f'<testsuite {_counts("dag-lint", found)} package="org.dag-lint">', case, "</testsuite>"]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {_counts('dag-lint', found)}>",
        *suites,
        "</testsuites>",
    ]
    text = "".join(f"{line}\n" for line in lines)
    # As numbers, what is not ASCII survives whatever the way to the reader does to encodings.
    yield text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _suite(path: str, found: list[Diagnostic]) -> Iterator[str]:
    yield f'<testsuite {_counts(path, found)} package="org.dag-lint">'
    classname = quoteattr(path.removesuffix(".py"))
    for one in found:
        line, column = one.span.start.line, one.span.start.column + 1
        yield f'<testcase name="org.dag-lint.{one.code}" classname={classname} line="{line}" column="{column}">'
        yield f'<properties><property name="severity" value="{one.severity.value}"/></properties>'
        kind = "error" if one.code == "DAG000" else "failure"
        body = escape(f"line {line}, col {column}, {one.message}")
        yield f"<{kind} message={quoteattr(one.message)}>{body}</{kind}>"
        yield "</testcase>"
    yield "</testsuite>"


def _counts(name: str, found: list[Diagnostic]) -> str:
    errors = sum(one.code == "DAG000" for one in found)
    failures = len(found) - errors
    tests = max(len(found), 1)
    return f'name={quoteattr(name)} tests="{tests}" skipped="0" failures="{failures}" errors="{errors}"'
