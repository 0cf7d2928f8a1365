"""Strings."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

NAME = "  Orders.Daily ".strip().lower().replace(".", "_")
PARTS = NAME.split("_")
TABLES = "a,b;c".replace(";", ",").split(",")

with DAG("%s_%d" % (NAME, len(PARTS)), start_date=datetime(2024, 1, 1), schedule=f"{15} {2 + 1} * * *"):
    for i, table in enumerate(sorted(TABLES, reverse=True)):
        EmptyOperator(task_id="-".join([PARTS[-1], table, str(i).zfill(3)]))
    EmptyOperator(task_id=f"{NAME[:3]}_{len(TABLES) * 2:>03}_{'x' if 'b' in TABLES else 'y'}")
