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
        ('NAME = "load"  # why\nDAG(NAME, x=1)\n', {"load"}),
        ('dag_id = "load"\nDAG(\n    dag_id=dag_id,\n)\n', {"load"}),
        ("DAG(dag_id=Path(__file__).stem)\n", {"stem"}),
        ("NAME = Path(__file__).stem\nDAG(NAME)\n", {"stem"}),
        ("make_dag('load')", set()),
        ("", set()),
        ("@airflow.decorators.dag()  # why\ndef load():\n    ...\n", {"load"}),
    ],
)
def test_plain_ids_are_found(text, ids):
    assert sketch(text, "stem") == ids


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
        'NAME = "a"\nNAME = "b"\nDAG(NAME)\n',
        'NAME = "a"\nif x:\n    NAME = "b"\nDAG(NAME)\n',
        'NAME = "a"\nfor NAME in names:\n    DAG(NAME)\n',
        'NAME = "a"\ndef make(NAME):\n    DAG(NAME)\n',
        'NAME = f"{x}"\nDAG(NAME)\n',
        'NAME = "a" + x\nDAG(NAME)\n',
    ],
)
def test_all_else_has_to_be_analysed(text):
    assert sketch(text, "stem") is None


@pytest.mark.parametrize("text", ["@dag(" + "(" * 50_000, "\n@dag(()" * 10_000, 'DAG("' + "a" * 100_000])
def test_a_hostile_text_is_no_matter(text):
    assert not sketch(text, "stem")
