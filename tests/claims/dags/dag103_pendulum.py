"""A date without a zone beside a pendulum duration."""

from __future__ import annotations

from datetime import datetime

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "report",
    schedule="0 9 * * *",
    start_date=datetime(2024, 1, 1),
    catchup=False,
    default_args={"retry_delay": pendulum.duration(minutes=5)},
):
    EmptyOperator(task_id="start")
