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
    from dag_lint.registry import all_rules, own_rules
    from dag_lint.report.documentation import summary

    known, problems = all_rules(), own_rules().problems
    widest = max((len(rule.name) for rule in known), default=0)
    for rule in known:
        sys.stdout.write(f"{rule.code}  {rule.name:{widest}}  {rule.default:3}  {summary(rule)}\n")
    for problem in problems:
        sys.stderr.write(f"dag-lint: {problem}\n")
    return 2 if problems else 0
