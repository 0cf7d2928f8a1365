"""All rules. Importing this package imports every rule: it is done when a file about Airflow is linted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.rules.schedule.misleading_dag_id import MisleadingDagId
from dag_lint.rules.schedule.missing_catchup import MissingCatchup
from dag_lint.rules.schedule.moving_start_date import MovingStartDate
from dag_lint.rules.schedule.naive_start_date import NaiveStartDate
from dag_lint.rules.schedule.pytz_tzinfo import PytzTzinfo

if TYPE_CHECKING:
    from dag_lint.rule import Rule

FAMILIES = {
    "1": "schedule",
    "2": "template",
    "3": "task",
    "4": "parse_time",
    "5": "graph",
    "6": "argument",
    "7": "discovery",
    "8": "deployment",
    "9": "convention",
}
"""The folder that a rule lives in, by the first digit of its code."""

ALL_RULES: tuple[type[Rule], ...] = (
    MisleadingDagId,
    MissingCatchup,
    NaiveStartDate,
    MovingStartDate,
    PytzTzinfo,
)
"""Sorted by code."""
