"""It has the right name."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("report_right", schedule="0 3 * * *", start_date=START, catchup=False):
    ExternalTaskSensor(
        task_id="wait", external_dag_id="load", external_task_id="write", timeout=2, poke_interval=1
    )
