"""A text file as an argument of a callable."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.python import PythonVirtualenvOperator

with DAG(
    "fruit",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    PythonVirtualenvOperator(task_id="select", python_callable=print, op_args=["/data/fruit.txt"])
