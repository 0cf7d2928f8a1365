"""A pytz zone as tzinfo."""

from __future__ import annotations

from datetime import datetime

import pytz
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="0 9 * * *",
    start_date=datetime(2024, 1, 1, tzinfo=pytz.timezone("Asia/Seoul")),
    catchup=False,
):
    EmptyOperator(task_id="start")
