"""It waits at five for what is there at three."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

START = pendulum.datetime(2024, 1, 1, tz="UTC")

with DAG("report", schedule="0 5 * * *", start_date=START, catchup=False):
    ExternalTaskSensor(task_id="same_date", external_dag_id="load", timeout=2, poke_interval=1)
