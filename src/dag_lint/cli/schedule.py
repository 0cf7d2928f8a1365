"""`dag-lint schedule FILE...`: what will run, and when."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentTypeError
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.inspection import read_source, settings_for
from dag_lint.pyproject import FILE
from dag_lint.reading import NotReadableError
from dag_lint.selection import problems_of
from dag_lint.settings import SETTINGS, overrides_in
from dag_lint.target import project_root

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from dag_lint.report.schedule import DagSchedule

HELP = "show what will run, and when"
DESCRIPTION = (
    "Show for each DAG its schedule in words, the next runs, and what un-pausing it would start, as Airflow "
    "computes them. Nothing is run."
)

_OPTIONS = (
    "airflow-version",
    "catchup-by-default",
    "create-cron-data-intervals",
    "create-delta-data-intervals",
    "default-timezone",
)
"""The settings that decide when a DAG runs."""

MAXIMUM_COUNT = 1000
_YEARS = range(1970, 2200)
"""The years that --at takes: before and after them, clocks and time zones mean nothing."""


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="DAG files")
    parser.add_argument(
        "--at",
        type=_moment,
        metavar="TIME",
        help="the moment of un-pausing, as in 2024-06-15T10:30, in UTC unless it has an offset; default: now",
    )
    parser.add_argument(
        "--count",
        type=_count,
        default=5,
        metavar="N",
        help=f"how many runs to show, 1 to {MAXIMUM_COUNT}; default: 5",
    )
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--explain", action="store_true", help="say what the columns mean")
    for setting in SETTINGS:
        if setting.name in _OPTIONS:
            text = setting.help.replace("%", "%%")
            parser.add_argument(f"--{setting.name}", type=setting.from_option, metavar="VALUE", help=text)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        shown = one_line(text, 40)
        raise ArgumentTypeError(f'"{shown}" is no time; write it like 2024-06-15T10:30:00+00:00') from None
    if moment.year not in _YEARS:
        raise ArgumentTypeError(f"write a year from {_YEARS[0]} to {_YEARS[-1]}")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= MAXIMUM_COUNT:
        raise ArgumentTypeError(f"write a number from 1 to {MAXIMUM_COUNT}")
    return int(text)


def run(options: Namespace) -> int:
    """Print the schedules of each file in the order given; the exit status."""
    from dag_lint.report.schedule import schedule_as_text, schedules_as_json

    at = options.at or datetime.now(timezone.utc).replace(microsecond=0)
    dags: list[DagSchedule] = []
    without: list[tuple[str, int]] = []
    failed = False
    warned: set[Path] = set()
    for name in options.files:
        try:
            found, unseen = _read(name, options, at)
        except _NothingKnownError as error:
            failed = True
            sys.stderr.write(f"{one_line(f'{name}: {error}')}\n")
            continue
        dags.extend(found)
        if not found:
            without.append((name, unseen))
        root = project_root(Path(name))
        if root is not None and root not in warned:
            # One pyproject.toml speaks for many files.
            warned.add(root)
            for problem in problems_of(root):
                sys.stderr.write(f"{one_line(f'{root / FILE}:{problem.line}: {problem.message}')}\n")
    if options.output_format == "json":
        sys.stdout.write(schedules_as_json(dags))
    else:
        sys.stdout.write(schedule_as_text(dags, without, explain=options.explain))
    return 2 if failed else 0


class _NothingKnownError(Exception):
    """A file of which nothing can be said; its text says why."""


def _read(name: str, options: Namespace, at: datetime) -> tuple[list[DagSchedule], int]:
    """The DAGs of a file, and how many more Airflow does not see."""
    from dag_lint.lint import NotAnalysedError
    from dag_lint.outlook import outlooks
    from dag_lint.report.schedule import DagSchedule

    try:
        source = read_source(name)
        settings = settings_for(name, overrides_in(options))
        found = outlooks(source, settings, at, options.count)
    except NotReadableError as error:
        raise _NothingKnownError(f"the file could not be read: {error}") from None
    except SyntaxError as error:
        where = "" if error.lineno is None else f" (line {error.lineno})"
        raise _NothingKnownError(f"Python cannot read the file: {error.msg}{where}") from None
    except NotAnalysedError as error:
        raise _NothingKnownError(str(error)) from None
    except Exception as error:  # one file that we do not survive must not hide the others
        raise _NothingKnownError(f"it could not be analysed: {type(error).__name__}") from None
    dags = [
        DagSchedule(name, dag.dag_id, dag.line, dag.schedule, dag.timezone, dag.forecasts, dag.unknown)
        for dag in found.dags
    ]
    return dags, found.unseen
