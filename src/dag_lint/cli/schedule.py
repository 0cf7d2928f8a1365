"""`dag-lint schedule FILE...`: what will run, and when."""

from __future__ import annotations

import sys
import warnings
from argparse import ArgumentTypeError
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.reading import NotReadableError, decode_python, read_bytes
from dag_lint.settings import SETTINGS, overrides_in, settings_under
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile
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


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="DAG files")
    parser.add_argument(
        "--at", type=_moment, metavar="TIME", help="the moment of un-pausing, such as 2024-06-15T10:30; now"
    )
    parser.add_argument(
        "--count",
        type=_count,
        default=5,
        metavar="N",
        help=f"how many runs to show, up to {MAXIMUM_COUNT}; 5",
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
        raise ArgumentTypeError(f'"{text}" is no time; write it like 2024-06-15T10:30:00+00:00') from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAXIMUM_COUNT:
        raise ArgumentTypeError(f"write a number from 1 to {MAXIMUM_COUNT}")
    return int(text)


def run(options: Namespace) -> int:
    """Print the schedules of each file in the order given; the exit status."""
    from dag_lint.report.schedule import schedule_as_text, schedules_as_json

    at = options.at or datetime.now(timezone.utc)
    dags: list[DagSchedule] = []
    problems: list[str] = []
    for name in options.files:
        found, problem = _read(name, options, at)
        dags.extend(found)
        if problem is not None:
            problems.append(one_line(f"{name}: {problem}"))
    if options.output_format == "json":
        sys.stdout.write(schedules_as_json(dags))
    elif dags:
        sys.stdout.write(schedule_as_text(dags, explain=options.explain))
    elif not problems:
        sys.stdout.write("No DAG is registered in what was given.\n")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 2 if problems else 0


def _read(name: str, options: Namespace, at: datetime) -> tuple[list[DagSchedule], str | None]:
    """The DAGs of a file, or why nothing can be said of it."""
    from dag_lint.lint import NotAnalysedError
    from dag_lint.outlook import outlooks
    from dag_lint.report.schedule import DagSchedule

    try:
        source = SourceFile(name, decode_python(read_bytes(name, 4 * MAXIMUM_CHARACTERS)), Path(name))
        settings, _ = settings_under(project_root(Path(name)), overrides_in(options))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = outlooks(source, settings, at, options.count)
    except NotReadableError as error:
        return [], f"the file could not be read: {error}"
    except SyntaxError as error:
        return [], f"Python cannot read the file: {error.msg} (line {error.lineno})"
    except NotAnalysedError as error:
        return [], str(error)
    except Exception as error:  # one file that we do not survive must not hide the others
        return [], f"it could not be analysed: {type(error).__name__}"
    return [
        DagSchedule(name, dag.dag_id, dag.line, dag.schedule, dag.timezone, dag.forecasts, dag.unknown)
        for dag in found
    ], None
