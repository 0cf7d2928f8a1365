"""Groups of one name, with a suffix where that is asked for."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("group_collisions", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    before = None
    for number in range(3):
        with TaskGroup("same", add_suffix_on_collision=True) as group:
            EmptyOperator(task_id="t")
        if before:
            before >> group
        before = group

    @task_group
    def block(name, rule="all_success"):
        @task(trigger_rule=rule)
        def work(value):
            return value

        return work(work(name))

    first = block("a")
    second = block("b", rule="all_done")
    first >> second
    block.override(group_id="other")("c")

    @task_group(group_id="named", default_args={"trigger_rule": "one_success"})
    def configured():
        EmptyOperator(task_id="x")
        EmptyOperator(task_id="y", trigger_rule="none_failed")

    second >> configured()
