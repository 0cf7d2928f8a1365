"""Registration."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.decorators import dag
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator


def with_block():
    with DAG("registered_by_with", start_date=datetime(2024, 1, 1), schedule=None):
        EmptyOperator(task_id="t")


def without_block():
    dag = DAG("not_registered", start_date=datetime(2024, 1, 1), schedule=None)
    EmptyOperator(task_id="t", dag=dag)


with_block()
without_block()


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def never_called():
    EmptyOperator(task_id="t")


@dag(dag_id="called", start_date=datetime(2024, 1, 1), schedule=None)
def is_called():
    EmptyOperator(task_id="t")


is_called()

if __name__ == "__main__":
    guarded = DAG("guarded", start_date=datetime(2024, 1, 1), schedule=None)

same = DAG("same_one", start_date=datetime(2024, 1, 1), schedule=None)
same = DAG("same_two", start_date=datetime(2024, 1, 1), schedule=None)
