"""A pytz zone as tzinfo."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="0 9 * * *",
    start_date=datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Seoul")),
    catchup=False,
):
    EmptyOperator(task_id="start")
