"""It has the delta."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("report_right", schedule="0 5 * * *", start_date=START, catchup=False):
    ExternalTaskSensor(
        task_id="two_hours",
        external_dag_id="load",
        execution_delta=timedelta(hours=2),
        timeout=2,
        poke_interval=1,
    )
