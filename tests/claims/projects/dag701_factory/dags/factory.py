"""A factory, which has the words."""

from __future__ import annotations

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator


def make(name):
    with DAG(name, schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False) as made:
        EmptyOperator(task_id="load")
    return made
