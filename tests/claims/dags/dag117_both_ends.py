"""Both ends of the data interval bound a query."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG(
    "load",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    BashOperator(
        task_id="start",
        bash_command="echo from {{ data_interval_start }} to {{ data_interval_end }}",
    )
