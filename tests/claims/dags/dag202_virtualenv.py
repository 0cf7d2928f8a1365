"""A text file as an argument of a callable."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.python import PythonVirtualenvOperator


def load(path):
    return path


with DAG(
    "fruit",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    PythonVirtualenvOperator(task_id="select", python_callable=load, op_args=["/data/fruit.txt"])
