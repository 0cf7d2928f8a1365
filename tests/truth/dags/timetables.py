"""Timetables."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.timetables.interval import CronDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable
from dateutil.relativedelta import relativedelta

SCHEDULES = [
    "5 4 * * *",
    "@once",
    None,
    "@continuous",
    "@midnight",
    "@quarterly",
    timedelta(minutes=90),
    relativedelta(months=1),
    CronTriggerTimetable("0 1 * * *", timezone="UTC"),
    CronDataIntervalTimetable("0 2 * * 1#1", timezone="Asia/Seoul"),
]

for number, schedule in enumerate(SCHEDULES):
    with DAG(
        f"timetable_{number}",
        schedule=schedule,
        start_date=datetime(2024, 1, 1),
        max_active_runs=1,
        catchup=False,
    ):
        EmptyOperator(task_id="t")
