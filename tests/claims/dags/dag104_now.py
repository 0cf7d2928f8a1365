"""The start date is another one at each parse."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@daily",
    start_date=pendulum.now("Asia/Seoul"),
    catchup=False,
):
    EmptyOperator(task_id="start")
