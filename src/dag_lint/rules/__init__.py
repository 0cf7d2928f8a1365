"""All rules. Importing this package imports every rule: it is done when a file about Airflow is linted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.rules.argument.dag_argument_in_default_args import DagArgumentInDefaultArgs
from dag_lint.rules.discovery.duplicate_dag_id import DuplicateDagId
from dag_lint.rules.discovery.ignored_file import IgnoredFile
from dag_lint.rules.discovery.undiscovered_file import UndiscoveredFile
from dag_lint.rules.graph.external_schedule_mismatch import ExternalScheduleMismatch
from dag_lint.rules.schedule.backfill_storm import BackfillStorm
from dag_lint.rules.schedule.day_or_weekday import DayOrWeekday
from dag_lint.rules.schedule.empty_data_interval import EmptyDataInterval
from dag_lint.rules.schedule.end_before_start import EndBeforeStart
from dag_lint.rules.schedule.every_minute_of_the_hour import EveryMinuteOfTheHour
from dag_lint.rules.schedule.invalid_schedule import InvalidSchedule
from dag_lint.rules.schedule.misleading_dag_id import MisleadingDagId
from dag_lint.rules.schedule.missing_catchup import MissingCatchup
from dag_lint.rules.schedule.missing_schedule import MissingSchedule
from dag_lint.rules.schedule.missing_start_date import MissingStartDate
from dag_lint.rules.schedule.moving_start_date import MovingStartDate
from dag_lint.rules.schedule.naive_start_date import NaiveStartDate
from dag_lint.rules.schedule.pytz_tzinfo import PytzTzinfo
from dag_lint.rules.schedule.schedule_never_fires import ScheduleNeverFires
from dag_lint.rules.schedule.seconds_field import SecondsField
from dag_lint.rules.schedule.start_date_type import StartDateType
from dag_lint.rules.schedule.task_start_date import TaskStartDate
from dag_lint.rules.schedule.uneven_step import UnevenStep
from dag_lint.rules.task.heavy_processing import HeavyProcessing
from dag_lint.rules.task.row_by_row_write import RowByRowWrite
from dag_lint.rules.task.sleeping_task import SleepingTask
from dag_lint.rules.template.missing_template_file import MissingTemplateFile
from dag_lint.rules.template.script_as_template import ScriptAsTemplate

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
    MisleadingDagId,  # DAG101
    MissingCatchup,  # DAG102
    NaiveStartDate,  # DAG103
    MovingStartDate,  # DAG104
    MissingStartDate,  # DAG105
    InvalidSchedule,  # DAG106
    ScheduleNeverFires,  # DAG107
    EveryMinuteOfTheHour,  # DAG108
    UnevenStep,  # DAG109
    DayOrWeekday,  # DAG110
    PytzTzinfo,  # DAG111
    MissingSchedule,  # DAG112
    EndBeforeStart,  # DAG113
    StartDateType,  # DAG114
    BackfillStorm,  # DAG115
    SecondsField,  # DAG116
    EmptyDataInterval,  # DAG117
    TaskStartDate,  # DAG118
    ScriptAsTemplate,  # DAG201
    MissingTemplateFile,  # DAG202
    HeavyProcessing,  # DAG301
    SleepingTask,  # DAG302
    RowByRowWrite,  # DAG303
    ExternalScheduleMismatch,  # DAG514
    DagArgumentInDefaultArgs,  # DAG601
    UndiscoveredFile,  # DAG701
    DuplicateDagId,  # DAG703
    IgnoredFile,  # DAG706
)
"""Sorted by code."""
