"""The command line: `dag-lint check`, `dag-lint config`, `dag-lint model`, `dag-lint rule`, `dag-lint rules`,
`dag-lint schedule`."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from dag_lint import __version__
from dag_lint.cli import check, config, model, rule, rules, schedule
from dag_lint.settings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": check,
    "config": config,
    "model": model,
    "rule": rule,
    "rules": rules,
    "schedule": schedule,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, `check` if none is named; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    _refuse_unknown_command(parser, given)
    if not given or given[0] not in (*COMMANDS, "-h", "--help", "--version"):
        given.insert(0, "check")
    _never_fail_to_print()
    try:
        options = parser.parse_args(given)
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dag-lint",
        description="A linter for Apache Airflow DAG files. Without a command it checks: dag-lint dags/",
        epilog="Exit status: 0 nothing found, 1 something found, 2 something could not be done.",
    )
    parser.add_argument("--version", action="version", version=f"dag-lint {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        own = commands.add_parser(
            name, help=command.HELP, description=command.DESCRIPTION, epilog=parser.epilog
        )
        command.add_options(own)
        own.set_defaults(run=command.run)
    return parser


def _refuse_unknown_command(parser: argparse.ArgumentParser, given: list[str]) -> None:
    """A mistyped command would otherwise be a missing file."""
    if given and not given[0].startswith("-") and given[0] not in COMMANDS and not os.path.lexists(given[0]):
        hint = did_you_mean(given[0], COMMANDS)
        if hint:
            parser.error(f'there is no command and no file "{given[0]}"{hint}')


def _never_fail_to_print() -> None:
    """Messages hold Korean and file names anything: what the terminal cannot show is escaped."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
