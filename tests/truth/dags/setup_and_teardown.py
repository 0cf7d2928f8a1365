"""Setup and teardown."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.utils.task_group import TaskGroup
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("setup_and_teardown", start_date=datetime(2024, 1, 1), schedule=None):
    up = EmptyOperator(task_id="up")
    work = EmptyOperator(task_id="work")
    down = EmptyOperator(task_id="down", trigger_rule="all_done").as_teardown(setups=up)
    up >> work >> down
    with TaskGroup("inside") as inside:
        create = EmptyOperator(task_id="create").as_setup()
        use = EmptyOperator(task_id="use")
        create >> use >> EmptyOperator(task_id="drop").as_teardown(setups=create)
    inside >> EmptyOperator(task_id="end")
