"""How a run does its work: `--jobs`, `--cache-dir`, `--no-cache`."""

from __future__ import annotations

import os
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
    group.add_argument(
        "--cache-dir",
        metavar="FOLDER",
        default=os.environ.get("DAG_LINT_CACHE_DIR") or None,
        help="where to keep what was found in files, for the next run; default: the environment variable "
        "DAG_LINT_CACHE_DIR, else the folder of the platform for such things",
    )
    group.add_argument(
        "--no-cache",
        action="store_true",
        default=bool(os.environ.get("DAG_LINT_NO_CACHE")),
        help="analyse every file again, and keep nothing; also by the environment variable DAG_LINT_NO_CACHE",
    )


def given(options: Namespace) -> Effort:
    """What was asked for."""
    return Effort(options.jobs, None if options.no_cache else options.cache_dir or _usual_folder())


def _usual_folder() -> str:
    # Imported here: needed by a run that lints, and by no other command.
    from platformdirs import user_cache_dir

    return user_cache_dir("dag-lint", appauthor=False)


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_WORKERS):
        raise ArgumentTypeError(f'write a number from 1 to {MOST_WORKERS}, or "auto"')
    return int(text)
