"""Group functions."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.decorators import task, task_group
import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("group_functions", start_date=pendulum.datetime(2024, 1, 1), schedule="@daily", catchup=False):

    @task
    def give():
        return 1

    @task
    def take(value):
        return value

    @task_group
    def block(value):
        return take(take(value))

    @task_group(group_id="named")
    def other(value):
        take(value)

    first = block(give())
    block(first)
    other(first) >> EmptyOperator(task_id="end")
