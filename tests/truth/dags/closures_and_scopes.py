"""Late binding, nonlocal, global, shadowed built-ins."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

made = 0


def make(task_id):
    global made
    made += 1
    return EmptyOperator(task_id=f"{task_id}_{made}")


def counter(prefix):
    number = 10

    def following():
        nonlocal number
        number += 1
        return f"{prefix}{number}"

    return following


late = [lambda: make(f"late{i}") for i in range(3)]
early = [lambda i=i: make(f"early{i}") for i in range(2)]


def filter(values):
    return [value for value in values if value != "drop"]


with DAG("closures", start_date=datetime(2024, 1, 1), schedule="@weekly", catchup=False) as dag:
    first, second = counter("n"), counter("m")
    ids = [first(), first(), second(), first()]
    tasks = [make(task_id) for task_id in ids]
    for function in late + early:
        tasks.append(function())
    for name in filter(["keep", "drop", "hold"]):
        tasks.append(make(name))
    for one, other in zip(tasks, tasks[1:]):
        one >> other

    def inner():
        dag = "not the dag"
        return EmptyOperator(task_id=f"inner_{len(dag)}")

    inner()
