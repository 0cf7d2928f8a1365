"""setup and teardown, as decorators and as methods."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import setup, task, teardown
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("setups_and_teardowns", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @setup
    def create():
        return "c"

    @teardown(on_failure_fail_dagrun=True)
    def delete(what):
        pass

    @task
    def work():
        pass

    made = create()
    made >> work() >> delete(made)

    before = EmptyOperator(task_id="before").as_setup()
    during = EmptyOperator(task_id="during")
    after = EmptyOperator(task_id="after", trigger_rule="all_success").as_teardown(setups=before)
    before >> during >> after

    with TaskGroup("inside") as inside:
        s = EmptyOperator(task_id="s").as_setup()
        w = EmptyOperator(task_id="w")
        t = EmptyOperator(task_id="t").as_teardown(setups=s)
        s >> w >> t
    inside >> EmptyOperator(task_id="beyond")
