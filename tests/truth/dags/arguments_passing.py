"""*args, **kwargs, keyword-only, defaults, partial and what becomes of them."""
from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

Echo = partial(BashOperator, bash_command="echo", trigger_rule="none_failed")


def chain_all(first, *rest, last=None, **options):
    tasks = [EmptyOperator(task_id=name, **options) for name in (first, *rest)]
    for one, other in zip(tasks, tasks[1:]):
        one >> other
    if last:
        tasks[-1] >> EmptyOperator(task_id=last)
    return tasks


def forward(*args, **kwargs):
    return chain_all(*args, **{**kwargs, "trigger_rule": "all_done"})


COMMON = dict(start_date=datetime(2024, 3, 1), catchup=False)
SPECIAL = {**COMMON, "schedule": "0 4 * * *", "catchup": True}

with DAG("arguments", **SPECIAL) as dag:
    forward("a", "b", "c", last="d")
    names = ["e", "f"]
    chain_all(*names, "g", trigger_rule="one_failed")
    Echo(task_id="h") >> Echo(task_id="i", bash_command="true") >> Echo(task_id="j", trigger_rule="always")
    make = partial(chain_all, "k", last="m")
    make("l")
