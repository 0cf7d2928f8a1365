"""Generators, context managers of one's own, suppress."""
from contextlib import contextmanager, suppress
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup


def batches(items, size):
    for start in range(0, len(items), size):
        yield items[start : start + size]


def endless():
    number = 0
    while True:
        yield number
        number += 1


@contextmanager
def framed(name):
    begin = EmptyOperator(task_id=f"{name}_begin")
    with TaskGroup(name) as group:
        yield group
    begin >> group >> EmptyOperator(task_id=f"{name}_end")


class Named:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.first = EmptyOperator(task_id=f"{self.name}_in")
        return self.first

    def __exit__(self, *exception):
        self.first >> EmptyOperator(task_id=f"{self.name}_out")
        return False


unused = (EmptyOperator(task_id=f"unused{i}") for i in range(2))

with DAG("generators", start_date=datetime(2024, 1, 1), schedule="@monthly", catchup=False):
    before = None
    for number, batch in enumerate(batches(list("abcde"), 2)):
        tasks = [EmptyOperator(task_id=f"{letter}{number}") for letter in batch]
        if before:
            before >> tasks
        before = tasks[0]
    with framed("frame"):
        EmptyOperator(task_id="x") >> EmptyOperator(task_id="y")
    with Named("block") as first:
        first >> EmptyOperator(task_id="inside")
    with suppress(KeyError):
        EmptyOperator(task_id="kept")
    lazy = (EmptyOperator(task_id=f"lazy{i}") for i in range(2))
    made = list(lazy)
    again = list(lazy)
    EmptyOperator(task_id=f"counted_{len(made)}_{len(again)}")
