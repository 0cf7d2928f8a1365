"""`dag-lint check PATH...`: lint files and folders."""

from __future__ import annotations

import ast
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.cli.selection import Selection, codes
from dag_lint.diagnostic import not_analysed
from dag_lint.reading import NotReadableError, decode_python, read_bytes
from dag_lint.report.concise import concise
from dag_lint.settings import SETTINGS, overrides_in, settings_under
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile
from dag_lint.suppress import without_suppressed
from dag_lint.target import project_root
from dag_lint.walk import find_files

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from dag_lint.diagnostic import Diagnostic


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


def run(options: Namespace) -> int:
    """Print what is found, in the order of the files' names; the exit status."""
    selection = Selection(options.select, options.extend_select, options.ignore)
    if selection != Selection():
        from dag_lint.rules import ALL_RULES

        if refused := selection.unknown(rule.code for rule in ALL_RULES):
            sys.stderr.write(f"dag-lint: {refused}\n")
            return 2
    checking = _Check(overrides_in(options), selection.switched_on())
    files, wrong = find_files(options.paths)
    status = 0
    for found in (wrong, *map(checking.file, files)):
        for diagnostic in found:
            if selection.admits(diagnostic.code):
                sys.stdout.write(concise(diagnostic) + "\n")
                status = max(status, 2 if diagnostic.code == "DAG000" else 1)
    return status


class _Check:
    """One run: what it was asked for, and the projects whose wrong settings it has reported."""

    def __init__(self, overrides: dict[str, object], switched_on: frozenset[str]) -> None:
        self._overrides = overrides
        self._switched_on = switched_on
        self._reported: set[Path] = set()

    def file(self, name: str) -> list[Diagnostic]:
        """What is found in a file, in the order of its lines."""
        try:
            text = decode_python(read_bytes(name, 4 * MAXIMUM_CHARACTERS))
        except NotReadableError as error:
            return [not_analysed(name, f"the file could not be read: {error}")]
        source = SourceFile(name, text, Path(name))
        if not source.mentions_airflow():
            return []
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except SyntaxError as error:
            column = max((error.offset or 1) - 1, 0)
            return [
                not_analysed(name, f"Python cannot read the file: {error.msg}", error.lineno or 1, column)
            ]
        except (ValueError, MemoryError, RecursionError) as error:
            return [not_analysed(name, f"Python cannot read the file: {type(error).__name__}")]
        return self._lint(source, tree)

    def _lint(self, source: SourceFile, tree: ast.AST) -> list[Diagnostic]:
        from dag_lint.lint import lint

        root = project_root(Path(source.path))
        settings, problem = settings_under(root, self._overrides)
        settings = replace(settings, enable=settings.enable | self._switched_on)
        try:
            found = lint(source, settings, tree)
        except Exception as error:  # one file that we do not survive must not hide the findings of the others
            found = [not_analysed(source.path, f"it could not be analysed: {type(error).__name__}")]
        found = sorted(without_suppressed(found, source), key=lambda one: (one.span.start, one.code))
        if root is not None and problem is not None and root not in self._reported:
            self._reported.add(root)
            found.insert(0, not_analysed(source.path, problem))
        return found
