"""default_args of DAGs, groups and tasks, and what they reach."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

DEFAULTS = {"owner": "x", "trigger_rule": "all_done", "start_date": datetime(2024, 1, 1), "end_date": datetime(2025, 1, 1)}

with DAG("defaults_first", default_args=DEFAULTS, schedule="@daily", catchup=False):
    EmptyOperator(task_id="from_dag")
    EmptyOperator(task_id="own", trigger_rule="one_failed")
    EmptyOperator(task_id="own_defaults", default_args={"trigger_rule": "none_skipped"})
    with TaskGroup("g", default_args={"trigger_rule": "always"}):
        EmptyOperator(task_id="from_group")
        with TaskGroup("h", default_args={"owner": "y"}):
            EmptyOperator(task_id="from_outer_group")

            @task
            def flow():
                pass

            flow()
            BashOperator.partial(task_id="mapped").expand(bash_command=["a"])

with DAG("defaults_text", default_args={"start_date": "2024-02-03", "catchup": False}, schedule=timedelta(hours=2), catchup=True):
    EmptyOperator(task_id="t")

merged = {**DEFAULTS, "trigger_rule": "none_failed"}
DEFAULTS.clear()
with DAG("defaults_merged", default_args=merged, schedule="@once"):
    EmptyOperator(task_id="t")
    merged["trigger_rule"] = "too late"
    EmptyOperator(task_id="u")
