"""`dag-lint check PATH...`: lint files and folders."""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

from dag_lint.cli import add_noqa, baseline, effort, fixes, output, since, standard_input
from dag_lint.cli.progress import with_progress
from dag_lint.discovery import discover
from dag_lint.indexing import with_project_findings
from dag_lint.inspecting import inspect_all
from dag_lint.inspection import Inspection, Request
from dag_lint.selection import refused
from dag_lint.settings import SETTINGS, overrides_in

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence


HELP = "lint files and folders (the default command)"
DESCRIPTION = "Lint Python files, and those in folders except what git ignores."


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        default=["."],
        help="files and folders, or - for stdin; default: .",
    )
    for setting in SETTINGS:
        text = setting.help.replace("%", "%%")
        parser.add_argument(f"--{setting.name}", type=setting.from_option, metavar="VALUE", help=text)
    standard_input.add_options(parser)
    fixes.add_options(parser)
    baseline.add_options(parser)
    add_noqa.add_options(parser)
    output.add_options(parser)
    effort.add_options(parser)


def run(options: Namespace) -> int:
    """Print what is found, in the order of the files' names; the exit status."""
    overrides = overrides_in(options)
    if problem := standard_input.misused(options) or baseline.misused(options) or refused(overrides):
        sys.stderr.write(f"dag-lint: {problem}\n")
        return 2
    try:
        return _run(options, Request(overrides, fixes=True, summaries=True))
    except since.NotComparedError as error:
        sys.stderr.write(f"dag-lint: {error}\n")
        return 2


def _run(options: Namespace, request: Request) -> int:
    comparison = since.Since(options, request)
    files: Sequence[str]
    if options.paths == [standard_input.STDIN]:
        files = (options.stdin_filename or "stdin",)
        found = standard_input.inspections(options, request)
    else:
        discovery = discover(options.paths, request.overrides)
        files = discovery.files
        wrong = (Inspection(one.path, "", (one,)) for one in discovery.wrong)
        concerned = comparison.concerned(files)
        inspected = inspect_all(concerned, request, effort.given(options))
        found = chain(wrong, inspected if options.quiet else with_progress(inspected, len(concerned)))
    found = comparison.learnt(found)
    known = baseline.Baselines(options, files)
    mending = fixes.Fixes(options, request, lambda one: known.reported(comparison.without_old(one)))
    if options.diff:
        return mending.show_diff(found)
    after = with_project_findings(mending.carried_out(found), request)
    inspections = map(known.without_known, map(comparison.without_old, after))
    if options.add_noqa:
        return add_noqa.add_noqa(inspections)
    status = mending.status(output.show(inspections, len(files), options))
    status = max(status, known.finish())
    mending.say()
    return 0 if options.exit_zero and status == 1 else status
