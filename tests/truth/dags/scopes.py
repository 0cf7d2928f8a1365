"""Scopes."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

COUNT = 0


def counted(prefix="n"):
    global COUNT
    COUNT += 1
    return f"{prefix}{COUNT}"


def maker(dag):
    made = []

    def inner(name, *, after=None, **kwargs):
        task = EmptyOperator(task_id=name, dag=dag, **kwargs)
        if after:
            after >> task
        made.append(task)
        return task

    return inner, made


with DAG("scopes", start_date=datetime(2024, 1, 1), schedule=None) as scopes:
    make, made = maker(scopes)
    a = make(counted())
    b = make(counted("m"), after=a, trigger_rule="none_failed")
    c = make(counted(), after=made[-1])
    make("last", after=made[0])
