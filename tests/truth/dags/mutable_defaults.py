"""A default argument that remembers the calls before."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator


def step(name, done=[]):
    task = EmptyOperator(task_id=f"{name}_{len(done)}")
    if done:
        done[-1] >> task
    done.append(task)
    return task


def counted(name, seen={}):
    seen[name] = seen.get(name, 0) + 1
    return f"{name}{seen[name]}"


with DAG("mutable_defaults", start_date=datetime(2024, 2, 1), schedule="@hourly", catchup=True):
    step("a")
    step("b")
    step("c", [])
    step("d")
    for word in ("x", "y", "x"):
        EmptyOperator(task_id=counted(word))
