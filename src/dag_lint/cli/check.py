"""`dag-lint check PATH...`: lint files and folders."""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

from dag_lint.cli import output
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
    found = with_project_findings((inspect_file(name, request) for name in discovery.files), request)
    return output.show(chain(wrong, found), len(discovery.files), options)
