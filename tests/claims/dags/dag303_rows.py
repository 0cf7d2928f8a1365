"""One statement for each row."""

from __future__ import annotations

import sqlite3

import pendulum
from airflow import DAG
from airflow.providers.standard.operators.python import PythonOperator

ORDERS = """
CREATE TABLE report (customer, total);
CREATE TABLE orders AS
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1000)
SELECT n % 10 AS customer, n AS total FROM number;
"""


def load():
    shop = sqlite3.connect(":memory:")
    shop.executescript(ORDERS)
    cursor = shop.cursor()
    rows = cursor.execute("SELECT customer, total FROM orders").fetchall()
    for row in rows:
        cursor.execute("INSERT INTO report VALUES (?, ?)", row)


with DAG(
    "copy",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    PythonOperator(task_id="load", python_callable=load)
