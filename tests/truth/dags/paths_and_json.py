"""Paths and json."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
import json
import os
from datetime import datetime
from pathlib import Path

from airflow.providers.standard.operators.empty import EmptyOperator

HERE = Path(__file__)
SETTINGS = json.loads('{"tables": ["t1", "t2"], "rule": "all_done", "on": true}')

with DAG(HERE.stem, start_date=datetime(2024, 1, 1), schedule=None):
    for table in SETTINGS["tables"]:
        EmptyOperator(task_id=table, trigger_rule=SETTINGS["rule"])
    if SETTINGS["on"]:
        EmptyOperator(task_id=os.path.splitext(os.path.basename(__file__))[0] + "_base")
    EmptyOperator(task_id=(Path("/a") / "b" / "c.sql").stem)
