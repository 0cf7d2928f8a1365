"""What each version takes when nothing is said."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable

START = datetime(2024, 1, 1)

for name, schedule in {
    "cron": "5 4 * * *", "spaces": "5  4 * * * ", "preset": "@daily", "midnight": "@midnight", "yearly": "@yearly",
    "annually": "@annually", "quarterly": "@quarterly", "once": "@once", "none": None, "delta": timedelta(minutes=90),
    "seconds": "0 0 * * * 30", "nth": "0 0 * * 1#2",
    "interval": CronDataIntervalTimetable("0 6 * * *", timezone="Asia/Seoul"),
    "delta_interval": DeltaDataIntervalTimetable(timedelta(hours=3)),
    "trigger": CronTriggerTimetable("0 7 * * *", timezone="UTC"),
}.items():
    with DAG(f"versions_{name}", start_date=START, schedule=schedule) as dag:
        EmptyOperator(task_id="t")

with DAG("versions_nothing", start_date=START) as dag:
    EmptyOperator(task_id="t")

with DAG("versions_bare", schedule=None) as dag:
    pass

with DAG("versions_continuous", start_date=START, schedule="@continuous", max_active_runs=1, catchup=False) as dag:
    EmptyOperator(task_id="t")
