"""`dag-lint check PATH...`: lint files and folders."""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

from dag_lint.cli import baseline, output, since
from dag_lint.discovery import discover
from dag_lint.indexing import with_project_findings
from dag_lint.inspection import Inspection, Request, inspect_file
from dag_lint.selection import refused
from dag_lint.settings import SETTINGS, overrides_in

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


HELP = "lint files and folders (the default command)"
DESCRIPTION = "Lint Python files, and those in folders except what git ignores."


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=["."], help="files and folders; default: ."
    )
    for setting in SETTINGS:
        text = setting.help.replace("%", "%%")
        parser.add_argument(f"--{setting.name}", type=setting.from_option, metavar="VALUE", help=text)
    baseline.add_options(parser)
    output.add_options(parser)


def run(options: Namespace) -> int:
    """Print what is found, in the order of the files' names; the exit status."""
    overrides = overrides_in(options)
    if problem := refused(overrides):
        sys.stderr.write(f"dag-lint: {problem}\n")
        return 2
    discovery = discover(options.paths, overrides)
    request = Request(overrides, summaries=True)
    wrong = (Inspection(one.path, "", (one,)) for one in discovery.wrong)
    comparison, known = since.Since(options, request), baseline.Baselines(options, discovery.files)
    try:
        names = comparison.concerned(discovery.files)
        found = with_project_findings((inspect_file(name, request) for name in names), request)
        new = map(known.without_known, comparison.without_old(found))
        status = output.show(chain(wrong, new), len(discovery.files), options)
    except since.NotComparedError as error:
        sys.stderr.write(f"dag-lint: {error}\n")
        return 2
    return max(status, known.finish())
