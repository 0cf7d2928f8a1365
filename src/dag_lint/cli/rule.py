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


NOT_ANALYSED = """\
DAG000 not-analysed

Something that could not be done. It is no pitfall of the file: it is said so that
silence is not taken for "nothing found".

Severity: error. `dag-lint check` ends with 2.

What it may be
--------------
Python cannot read the file
    Mend the syntax. A file for another version of Python is linted with that one, or
    named in `exclude`.

it is no text, it is larger than ..., it has more than ..., it is nested too deep
    No DAG file is meant to be like that: name it in `exclude`.

this does more than dag-lint follows
    The statement on that line builds more than is worth following. What was read is
    reported; where that will do, write `# noqa: DAG000` on the line.

something on a line of pyproject.toml, or about the baseline
    The message says what is ignored until it is mended.

it took too long, its process died, it could not be analysed, it could not be asked
    A bug of dag-lint, or of a rule of your own that the message names: please tell us,
    with the file.
"""


def add_options(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "code", metavar="CODE", help="the code or the name of a rule: DAG101, misleading-dag-id"
    )


def run(options: Namespace) -> int:
    """Print the documentation of the rule; the exit status."""
    if options.code.upper() == "DAG000" or options.code.lower() == "not-analysed":
        sys.stdout.write(NOT_ANALYSED)
        return 0
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
