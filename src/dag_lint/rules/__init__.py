"""The rules, sorted by code. A module is imported when a file is linted, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.rules.argument.dag_argument_in_default_args import DagArgumentInDefaultArgs
from dag_lint.rules.template.missing_template_file import MissingTemplateFile
from dag_lint.rules.template.script_as_template import ScriptAsTemplate

if TYPE_CHECKING:
    from dag_lint.rule import Rule

ALL_RULES: tuple[Rule, ...] = (
    ScriptAsTemplate(),
    MissingTemplateFile(),
    DagArgumentInDefaultArgs(),
)
