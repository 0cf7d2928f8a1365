"""Dates."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
import datetime as dt
from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator

DATES = {
    "naive": dt.datetime(2024, 3, 1),
    "utc": dt.datetime(2024, 3, 1, tzinfo=timezone.utc),
    "zone": dt.datetime(2024, 3, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")),
    "pendulum": pendulum.datetime(2024, 3, 1, tz="America/New_York"),
    "parsed": dt.datetime.strptime("2024-03-01", "%Y-%m-%d"),
    "moved": pendulum.datetime(2024, 3, 31).add(months=1) - timedelta(days=1),
    "iso": dt.datetime.fromisoformat("2024-03-01T05:00:00+02:00"),
}

for name, date in DATES.items():
    with DAG(
        f"date_{name}",
        start_date=date,
        end_date=date + timedelta(days=400),
        schedule="0 9 * * 1-5",
        catchup=True,
    ):
        EmptyOperator(task_id="t")

with DAG(
    "date_in_args", default_args={"start_date": dt.datetime(2024, 5, 1)}, schedule="@monthly", catchup=False
):
    EmptyOperator(task_id="t")
with DAG("date_as_text", default_args={"start_date": "2024-05-01"}, schedule="@yearly", catchup=False):
    EmptyOperator(task_id="t")
