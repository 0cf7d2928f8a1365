"""The id says every three hours; the number stands in the field of the minutes."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "shedule_3_hour",
    schedule="0 */3 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="start")
