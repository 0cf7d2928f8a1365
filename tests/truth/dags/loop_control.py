"""break, continue and else; names that outlive their loop."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

SOURCES = ["orders", "skipme", "items", "stop", "never"]

with DAG("loop_control", start_date=datetime(2024, 1, 1), schedule="15 2 * * 1-5", catchup=False) as dag:
    previous = EmptyOperator(task_id="start")
    for index, source in enumerate(SOURCES):
        if source.startswith("skip"):
            continue
        if source == "stop":
            break
        current = BashOperator(task_id=f"load_{source}_{index}", bash_command=f"echo {source}")
        previous >> current
        previous = current
    else:
        EmptyOperator(task_id="not_reached")
    EmptyOperator(task_id=f"after_{source}") << previous

    for number in range(3):
        if number > 5:
            break
    else:
        EmptyOperator(task_id=f"all_{number}")

    left = 3
    while left:
        left -= 1
        if left == 1:
            continue
        EmptyOperator(task_id=f"down_{left}")
    else:
        EmptyOperator(task_id="landed")
