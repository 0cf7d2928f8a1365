"""pytz as it is used and misused."""
from datetime import datetime

import pytz
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

paris = pytz.timezone("Europe/Paris")

with DAG("pytz_localized", start_date=paris.localize(datetime(2024, 7, 1)), schedule="@daily", catchup=False):
    EmptyOperator(task_id="a")
with DAG("pytz_utc", start_date=datetime(2024, 7, 1, tzinfo=pytz.utc), schedule="@daily", catchup=False):
    EmptyOperator(task_id="a")
with DAG("pytz_misused", start_date=datetime(2024, 7, 1, tzinfo=paris), schedule="@daily", catchup=False):
    EmptyOperator(task_id="a")
