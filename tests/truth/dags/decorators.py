"""Decorators."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
import functools
from contextlib import contextmanager
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator


def named(prefix):
    def wrap(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            task = function(*args, **kwargs)
            EmptyOperator(task_id=f"{prefix}_{task.task_id}") >> task
            return task

        return inner

    return wrap


@named("before")
def step(name):
    return EmptyOperator(task_id=name)


@contextmanager
def fenced(name):
    first = EmptyOperator(task_id=f"{name}_in")
    inside = []
    yield inside
    first >> inside >> EmptyOperator(task_id=f"{name}_out")


shorter = functools.partial(EmptyOperator, trigger_rule="one_success")

with DAG("decorators", start_date=datetime(2024, 1, 1), schedule=None):
    step("a") >> step("b")
    with fenced("x") as box:
        box.append(shorter(task_id="boxed"))
