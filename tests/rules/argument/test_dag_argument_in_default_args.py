from pathlib import Path

import pytest

import dag_lint.airflow
from dag_lint.airflow.parameters import dag_parameters, operator_parameters
from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

FILE = """\
import pendulum
from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator
from shop import ShopOperator, somewhere

class OwnOperator(EmptyOperator):
    def __init__(self, tags=None, **kwargs):
        super().__init__(**kwargs)

def make(name, given):
    with DAG(name, schedule=None, start_date=pendulum.datetime(2024, 1, 1), default_args=given) as dag:
        {operators}
    return dag

{before}
a = make("a", {given})
"""


def found(given, operators="EmptyOperator(task_id='t')", before="", more=""):
    text = FILE.format(given=given, operators=operators, before=before) + more
    return [d for d in lint(SourceFile("a.py", text), Settings()) if d.code in ("DAG601", "DAG000")]


@pytest.mark.parametrize(
    "key", ["catchup", "schedule", "schedule_interval", "max_active_runs", "tags", "dagrun_timeout"]
)
def test_arguments_of_the_dag_are_lost(key):
    (diagnostic,) = found(f'{{"retries": 1, "{key}": None}}')
    assert diagnostic.message.startswith(f"{key} in default_args is ignored")


@pytest.mark.parametrize(
    "key", ["retries", "start_date", "params", "doc_md", "on_failure_callback", "catchupp"]
)
def test_other_keys_are_not_this_rules_business(key):
    assert found(f'{{"{key}": None}}') == []


def test_an_operator_that_takes_the_key_is_right():
    assert found('{"tags": {}}', "BatchOperator(task_id='t')") == []


@pytest.mark.parametrize(
    "operators", ["ShopOperator(task_id='t')", "OwnOperator(task_id='t')", "somewhere(dag)"]
)
def test_an_operator_that_may_take_the_key_silences_only_what_operators_take(operators):
    assert found('{"tags": [], "description": ""}', operators) == []
    assert len(found('{"catchup": False}', operators)) == 1


def test_one_dict_for_two_dags_is_right_when_one_of_them_has_a_use_for_it():
    more = """
with DAG("b", schedule=None, start_date=pendulum.datetime(2024, 1, 1), default_args=shared):
    BatchOperator(task_id="batch")
"""
    assert len(found("shared", before='shared = {"tags": []}')) == 1
    assert found("shared", before='shared = {"tags": []}', more=more) == []


def test_a_dict_of_another_file_is_flagged_where_it_is_used(project):
    text = """\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from common import default_args

with DAG("a", schedule=None, start_date=pendulum.datetime(2024, 1, 1), default_args=default_args):
    EmptyOperator(task_id="t")
"""
    root = project({"dags/a.py": text, "dags/common.py": 'default_args = {"catchup": False}\n'})
    location = root / "dags/a.py"
    (diagnostic,) = [d for d in lint(SourceFile("a.py", text, location), Settings()) if d.code == "DAG601"]
    assert diagnostic.span.start.line == 6


def test_words_that_a_recorded_operator_takes_are_left_to_operators_nobody_knows():
    only_the_dag = set(dag_parameters(2) + dag_parameters(3)) - set(
        operator_parameters(2) + operator_parameters(3)
    )
    table = (Path(dag_lint.airflow.__file__).parent / "operators.tsv").read_text(encoding="utf-8")
    taken = {word.rstrip("!") for line in table.splitlines() for word in line.rpartition("\t")[2].split()}
    for key in only_the_dag & taken:
        assert found(f'{{"{key}": None}}', "ShopOperator(task_id='t')") == [], key
