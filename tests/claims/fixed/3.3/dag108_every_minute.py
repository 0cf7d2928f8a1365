"""A star for the minute under one fixed hour."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="0 6 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
