"""What the rules about callables say of code, through the whole pipeline."""

from __future__ import annotations

import ast
import textwrap

from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HEAD = """\
import time
import pandas as pd
import pendulum
import requests
from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator
from airflow.providers.postgres.hooks.postgres import PostgresHook
from kubernetes.client import models as k8s
from other.jobs import crunch_pandas, count

dag = DAG("fruits", schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)

def heavy():
    pd.read_csv("a.csv").groupby("a").sum().to_csv("b.csv")

def doubtful(data):
    frame = pd.DataFrame(data)
    frame.merge(frame).to_sql("t", None)

def answer():
    open("a.zip", "wb").write(requests.get("https://a.example/a.zip").content)

def train(x):
    from sklearn.svm import SVC
    SVC().fit(x, x)

def ask():
    for row in PostgresHook("x").get_records("SELECT * FROM a"):
        requests.get(row[0])

"""


def said(code: str, settings: Settings | None = None) -> list[str]:
    text = HEAD + textwrap.dedent(code)
    return [
        f"{one.code} {one.message}"
        for one in lint(SourceFile("dag.py", text), settings or Settings(), ast.parse(text))
        if one.code.startswith("DAG30")
    ]


def operator(function: str, more: str = "") -> str:
    return f"PythonOperator(task_id='a', python_callable={function}, dag=dag{more})\n"
