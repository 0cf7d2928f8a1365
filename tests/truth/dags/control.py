"""Control."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("control", start_date=datetime(2024, 1, 1), schedule=None):
    for n in range(6):
        if n == 1:
            continue
        if n == 4:
            break
        EmptyOperator(task_id=f"for_{n}")
    else:
        EmptyOperator(task_id="never")
    n = 3
    while n:
        n -= 1
        EmptyOperator(task_id=f"while_{n}")
    else:
        EmptyOperator(task_id="after_while")
    try:
        mode = {"a": 1}["b"]
    except KeyError:
        mode = "missing"
    finally:
        EmptyOperator(task_id=f"try_{mode}")
    match mode:
        case "present":
            EmptyOperator(task_id="match_1")
        case "missing" | "gone":
            EmptyOperator(task_id="match_2")
        case _:
            EmptyOperator(task_id="match_3")
    if (length := len(mode)) > 3 and not length > 10:
        EmptyOperator(task_id=f"walrus_{length}")
