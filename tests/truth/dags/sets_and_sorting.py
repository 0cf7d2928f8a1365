"""Sets have no order of their own: nothing here depends on it."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

raw = {"orders", "items", "orders", "users"}
extra = frozenset(["users", "events"])

with DAG("sets", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    start = EmptyOperator(task_id="start")
    for name in raw:
        start >> EmptyOperator(task_id=name)
    before = start
    for name in sorted(raw | extra, reverse=True):
        task = EmptyOperator(task_id=f"sorted_{name}")
        before >> task
        before = task
    EmptyOperator(task_id=f"common_{len(raw & extra)}_{len(raw - extra)}_{len(raw ^ extra)}")
    for name in sorted(raw, key=len):
        if name in extra:
            EmptyOperator(task_id=f"both_{name}")
    longest = max(sorted(raw), key=len)
    EmptyOperator(task_id=f"longest_{longest}")
