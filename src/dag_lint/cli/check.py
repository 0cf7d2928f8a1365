"""`dag-lint check PATH...`: lint files and folders."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dag_lint.cli import output
from dag_lint.cli.selection import Selection, codes
from dag_lint.diagnostic import not_analysed
from dag_lint.indexing import with_project_findings
from dag_lint.inspection import Inspection, Request, inspect_file
from dag_lint.settings import SETTINGS, overrides_in
from dag_lint.walk import find_files

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator
    from pathlib import Path


HELP = "lint files and folders (the default command)"
DESCRIPTION = "Lint Python files, and those in folders except what git ignores."


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=["."], help="files and folders; default: ."
    )
    for name, text in (
        ("select", "report only these rules: codes or their beginnings, separated by commas"),
        ("extend-select", "switch these rules on beside the others: those that are off by default too"),
        ("ignore", "report none of these rules, unless a longer beginning selects them"),
    ):
        parser.add_argument(f"--{name}", type=codes, metavar="CODES", default=(), help=text)
    for setting in SETTINGS:
        text = setting.help.replace("%", "%%")
        parser.add_argument(f"--{setting.name}", type=setting.from_option, metavar="VALUE", help=text)
    output.add_options(parser)


def run(options: Namespace) -> int:
    """Print what is found, in the order of the files' names; the exit status."""
    selection = Selection(options.select, options.extend_select, options.ignore)
    if selection != Selection():
        from dag_lint.registry import all_rules

        if refused := selection.unknown(rule.code for rule in all_rules()):
            sys.stderr.write(f"dag-lint: {refused}\n")
            return 2
    request = Request(overrides_in(options), selection.switched_on(), summaries=True)
    files, wrong = find_files(options.paths)
    missing = (Inspection(one.path, "", (one,)) for one in wrong)
    found = (
        replace(one, diagnostics=tuple(found for found in one.diagnostics if selection.admits(found.code)))
        for one in chain(missing, _inspected(files, request))
    )
    return output.show(found, len(files), options)


def _inspected(files: Iterable[str], request: Request) -> Iterator[Inspection]:
    """What is found in the files; what is wrong with a project's settings is said at its first file."""
    reported: set[Path] = set()
    for inspection in with_project_findings((inspect_file(name, request) for name in files), request):
        root, problem = inspection.root, inspection.problem
        if root is not None and problem is not None and root not in reported:
            reported.add(root)
            told = not_analysed(inspection.path, problem)
            inspection = replace(inspection, diagnostics=(told, *inspection.diagnostics))
        yield inspection
