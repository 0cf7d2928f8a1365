"""DAG301, DAG302 and DAG303 through the whole pipeline: settings, isolation, messages."""

from __future__ import annotations

import ast
import textwrap

import pytest

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


@pytest.mark.parametrize(
    "more",
    [
        "",
        ", pool='heavy'",
        ", executor_config={}",
        ", executor_config={'KubernetesExecutor': {'annotations': {'iam': 'x'}}}",
        ", executor_config={'pod_override': k8s.V1Pod(metadata=k8s.V1ObjectMeta(annotations={}))}",
        ", executor_config=[1, 'x']",
        ", queue='large'",
        ", executor='CeleryExecutor'",
    ],
)
def test_what_shares_the_worker_is_found(more):
    assert len(said(operator("heavy", more))) == 1


@pytest.mark.parametrize(
    "more",
    [
        ", executor='KubernetesExecutor'",
        ", executor_config={'KubernetesExecutor': {'request_memory': '4Gi'}}",
        ", executor_config={'pod_override': [k8s.V1Container(name='base', resources=R)]}",
        ", executor_config={'pod_override': k8s.V1Pod(spec=k8s.V1PodSpec(containers=[k8s.V1Container(resources=R)]))}",
    ],
)
def test_what_has_a_pod_with_resources_is_not(more):
    assert said(operator("heavy", more)) == []


@pytest.mark.parametrize("decorator", ["task.kubernetes", "task.docker", "task.pyspark"])
def test_containers_are_isolated(decorator):
    code = f"""
    @{decorator}
    def f():
        pd.read_csv("a.csv").melt()

    with dag:
        f()
    """
    assert said(code) == []


@pytest.mark.parametrize(
    "decorator", ["task", "task.virtualenv", "task.external_python(python='x')", "task.branch"]
)
def test_packages_of_its_own_isolate_nothing(decorator):
    code = f"""
    @{decorator}
    def f():
        pd.read_csv("a.csv").melt()

    with dag:
        f()
    """
    assert len(said(code)) == 1


def test_another_queue_asks_for_bulk_beyond_doubt():
    for function in ("doubtful", "answer"):
        assert len(said(operator(function))) == 1
        assert said(operator(function, ", queue='large'")) == []


def test_in_a_pod_of_its_own_only_what_is_heavy_by_itself_or_row_by_row_counts():
    pods = Settings(executor="kubernetes")
    assert said(operator("heavy"), pods) == []
    (message,) = said(operator("train"), pods)
    assert message.startswith(
        'DAG301 "train" trains SVC in a pod with the default resources; set what the pod'
    )
    assert "in a pod with the default resources; map a task" in said(operator("ask"), pods)[0]


def test_the_settings_name_calls():
    light = Settings(light_calls=frozenset({"pandas.read_csv"}))
    assert said(operator("heavy"), light) == []
    heavy = Settings(heavy_calls=frozenset({"requests.get"}))
    assert said(operator("answer"), heavy) == [
        'DAG301 "answer" calls requests.get in the Airflow worker; run it as @task.kubernetes with limits of its own'
    ]


def test_a_function_out_of_sight_is_known_by_a_telling_name_alone():
    (message,) = said(operator("crunch_pandas"))
    assert message.startswith('DAG301 "crunch_pandas" of other.jobs works with pandas in the Airflow worker,')
    assert said(operator("count")) == []
    assert said(operator("crunch_pandas"), Settings(executor="kubernetes")) == []


def test_messages_stay_short():
    name = "a_function_with_quite_a_long_name_for_a_function"
    code = f"""
    def {name}():
        frame = pd.read_csv("/data/a_file_with_a_long_name_too.parquet.csv")
        frame = frame.merge(frame).melt().explode("a").pivot_table("b")
        PostgresHook("x").bulk_insert_rows("t", frame.values)
    """
    (message,) = said(code + operator(name))
    assert len(message) <= 210
    assert message.endswith("run it as @task.kubernetes with limits of its own")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ("10", "10 seconds"),
        ("90.5", "90.5 seconds"),
        ("120", "120 seconds (2 minutes)"),
        ("3600", "3600 seconds (1 hour)"),
        ("7200", "7200 seconds (2 hours)"),
    ],
)
def test_sleeps_are_spoken(seconds, words):
    code = f"""
    def nap():
        time.sleep({seconds})
    """
    assert f'"nap" sleeps {words} and holds' in said(code + operator("nap"))[0]


def test_the_shortest_sleep_is_a_setting():
    code = "def nap():\n    time.sleep(5)\n" + operator("nap")
    assert said(code) == []
    assert len(said(code, Settings(min_sleep=5))) == 1


def test_waiting_in_a_loop():
    code = """
    def nap(n):
        while n():
            time.sleep({0})
    """
    assert said(code.replace("{0}", "0.5") + operator("nap")) == []
    assert said(code.replace("{0}", "1") + operator("nap")) == []
    (seldom,) = said(code.replace("{0}", "5") + operator("nap"))
    assert "sleeps 5 seconds at a time in a while loop and holds" in seldom
    (unknown,) = said(code.replace("{0}", "n") + operator("nap"))
    assert "sleeps in a while loop and holds" in unknown


@pytest.mark.parametrize(
    ("sleeps", "messages"),
    [
        ((20, 20, 5), ['"nap" sleeps 20 seconds at 2 places and holds']),
        ((15, 600), ['"nap" sleeps 600 seconds (10 minutes), the longest of 2 waits and holds']),
    ],
)
def test_a_callable_that_waits_often_is_told_once(sleeps, messages):
    code = "def nap():\n" + "".join(f"    time.sleep({seconds})\n" for seconds in sleeps)
    found = said(code + operator("nap"))
    assert len(found) == 1
    assert messages[0] in found[0]


def test_a_random_wait_is_known_by_its_least():
    code = """
    import random
    def nap():
        time.sleep(random.uniform(180, 900))
        time.sleep(random.randint(1, 60))
    """
    (message,) = said(code + operator("nap"))
    assert message.startswith('DAG302 "nap" sleeps at least 180 seconds (3 minutes) and holds')


def test_trying_again_is_what_retries_are_for():
    code = """
    def ask(seconds):
        while True:
            try:
                return requests.get("https://a.example")
            except ValueError:
                time.sleep(5)
                time.sleep(seconds)
                time.sleep(30)
    """
    (message,) = said(code + operator("ask"))
    assert message.startswith(
        'DAG302 "ask" sleeps 30 seconds before it tries again, and holds its worker slot;'
    )


def test_waiting_for_a_page_of_its_own_browser_is_no_poll():
    code = """
    def look(seconds):
        from selenium import webdriver
        driver = webdriver.Chrome()
        while not driver.title:
            time.sleep(seconds)
            time.sleep(20)
        time.sleep({0})
    """
    assert [one[:6] for one in said(code.replace("{0}", "20") + operator("look"))] == ["DAG301"]
    assert [one[:6] for one in said(code.replace("{0}", "60") + operator("look"))] == ["DAG301", "DAG302"]


def test_statements_that_change_rows_are_told_to_take_them_all():
    code = """
    def clean():
        hook = PostgresHook("x")
        for row in hook.get_records("SELECT * FROM a"):
            hook.run("DELETE FROM b WHERE id = %s", parameters=row)
    """
    (message,) = said(code + operator("clean"))
    assert message.endswith(
        "a round trip each; name all rows in one statement, or join it with a table that holds them"
    )


def test_a_sensor_that_sleeps_is_told_what_poke_is():
    code = """
    from airflow.sensors.base import BaseSensorOperator

    class Ready(BaseSensorOperator):
        def poke(self, context):
            while not requests.get("https://a.example").ok:
                time.sleep(5)
            return True
    """
    (message,) = said(code)
    assert message.endswith("return False: poke() is called again every poke_interval")


def test_rows_from_nowhere_need_a_statement_that_writes():
    code = """
    def load(rows):
        for row in rows:
            PostgresHook("x").run(QUERY, parameters=row)
            PostgresHook("x").run("SELECT f(%s)", parameters=row)
            PostgresHook("x").run("INSERT INTO a VALUES (%s)", parameters=row)
    """
    (message,) = said(code + operator("load"))
    assert message.startswith(
        'DAG303 "load" takes "rows" and inserts for each row, a round trip each; hand all'
    )


@pytest.mark.parametrize(
    "body",
    [
        'if not is_known(row):\n                hook.run("INSERT INTO b VALUES (%s)", parameters=row)',
        'if row not in known:\n                hook.run("INSERT INTO b VALUES (%s)", parameters=row)',
        'requests.get(row[0])\n            hook.run("DELETE FROM b WHERE id = %s", parameters=row)',
    ],
)
def test_rows_that_a_look_up_or_a_request_precedes_are_not_what_costs(body):
    code = f"""
    def load():
        hook = PostgresHook("x")
        for row in hook.get_records("SELECT * FROM a"):
            {body}
    """
    assert [message for message in said(code + operator("load")) if message.startswith("DAG303")] == []


@pytest.mark.parametrize(("name", "speaks"), [("rows", True), ("run_ids", False), ("tables", False)])
def test_what_a_task_is_handed_may_be_rows(name, speaks):
    code = f"""
    def load({name}):
        for one in {name}:
            PostgresHook("x").run("INSERT INTO b VALUES (%s)", parameters=one)
    """
    assert bool(said(code + operator("load"))) is speaks


@pytest.mark.parametrize(
    "body",
    [
        # a report of a few rows
        """
        frame = pd.DataFrame(PostgresHook("x").get_records(QUERY))
        for _, row in frame.iterrows():
            print(row)
        """,
        # proxies, until one works
        """
        for proxy in requests.get("https://proxies.example").json():
            try:
                answer = requests.get("https://a.example", proxies={"https": proxy})
                if answer.ok:
                    break
            except OSError:
                continue
        """,
        # what somebody set up
        """
        rows = PostgresHook("x").get_records("SELECT * FROM etl.load_settings")
        pd.DataFrame(rows).to_csv("settings.csv")
        """,
        """
        from airflow import settings
        from airflow.models import Connection
        rows = []
        for one in settings.Session().query(Connection).all():
            rows.append({"name": one.conn_id})
        PostgresHook("x").insert_rows("connections", rows)
        """,
        """
        with open(self.configuration_path, "w") as file:
            json.dump(PostgresHook("x").get_records(QUERY), file)
        """,
        """
        requests.post("https://chat.example", json=PostgresHook("x").get_records(QUERY))
        """,
        """
        import gspread
        rows = pd.DataFrame(gspread.authorize(1).open("x").get_all_records())
        return rows.groupby("a").sum()["a"][0]
        """,
        """
        with open("/tmp/connection.csv") as file:
            for row in csv.reader(file):
                PostgresHook("x").insert_rows("connections", [row])
        """,
        """
        import duckdb
        for row in duckdb.sql("SELECT * FROM 'a.parquet' LIMIT 5").df().iterrows():
            print(row)
        """,
    ],
)
def test_what_is_few_by_its_nature_is_no_bulk(body):
    code = f"""
    import csv
    import json
    def load(self, QUERY):{textwrap.indent(textwrap.dedent(body), "        ")}
    """
    assert said(textwrap.dedent(code) + operator("load")) == []
