"""`--add-noqa`: a comment for each finding that there is now, so that only new ones are reported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dag_lint.annotating import NotAnnotatedError, annotated
from dag_lint.fixing import NotFixedError, content_of
from dag_lint.report.concise import concise, escaped
from dag_lint.report.summary import number
from dag_lint.rewriting import NotWrittenError, replace_file

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.inspection import Inspection


def add_options(parser: ArgumentParser) -> None:
    """Declare the option."""
    parser.add_argument(
        "--add-noqa",
        action="store_true",
        help="report nothing, but write a comment # noqa with its code on the line of each finding",
    )


def add_noqa(inspections: Iterable[Inspection]) -> int:
    """Write the comments; the exit status: 1 when findings are left, 2 when something could not be done."""
    files = comments = left = 0
    failed = False
    for inspection in inspections:
        findings = [one for one in inspection.diagnostics if one.code != "DAG000"]
        for one in inspection.diagnostics:
            if one.code == "DAG000":
                failed = True
                sys.stdout.write(f"{concise(one)}\n")
        if not findings:
            continue
        try:
            still = _write(inspection, findings)
        except (NotAnnotatedError, NotFixedError, NotWrittenError) as error:
            failed = True
            sys.stderr.write(f"dag-lint: {escaped(inspection.path)} is left as it is: {error}\n")
            continue
        for one in still:
            sys.stdout.write(f"{concise(one)}\n")
        files += len(findings) > len(still)
        comments += len(findings) - len(still)
        left += len(still)
    sys.stdout.write(f"Switched off {number(comments, 'finding')} in {number(files, 'file')}.\n")
    if left:
        sys.stdout.write(
            f"{number(left, 'finding')} left: no comment can stand where flake8 would look for it.\n"
        )
    return 2 if failed else 1 if left else 0


def _write(inspection: Inspection, findings: list[Diagnostic]) -> list[Diagnostic]:
    """Write the comments of a file; the findings that are left."""
    before = content_of(inspection)
    after, left = annotated(before, findings)
    if after != before:
        replace_file(inspection.path, before, after)
    return left
