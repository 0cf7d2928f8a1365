"""`dag-lint check PATH...`: lint files and folders."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dag_lint.discovery import discover
from dag_lint.inspection import Request, inspect_file
from dag_lint.report.concise import concise
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


def run(options: Namespace) -> int:
    """Print what is found, in the order of the files' names; the exit status."""
    overrides = overrides_in(options)
    if problem := refused(overrides):
        sys.stderr.write(f"dag-lint: {problem}\n")
        return 2
    discovery = discover(options.paths, overrides)
    request = Request(overrides)
    status = 0
    for found in (discovery.wrong, *(inspect_file(name, request).diagnostics for name in discovery.files)):
        for diagnostic in found:
            sys.stdout.write(concise(diagnostic) + "\n")
            status = max(status, 2 if diagnostic.code == "DAG000" else 1)
    return status
