"""Where findings go, and in which form: `--output-format`, `--output-file`, `--tee`."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.report.formats import FORMATS, report_as
from dag_lint.report.run import Counts, Places, Run
from dag_lint.report.style import is_terminal, style_for

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from dag_lint.inspection import Inspection
    from dag_lint.rule import Rule

_FOR_PEOPLE = ("text", "concise")


def add_options(parser: ArgumentParser) -> None:
    """Declare how findings are reported."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}; default: text on a terminal, and concise, flake8's line, elsewhere",
    )
    group.add_argument(
        "--output-file", metavar="FILE", help="write the findings to this file, which is replaced whole"
    )
    group.add_argument(
        "--tee", action="store_true", help="with --output-file: show them on stdout too, in the default format"
    )


def show(inspections: Iterable[Inspection], files: int, options: Namespace) -> int:
    """Report what is found in a number of files; the exit status."""
    counts = Counts(files)
    usual = "text" if is_terminal(sys.stdout) else "concise"
    name = options.output_format or usual
    run = Run(_places(), _rules, counts, style_for(sys.stdout))
    counted = _counted(inspections, counts)
    if options.output_file is None:
        _write_to_stdout(report_as(name)(counted, run), name)
        return counts.status
    if options.tee:
        _write_to_stdout(report_as(usual)(counted, run), usual)
    return counts.status
