"""Defaults."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("defaults_implicit", start_date=datetime(2024, 1, 1), schedule="@daily"):
    EmptyOperator(task_id="t")

defaulted = DAG("defaults_later", start_date=datetime(2024, 1, 1), schedule="@daily")
defaulted.catchup = False
EmptyOperator(task_id="t", dag=defaulted)

ARGS = {"schedule": "@weekly", "start_date": datetime(2024, 1, 1), "catchup": False}
with DAG("defaults_spread", **{**ARGS, "schedule": "@monthly"}):
    EmptyOperator(task_id="t")

with DAG("defaults_inside", start_date=datetime(2024, 1, 1), schedule=None, default_args={"catchup": True}):
    EmptyOperator(task_id="t")
