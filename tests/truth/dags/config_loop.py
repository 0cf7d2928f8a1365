"""Config loop."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

CONFIG = {"north": {"hour": 3, "tables": ["a", "b"]}, "south": {"hour": 5, "tables": ["c"]}}

for region, settings in CONFIG.items():
    with DAG(
        f"load_{region}",
        schedule=f"0 {settings['hour']} * * *",
        start_date=datetime(2024, 1, 1),
        catchup=False,
        tags=[region],
    ):
        start = EmptyOperator(task_id="start")
        for number, table in enumerate(settings["tables"], start=1):
            start >> BashOperator(task_id=f"{number:02d}_{table.upper()}", bash_command=f"echo {table}")
