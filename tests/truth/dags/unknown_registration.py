"""DAGs that may or may not be there."""
import os
from datetime import datetime

from airflow import DAG
from airflow.decorators import dag, task
from airflow.providers.standard.operators.empty import EmptyOperator

SWITCH = bool(os.getenv("DAG_TRUTH"))


def build(name):
    made = DAG(name, start_date=datetime(2024, 1, 1), schedule=None)
    EmptyOperator(task_id="t", dag=made)
    return made


if SWITCH:
    first = build("registered_when_switched")
else:
    second = build("registered_when_not")

third = build("always_one") if SWITCH else build("always_other")
fourth = build("fourth")
if SWITCH:
    fourth = build("fourth_replaced")
if not SWITCH:
    with DAG("with_when_not", start_date=datetime(2024, 1, 1), schedule=None):
        EmptyOperator(task_id="t")


def early(flag):
    if flag:
        return
    with DAG("after_return", start_date=datetime(2024, 1, 1), schedule=None):
        EmptyOperator(task_id="t")


early(SWITCH)


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def decorated():
    @task
    def work():
        pass

    work()


if SWITCH:
    decorated()
