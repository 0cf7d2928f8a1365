"""Names, operators and decorated functions from modules beside the file."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from workshop import defaults as settings
from workshop.flows import clean, numbered
from workshop.shelves import *
from workshop.tools import Pipeline, make_dag

with DAG("modules_beside", start_date=settings.START, schedule=settings.schedule_for("sales"), **settings.COMMON) as dag:
    tasks = [EmptyOperator(task_id=name) for name in SHELVES]
    tasks[0] >> tasks[1:]
    clean(numbered("a")) >> tasks[0]
    EmptyOperator(task_id=f"limit_{settings.LIMITS.high}")

shared = make_dag("modules_made", ["x", "y"], schedule="@weekly")
pipeline = Pipeline("modules_pipeline").with_steps("p", "q").build()
