"""A text from stdin in the place of files: `-` and `--stdin-filename`, as editors use them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import not_analysed
from dag_lint.discovery import wrong_settings
from dag_lint.inspection import Inspection, inspect, settings_for
from dag_lint.reading import decode_python
from dag_lint.selection import is_excluded
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile
from dag_lint.target import project_root

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from dag_lint.inspection import Request

STDIN = "-"
_FOR_FILES = ("add-noqa", "fix", "diff")
_LIMIT = 4 * MAXIMUM_CHARACTERS


def add_options(parser: ArgumentParser) -> None:
    """Declare the name that the text has."""
    parser.add_argument(
        "--stdin-filename",
        metavar="FILE",
        help="with -: the file whose text comes by stdin; its project's settings count, and findings carry it",
    )


def misused(options: Namespace) -> str | None:
    """What is wrong with the request, if anything is."""
    if STDIN in options.paths and len(options.paths) > 1:
        return "- stands alone: stdin holds the text of one file"
    if options.stdin_filename is not None and STDIN not in options.paths:
        return "--stdin-filename names the text of stdin: write - as the path"
    given = [name for name in _FOR_FILES if getattr(options, name.replace("-", "_"))]
    if given and STDIN in options.paths:
        return f"--{given[0]} works on files, and stdin is none"
    return None


def inspections(options: Namespace, request: Request) -> Iterator[Inspection]:
    """What is found in the text, after what is wrong with its project's settings.

    A text without a name belongs to no project, as for flake8.
    """
    name = options.stdin_filename
    if name is not None:
        root = project_root(Path(name))
        if root is not None:
            for wrong in wrong_settings(root, request.overrides):
                yield Inspection(wrong.path, "", (wrong,))
        if is_excluded(name, settings_for(name, request.overrides), root):
            return
    content = sys.stdin.buffer.read(_LIMIT + 1)
    shown = "stdin" if name is None else name
    if len(content) > _LIMIT:
        reason = f"the text could not be read: it is larger than {_LIMIT:,} bytes"
        yield Inspection(shown, "", (not_analysed(shown, reason),))
        return
    yield inspect(SourceFile(shown, decode_python(content), None if name is None else Path(name)), request)
