"""`dag-lint rules`: all rules, one a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


HELP = "list all rules"
DESCRIPTION = "List all rules: code, name, default, what it finds."


def add_options(_parser: ArgumentParser) -> None:
    """The command takes nothing."""


def run(_options: Namespace) -> int:
    """Print the list; the exit status."""
    from dag_lint.report.documentation import summary
    from dag_lint.rules import ALL_RULES

    widest = max((len(rule.name) for rule in ALL_RULES), default=0)
    for rule in ALL_RULES:
        sys.stdout.write(f"{rule.code}  {rule.name:{widest}}  {rule.default:3}  {summary(rule)}\n")
    return 0
