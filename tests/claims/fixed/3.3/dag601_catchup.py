"""catchup where it does not reach the DAG."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@hourly",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    default_args={"retries": 2},
):
    EmptyOperator(task_id="start")
