"""Factory."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator

START = pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")


def build(name, schedule=None, *, steps=("one", "two"), **extra):
    dag = DAG(dag_id="made_" + name, schedule=schedule, start_date=START, **extra)
    previous = None
    for step in steps:
        current = EmptyOperator(task_id=step, dag=dag)
        if previous is not None:
            previous >> current
        previous = current
    return dag


first = build("first", "@daily", catchup=False)
second = build("second", steps=[f"s{n}" for n in range(3)], catchup=True)
globals()["third"] = build("third", "*/20 * * * *", catchup=False)
lost = [build("lost")]
