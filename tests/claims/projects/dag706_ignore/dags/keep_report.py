"""A DAG file, or not."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("keep_report", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="load")
