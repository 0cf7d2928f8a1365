"""A schedule as times: what it is, how often it runs, in words, and what a dag_id claims of it.

Pure: knows no syntax tree, no file and no clock. croniter is imported when a cron needs it.
"""

from dag_lint.schedule.claims import Claim, read_claim
from dag_lint.schedule.cron import Cron, RefusedCron, parse_cron
from dag_lint.schedule.cron_traps import (
    UnevenStep,
    every_minute_fix,
    every_minute_of_one_hour,
    nth_weekday_fix,
    skipped_months,
    uneven_step,
)
from dag_lint.schedule.judgement import Mismatch, judge
from dag_lint.schedule.model import IMPLICIT_2X_SCHEDULE, InvalidSchedule, Kind, Schedule
from dag_lint.schedule.rhythm import Rhythm, rhythm_of, shortest_gap
from dag_lint.schedule.values import (
    asset_or_time,
    cron_timetable,
    delta_timetable,
    events_timetable,
    multiple_cron,
    other_timetable,
    schedule_from_value,
)
from dag_lint.schedule.words import describe, describe_briefly, rate_in_words, runs_per_year

__all__ = [
    "IMPLICIT_2X_SCHEDULE",
    "Claim",
    "Cron",
    "InvalidSchedule",
    "Kind",
    "Mismatch",
    "RefusedCron",
    "Rhythm",
    "Schedule",
    "UnevenStep",
    "asset_or_time",
    "cron_timetable",
    "delta_timetable",
    "describe",
    "describe_briefly",
    "events_timetable",
    "every_minute_fix",
    "every_minute_of_one_hour",
    "judge",
    "multiple_cron",
    "nth_weekday_fix",
    "other_timetable",
    "parse_cron",
    "rate_in_words",
    "read_claim",
    "rhythm_of",
    "runs_per_year",
    "schedule_from_value",
    "shortest_gap",
    "skipped_months",
    "uneven_step",
]
