"""Containers."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.decorators import task
from datetime import datetime
from itertools import groupby, pairwise, product

from airflow.providers.standard.operators.empty import EmptyOperator

ROWS = [("eu", 1), ("us", 2), ("eu", 3)]

with DAG("containers", start_date=datetime(2024, 1, 1), schedule=None):
    start = EmptyOperator(task_id="start")
    found = {}
    for zone, rows in groupby(sorted(ROWS), key=lambda row: row[0]):
        found.setdefault(zone, []).extend(number for _, number in rows)
    for zone, numbers in found.items():
        head, *rest = [EmptyOperator(task_id=f"{zone}_{n}") for n in numbers]
        start >> head
        for task in rest:
            head >> task
    line = [EmptyOperator(task_id=a + str(b)) for a, b in product("xy", range(2))]
    for left, right in pairwise(line):
        left >> right
    extra = {"k": line[0], "m": line[1]}
    extra.pop("k") >> EmptyOperator(task_id="popped")
    while len(line) > 2:
        line.pop() >> start.__class__(task_id=f"left_{len(line)}")
