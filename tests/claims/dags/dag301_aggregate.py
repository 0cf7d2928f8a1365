"""Rows are fetched, added up and written, all of it in the callable."""

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


def report():
    shop = sqlite3.connect(":memory:")
    shop.executescript(ORDERS)
    totals = {}
    orders = shop.execute("SELECT customer, total FROM orders").fetchall()
    for customer, total in orders:
        totals[customer] = totals.get(customer, 0) + total
    shop.executemany("INSERT INTO report VALUES (?, ?)", totals.items())


with DAG(
    "sales",
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    PythonOperator(task_id="report", python_callable=report)
