"""The id says daily; the hour is a star."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load_daily",
    schedule="10 0 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
