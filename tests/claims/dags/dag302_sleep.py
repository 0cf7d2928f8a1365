"""A task that waits by sleeping."""

from __future__ import annotations

import time

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.python import PythonOperator


def pause():
    time.sleep(12)


with DAG(
    "wait",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    PythonOperator(task_id="pause", python_callable=pause)
