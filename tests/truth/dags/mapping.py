"""Mapping."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.decorators import task
from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator

with DAG("mapping", start_date=datetime(2024, 1, 1), schedule=None):

    @task
    def numbers():
        return [1, 2]

    @task
    def add(a, b):
        return a + b

    BashOperator.partial(task_id="bash", do_xcom_push=False).expand(bash_command=["echo 1", "echo 2"])
    many = add.partial(a=1).expand(b=numbers())
    add.override(task_id="sum")(many, numbers.override(task_id="more")())
    PythonOperator.partial(task_id="python", python_callable=print, trigger_rule="all_done").expand_kwargs(
        many
    )
    third = BashOperator(task_id="uses", bash_command="echo", env={"X": many})
    third.output >> EmptyOperator(task_id="end")
