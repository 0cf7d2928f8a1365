"""Decorators of one's own around functions, around @task, and on classes."""
import functools
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.providers.standard.operators.empty import EmptyOperator

REGISTRY = {}


def register(function):
    REGISTRY[function.__name__] = function
    return function


def twice(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return [function(*args, **kwargs), function(*args, suffix="_again", **kwargs)]

    return wrapper


def prefixed(prefix):
    def decorate(function):
        def wrapper(name, **kwargs):
            return function(f"{prefix}_{name}", **kwargs)

        return wrapper

    return decorate


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("running")
        return function(*args, **kwargs)

    return wrapper


@register
def alpha():
    return EmptyOperator(task_id="alpha")


@register
def beta():
    return EmptyOperator(task_id="beta")


@twice
@prefixed("p")
def leaf(name, suffix=""):
    return EmptyOperator(task_id=name + suffix)


with DAG("own_decorators", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, function in sorted(REGISTRY.items()):
        function()
    one, other = leaf("leaf")
    one >> other

    @task
    @logged
    def inner():
        return 1

    @task(task_id="renamed", trigger_rule="all_done")
    def outer(value):
        return value

    outer(inner())
