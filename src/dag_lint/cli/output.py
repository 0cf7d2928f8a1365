"""Where findings go, and in which form: `--output-format`, `--output-file`, `--tee`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.report.formats import FORMATS, report_as
from dag_lint.report.places import Places
from dag_lint.report.run import Counts, Run
from dag_lint.report.style import PLAIN, is_terminal, style_for
from dag_lint.settings import did_you_mean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from dag_lint.inspection import Inspection
    from dag_lint.rule import Rule

VARIABLE = "DAG_LINT_OUTPUT_FORMAT"
"""Sets the default format of all runs, such as those of a hook in a pipeline."""

_FOR_PEOPLE = ("text", "concise", "statistics")
"""In the encoding of the terminal. The others are read by programs, which expect UTF-8."""


def add_options(parser: ArgumentParser) -> None:
    """Declare how findings are reported."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}; default: what {VARIABLE} says, or else text on a terminal, and elsewhere "
        "concise, which is flake8's line",
    )
    group.add_argument(
        "--statistics",
        action="store_const",
        dest="output_format",
        const="statistics",
        help="report how many findings there are of each rule, which is a format too",
    )
    group.add_argument(
        "--output-file", metavar="FILE", help="write the findings to this file, which is replaced whole"
    )
    group.add_argument(
        "--exit-zero", action="store_true", help="end with 0 when something is found; with 2 as ever"
    )
    group.add_argument(
        "--tee", action="store_true", help="with --output-file: print them too, in the default format"
    )
    group.add_argument(
        "--quiet",
        "-q",
        action="store_true",
        help="print findings alone: no summary, and not how far the run is",
    )


def show(inspections: Iterable[Inspection], files: int, options: Namespace) -> int:
    """Report what is found in so many files; the exit status."""
    counts = Counts(files, exit_zero=options.exit_zero)
    run = Run(_places(), _rules, counts, style_for(sys.stdout), summed_up=not options.quiet)
    usual = os.environ.get(VARIABLE) or ("text" if is_terminal(sys.stdout) else "concise")
    if usual not in FORMATS:
        hint = did_you_mean(usual, FORMATS)
        sys.stderr.write(f'dag-lint: {VARIABLE}: there is no format "{one_line(usual, 40)}"{hint}\n')
        return 2
    wanted = options.output_format or usual
    found = _counted(inspections, counts)
    if options.output_file is None:
        _print(found, run, wanted)
        return counts.status
    if options.tee:
        found, shown = tee(found)
        _print(shown, run, usual)
    text = "".join(report_as(wanted)(found, replace(run, style=PLAIN)))
    if reason := _not_written(options.output_file, text):
        sys.stderr.write(f"dag-lint: {options.output_file} could not be written: {reason}\n")
        return 2
    if not options.tee and not options.quiet:
        from dag_lint.report.summary import summary

        sys.stdout.write(f"{summary(counts)}\n")
    return counts.status


def _counted(inspections: Iterable[Inspection], counts: Counts) -> Iterator[Inspection]:
    """What is found, once it is counted; files without a finding are nothing to report."""
    for inspection in inspections:
        counts.add(inspection.diagnostics)
        if inspection.diagnostics:
            yield inspection


def _print(inspections: Iterable[Inspection], run: Run, name: str) -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if name not in _FOR_PEOPLE and reconfigure is not None:
        reconfigure(encoding="utf-8")
    for piece in report_as(name)(inspections, run):
        sys.stdout.write(piece)


def _not_written(path: str, text: str) -> str | None:
    """Write a file whole or not at all; the reason if it was not."""
    from dag_lint.rewriting import NotWrittenError, write_file

    content = text.encode("utf-8", "backslashreplace")
    try:
        target = Path(path)
        if target.exists() and not target.is_file():
            # A pipe or a device, such as /dev/stdout, is written to and not replaced.
            target.write_bytes(content)
        else:
            write_file(path, content)
    except NotWrittenError as error:
        return str(error)
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return None


def _places() -> Places:
    folder = Path.cwd()
    above = (one for one in (folder, *folder.parents) if os.path.lexists(one / ".git"))
    return Places(folder, next(above, folder))


def _rules() -> Mapping[str, type[Rule]]:
    from dag_lint.registry import all_rules

    return {rule.code: rule for rule in all_rules()}
