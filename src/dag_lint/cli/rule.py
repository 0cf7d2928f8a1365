"""`dag-lint rule CODE`: the documentation of a rule."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from dag_lint.settings import did_you_mean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


HELP = "explain a rule"
DESCRIPTION = "Explain a rule: what it finds, what happens in production, what to write instead."


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "code", metavar="CODE", help="the code or the name of a rule: DAG101, misleading-dag-id"
    )


def run(options: Namespace) -> int:
    """Print the documentation of the rule; the exit status."""
    from dag_lint.registry import all_rules
    from dag_lint.report.documentation import for_terminal

    known = {name: rule for rule in all_rules() for name in (rule.code, rule.name)}
    spellings = (options.code.upper(), options.code.lower())
    wanted = next((spelling for spelling in spellings if spelling in known), None)
    if wanted is None:
        hint = did_you_mean(spellings[0], known) or did_you_mean(spellings[1], known)
        sys.stderr.write(f'dag-lint: there is no rule "{options.code}"{hint}\n')
        return 2
    sys.stdout.write(for_terminal(known[wanted], min(shutil.get_terminal_size().columns, 88)))
    return 0
