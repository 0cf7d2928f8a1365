"""A text as the start date."""

from __future__ import annotations

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@daily",
    start_date="2024-01-01",
    catchup=False,
):
    EmptyOperator(task_id="start")
