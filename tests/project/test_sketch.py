"""The ids that stand in a file as plain texts."""

from __future__ import annotations

import pytest

from dag_lint.project.sketch import sketch


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('with DAG("load", schedule=None) as dag:\n', {"load"}),
        ("dag = models.DAG(\n    dag_id='load')\n", {"load"}),
        ('DAG("a", x=1)\nDAG("b")\n', {"a", "b"}),
        ("@dag\ndef load():\n    ...\n", {"load"}),
        ("@dag(schedule=None, start_date=datetime(2024, 1, 1))\nasync def load():\n    ...\n", {"load"}),
        ("@airflow.decorators.dag()  # why\ndef load():\n    ...\n", {"load"}),
    ],
)
def test_plain_ids_are_found(text, ids):
    assert sketch(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "DAG(f'load_{x}')",
        'DAG("load" + x)',
        'DAG("load_%s" % x)',
        "DAG(NAME)",
        'DAG("a", x=1)\nDAG(NAME)',
        "DAG(schedule=None, dag_id='load')",
        "@dag(dag_id=NAME)\ndef load():\n    ...\n",
        "@dag()\n@other\ndef load():\n    ...\n",
        "@dag(x=f(g(h())))\ndef load():\n    ...\n",
        "make_dag('load')",
        "",
    ],
)
def test_all_else_has_to_be_analysed(text):
    assert sketch(text) is None


@pytest.mark.parametrize("text", ["@dag(" + "(" * 50_000, "\n@dag(()" * 10_000, 'DAG("' + "a" * 100_000])
def test_a_hostile_text_is_no_matter(text):
    assert sketch(text) is None
