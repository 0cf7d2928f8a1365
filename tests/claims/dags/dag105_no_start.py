"""No start date from anywhere."""

from __future__ import annotations

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG(
    "load",
    schedule="@daily",
    catchup=False,
):
    EmptyOperator(task_id="start")
