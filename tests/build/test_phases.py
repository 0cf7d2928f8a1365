"""When each call of a file runs."""

from __future__ import annotations

from dag_lint.lint import understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

FILE = """
import requests
from airflow import DAG
from airflow.operators.python import PythonOperator


def shared():
    requests.get("shared")


def only_task():
    requests.get("task")
    shared()


def only_parse():
    requests.get("parse")
    shared()


def nobody():
    requests.get("nobody")


class Client:
    def fetch(self):
        self.really_fetch()

    def really_fetch(self):
        requests.get("method")


def with_client():
    Client.fetch(None)


only_parse()
with DAG("phases", schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=only_task)
    PythonOperator(task_id="b", python_callable=lambda: requests.get("lambda"))
    PythonOperator(task_id="c", python_callable=with_client)
"""


def phases_by_argument() -> dict[str, set[str]]:
    file = understand(SourceFile("dag.py", FILE), Settings()).file
    found = {}
    for call in file.calls():
        if call.target == "requests.get":
            found[call.node.args[0].value.value.strip('"')] = set(call.phases)
    return found


def test_a_call_has_the_phases_of_the_function_it_stands_in() -> None:
    assert phases_by_argument() == {
        "shared": {"parse", "task"},
        "task": {"task"},
        "parse": {"parse"},
        "nobody": set(),
        "method": {"task"},
        "lambda": {"task"},
    }


def test_calls_of_the_module_run_while_it_is_parsed() -> None:
    file = understand(SourceFile("dag.py", FILE), Settings()).file
    own = [
        (call.target, call.helper)
        for call in file.calls()
        if call.phases == {"parse"} and call.helper is None
    ]
    assert ("airflow.DAG", None) in own
    assert ("only_parse", None) in own


def test_a_decorator_runs_where_the_function_is_defined() -> None:
    text = "import airflow\nimport lib\n@lib.mark(1)\ndef f(x=lib.default()):\n    lib.body()\n"
    file = understand(SourceFile("dag.py", text), Settings()).file
    assert {call.target: set(call.phases) for call in file.calls()} == {
        "lib.mark": {"parse"},
        "lib.default": {"parse"},
        "lib.body": set(),
    }
