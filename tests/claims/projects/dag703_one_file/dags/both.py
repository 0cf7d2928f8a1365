"""Two DAGs of one dag_id."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("load", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="of_one")

with DAG("load", schedule="@daily", start_date=START, catchup=False):
    EmptyOperator(task_id="of_two")
