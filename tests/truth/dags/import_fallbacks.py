"""Imports that fall back, and flags that say so."""
from datetime import datetime

try:
    from airflow.sdk import DAG, task
    SDK = True
except ImportError:
    from airflow import DAG
    from airflow.decorators import task
    SDK = False

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.bash import BashOperator

try:
    import surely_not_installed_anywhere as helper
except ImportError:
    helper = None

try:
    import tomllib
except ModuleNotFoundError:
    tomllib = None

with DAG("import_fallbacks", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    run = BashOperator(task_id="run", bash_command="true")

    @task
    def report():
        pass

    run >> report()
    if helper is None:
        run >> BashOperator(task_id="no_helper", bash_command="true")
    if SDK:
        BashOperator(task_id="on_sdk", bash_command="true")
