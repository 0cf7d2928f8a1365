"""DAG301 through the whole pipeline: settings, isolation, messages."""

from __future__ import annotations

import textwrap

import pytest
from tasks import operator, said

from dag_lint.settings import Settings


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
