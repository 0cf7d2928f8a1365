"""How a run does its work: `--jobs`."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from dag_lint.inspecting import MOST_WORKERS, Effort

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_options(parser: ArgumentParser) -> None:
    """Declare what changes the time of a run and not what it finds."""
    group = parser.add_argument_group("speed")
    group.add_argument(
        "--jobs",
        type=_jobs,
        metavar="NUMBER",
        help="worker processes that share the files; 1: none, this process does it all; "
        "auto, the default: by the number of files and processors",
    )


def given(options: Namespace) -> Effort:
    """What was asked for."""
    return Effort(options.jobs)


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_WORKERS):
        raise ArgumentTypeError(f'write a number from 1 to {MOST_WORKERS}, or "auto"')
    return int(text)
