"""Both ways."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.decorators import dag
import os
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

flag = os.environ.get("DAG_TRUTH")

with DAG(
    "both_ways",
    start_date=datetime(2024, 1, 1),
    schedule="@daily" if flag else "@weekly",
    catchup=bool(flag),
) as dag:
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second" if flag else "zweite")
    if flag:
        third = EmptyOperator(task_id="third")
        first >> third
    else:
        first >> second
    last = EmptyOperator(task_id="last", trigger_rule="all_done")
    for n in range(3):
        if flag and n == 1:
            break
        first >> EmptyOperator(task_id=f"loop_{n}")
    last << first
