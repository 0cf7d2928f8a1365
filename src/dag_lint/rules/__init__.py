"""The rules, sorted by code. A module is imported when a file is linted, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dag_lint.rule import Rule

ALL_RULES: tuple[Rule, ...] = ()
