"""A binary tree of tasks, built by a function that calls itself."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup


def tree(depth, name):
    node = EmptyOperator(task_id=name)
    if depth > 0:
        for side in ("l", "r"):
            node >> tree(depth - 1, f"{name}{side}")
    return node


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def nested(levels):
    if not levels:
        return EmptyOperator(task_id="bottom")
    with TaskGroup(levels[0]):
        return nested(levels[1:])


with DAG("recursion", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    root = tree(2, "t")
    EmptyOperator(task_id="even" if even(6) else "odd") >> root
    nested(["a", "b", "c"])
