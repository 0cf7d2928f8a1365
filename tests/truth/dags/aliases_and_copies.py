"""One dict seen through several names; copies that are and are not deep."""
import copy
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

BASE = {"owner": "data", "retries": 1, "trigger_rule": "all_done", "nested": {"ids": ["one"]}}
alias = BASE
alias["trigger_rule"] = "one_success"
shallow = dict(BASE)
shallow["trigger_rule"] = "none_failed"
shallow["nested"]["ids"].append("two")
deep = copy.deepcopy(BASE)
deep["nested"]["ids"].append("three")

with DAG("aliases_base", start_date=datetime(2024, 1, 1), schedule=timedelta(hours=6), catchup=False, default_args=BASE):
    for name in BASE["nested"]["ids"]:
        EmptyOperator(task_id=f"base_{name}")

BASE["trigger_rule"] = "always"

with DAG("aliases_shallow", start_date=datetime(2024, 1, 1), schedule=None, default_args=shallow) as second:
    tasks = [EmptyOperator(task_id=name) for name in shallow["nested"]["ids"]]
    same = tasks
    same.append(BashOperator(task_id="last", bash_command="true"))
    tasks[0] >> tasks[1] >> tasks[-1]

with DAG("aliases_deep", start_date=datetime(2024, 1, 1), schedule=None, default_args=deep):
    [EmptyOperator(task_id=name) for name in deep["nested"]["ids"]]
