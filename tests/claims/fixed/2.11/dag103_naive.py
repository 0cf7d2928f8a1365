"""The hour of the schedule is an hour in the zone of the start date, which has none."""

from __future__ import annotations

from datetime import datetime, timezone

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "report",
    schedule="0 9 * * *",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
):
    EmptyOperator(task_id="start")
