"""Factories that return in several places."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator


def operator_for(kind, name):
    if kind == "shell":
        return BashOperator(task_id=f"{name}_shell", bash_command="true")
    elif kind == "none":
        return None
    task = EmptyOperator(task_id=f"{name}_empty")
    if kind != "late":
        return task
    task.trigger_rule = "all_done"
    return task


def build(name, schedule=None, enabled=True):
    if not enabled:
        return None
    with DAG(f"factory_{name}", start_date=datetime(2024, 1, 1), schedule=schedule, catchup=False) as dag:
        before = None
        for kind in ("shell", "none", "late", "plain"):
            task = operator_for(kind, kind)
            if task is None:
                continue
            if before:
                before >> task
            before = task
    return dag


one = build("one", "@daily")
two = build("two", enabled=False)
three = build("three")
four = build(schedule="5 5 * * *", name="four") or build("five")
six = build("six", enabled=False) or build("seven", "@once")
