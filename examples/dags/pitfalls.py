"""Pitfalls that Airflow accepts without a word, each followed by its right form."""

from datetime import datetime

import pandas as pd
import pendulum
import pytz
from airflow import DAG
from airflow.decorators import dag, task
from airflow.operators.bash import BashOperator
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.postgres.hooks.postgres import PostgresHook

FIRST_OF_MARCH = pendulum.datetime(2023, 3, 1, tz="Asia/Seoul")


# Un-paused in Airflow 2, this runs for every quarter of an hour since March 2023.
with DAG("load_orders", schedule="*/15 * * * *", start_date=FIRST_OF_MARCH):
    BashOperator(task_id="load", bash_command="load-orders")

with DAG("load_orders_right", schedule="*/15 * * * *", start_date=FIRST_OF_MARCH, catchup=False):
    BashOperator(task_id="load", bash_command="load-orders")


# 09:00 in UTC, which is 18:00 for the team in Seoul that reads the report.
with DAG("report", schedule="0 9 * * *", start_date=datetime(2023, 3, 1), catchup=False):
    BashOperator(task_id="report", bash_command="send-report")

with DAG(
    "report_right",
    schedule="0 9 * * *",
    start_date=pendulum.datetime(2023, 3, 1, tz="Asia/Seoul"),
    catchup=False,
):
    BashOperator(task_id="report", bash_command="send-report")


# As tzinfo=, a zone of pytz is the local mean time of the 19th century: 32 minutes off for Seoul.
with DAG(
    "report_pytz",
    schedule="0 9 * * *",
    start_date=datetime(2023, 3, 1, tzinfo=pytz.timezone("Asia/Seoul")),
    catchup=False,
):
    BashOperator(task_id="report", bash_command="send-report")


# The start date moves with every parse of the file, ahead of the first run that is due.
@dag(schedule="@daily", start_date=pendulum.now("UTC"), catchup=False)
def collect():
    BashOperator(task_id="collect", bash_command="collect-events")


@dag(schedule="@daily", start_date=FIRST_OF_MARCH, catchup=False)
def collect_right():
    BashOperator(task_id="collect", bash_command="collect-events")


collect()
collect_right()


# catchup is an argument of the DAG: in default_args nobody reads it.
with DAG(
    "archive",
    schedule="@daily",
    start_date=FIRST_OF_MARCH,
    default_args={"retries": 2, "catchup": False},
):
    BashOperator(task_id="archive", bash_command="archive-events")

with DAG(
    "archive_right",
    schedule="@daily",
    start_date=FIRST_OF_MARCH,
    catchup=False,
    default_args={"retries": 2},
):
    BashOperator(task_id="archive", bash_command="archive-events")


with DAG("cleanup", schedule="@weekly", start_date=FIRST_OF_MARCH, catchup=False):
    # What ends in .sh is the name of a template, which Jinja looks for beside this file.
    BashOperator(task_id="clean", bash_command="/opt/airflow/plugins/shell/cleanup.sh")
    BashOperator(task_id="clean_right", bash_command="/opt/airflow/plugins/shell/cleanup.sh ")


with DAG("sales", schedule="@daily", start_date=FIRST_OF_MARCH, catchup=False):

    # The whole table goes through the memory of the Airflow worker, next to other tasks.
    @task
    def summarise():
        hook = PostgresHook("warehouse")
        sales = pd.read_sql("select * from sales", hook.get_conn())
        by_region = sales.groupby("region").sum()
        by_region.to_sql("sales_by_region", hook.get_sqlalchemy_engine(), if_exists="replace")

    summarise()

    # The database does the work, Airflow says when.
    SQLExecuteQueryOperator(
        task_id="summarise_right",
        conn_id="warehouse",
        sql="create table sales_by_region as select region, sum(amount) from sales group by region",
    )
