"""The model report: JSON, text and graphs."""

from __future__ import annotations

import json

import pytest

from dag_lint.cli.model import read_file
from dag_lint.report.model import ReadFile, file_as_data, model_as_json
from dag_lint.report.model_graph import dot, mermaid
from dag_lint.report.model_text import model_as_text

IMPORTS = """
import os
from datetime import datetime
from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup
from nowhere import anything
"""
FRUIT = """
with DAG("fruit", schedule="3 * * * *", start_date=datetime(2024, 1, 1), catchup=False):
    a = EmptyOperator(task_id="a")
    with TaskGroup("g"):
        b = EmptyOperator(task_id="b", trigger_rule="all_done")
        with TaskGroup("h"):
            c = EmptyOperator(task_id="c")
        TaskGroup("empty")
    a >> b >> c
"""
DOUBT = """
with DAG(f"{anything}_x", schedule=anything, end_date=anything, start_date=anything):
    a = EmptyOperator(task_id="a", trigger_rule=anything)
    t = EmptyOperator(task_id=anything)
    TaskGroup(anything)
    a >> [t, anything]
    anything >> a
    if os.environ.get("X"):
        b = EmptyOperator(task_id="b")
"""
ODD = """
with DAG('d"<b>', schedule=None) as d:
    EmptyOperator(task_id='_end"') >> EmptyOperator(task_id="a\\\\b\\n`c`")
    EmptyOperator(task_id="\\x1b[31m")
"""


@pytest.fixture
def read(tmp_path):
    def understood(text, version="3", name="dag.py"):
        path = tmp_path / name
        path.write_text(IMPORTS + text, encoding="utf-8")
        return read_file(str(path), {"airflow_version": version} if version else {})

    return understood


def data(read):
    return file_as_data(read)


def test_a_dag_as_data(read):
    found = data(read(FRUIT))
    (dag,) = found["dags"]
    tasks = dag.pop("tasks")
    assert found["complete"]
    assert found["airflow_version"]["target"] == "3"
    assert dag == {
        "dag_id": "fruit",
        "line": 10,
        "certain": True,
        "schedule": {"kind": "cron", "expression": "3 * * * *", "words": "once an hour, at minute 3"},
        "catchup": False,
        "start_date": "2024-01-01T00:00:00+00:00",
        "end_date": None,
        "timezone": "UTC",
        "complete": True,
        "unknown": [],
    }
    assert [(one["task_id"], one["upstream"], one["trigger_rule"]) for one in tasks] == [
        ("a", [], "all_success"),
        ("g.b", ["a"], "all_done"),
        ("g.h.c", ["g.b"], "all_success"),
    ]
    assert tasks[0]["operator_class"] == "airflow.operators.empty.EmptyOperator"
    assert tasks[0]["line"] == 11


def test_what_is_not_known_is_null_and_named(read):
    (dag,) = data(read(DOUBT))["dags"]
    assert dag["dag_id"] is None
    assert dag["schedule"] == {"kind": "unknown", "expression": None, "words": None}
    assert dag["unknown"] == ["dag_id", "end_date", "schedule", "start_date", "timezone"]
    assert not dag["complete"]
    first, second, third = dag["tasks"]
    assert first["unknown"] == ["trigger_rule", "upstream"]
    assert second["unknown"] == ["task_id", "upstream"]
    assert second["upstream"] == ["a"]
    assert third["certain"] is False


def test_an_upstream_without_a_known_id_makes_the_edges_unknown(read):
    text = 'with DAG("d", schedule=None):\n    EmptyOperator(task_id=anything) >> EmptyOperator(task_id="t")'
    (dag,) = data(read(text))["dags"]
    assert (dag["tasks"][1]["upstream"], dag["tasks"][1]["unknown"]) == ([], ["upstream"])


@pytest.mark.parametrize(
    ("text", "version", "path"),
    [
        ("@task\ndef f(): ...", "2", "airflow.decorators.python._PythonDecoratedOperator"),
        ("@task\ndef f(): ...", "3", "airflow.providers.standard.decorators.python._PythonDecoratedOperator"),
        ("@task\ndef f(): ...", None, None),
        ("@task.starship\ndef f(): ...", "3", None),
        ("class Own(EmptyOperator): pass\ndef f(): Own(task_id='t')", "3", None),
        ("from vendor import OwnOperator\ndef f(): OwnOperator(task_id='t')", "3", "vendor.OwnOperator"),
    ],
)
def test_the_class_of_an_operator(read, text, version, path):
    (dag,) = data(read(f'{text}\nwith DAG("d", schedule=None):\n    f()\n', version))["dags"]
    (one,) = dag["tasks"]
    assert one["operator_class"] == path
    assert ("operator_class" in one["unknown"]) is (path is None)


def test_a_target_that_is_not_known_is_null(read):
    assert data(read("", None))["airflow_version"]["target"] is None


BROKEN = ReadFile("b.py", error="it could not be read")


def test_a_file_that_cannot_be_analysed_has_an_error():
    assert json.loads(model_as_json([BROKEN])) == [{"file": "b.py", "error": "it could not be read"}]


@pytest.mark.parametrize(("ascii_only", "there"), [(True, False), (False, True)])
def test_json_may_have_to_be_ascii(read, ascii_only, there):
    written = model_as_json([read('d = DAG("사과", schedule=None)')], ascii_only)
    assert ("사과" in written) is there
    assert json.loads(written)[0]["dags"][0]["dag_id"] == "사과"


def test_a_dag_as_text(read):
    lines = model_as_text([read(FRUIT)]).splitlines()
    assert lines[3:] == [
        "  DAG fruit  line 10",
        '    schedule  "3 * * * *": once an hour, at minute 3',
        "    catchup   no",
        "    start     2024-01-01 00:00 UTC",
        "    ├── a  EmptyOperator",
        "    └── group g",
        "        ├── g.b  EmptyOperator  after a  when all_done",
        "        ├── group g.h",
        "        │   └── g.h.c  EmptyOperator  after g.b",
        "        └── group g.empty  (no tasks)",
    ]


def test_what_is_not_known_as_text(read):
    text = model_as_text([read(DOUBT)])
    for part in (
        "DAG …_x",
        "schedule  not known",
        "end       not known",
        "timezone  not known",
        "a  EmptyOperator  after tasks that are not known  trigger rule not known",
        "(id not known)  EmptyOperator  after a and perhaps others",
        "group (id not known)",
        "b  EmptyOperator  (may or may not exist)",
        "There may be tasks or edges that are not shown.",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "It registers no DAG."),
        ("anything()", "There may be DAGs that are not shown."),
        ('d = DAG("d", schedule="60 * * * *")', "Airflow refuses it: "),
        ("d = DAG(anything, schedule=None)", "DAG (id not known)"),
        ('if os.environ.get("X"):\n    d = DAG("d", schedule=None)', "(may or may not exist)"),
        (
            'with DAG("d", schedule=None):\n    @task.starship\n    def f(): ...\n    f()',
            "of an unknown operator",
        ),
        ('with DAG("d", schedule=None):\n    @task\n    def f(v): ...\n    f.expand(v=[1])', "mapped"),
    ],
)
def test_what_text_says(read, text, said):
    assert said in model_as_text([read(text)])


def test_text_of_several_files(read):
    text = model_as_text([read(FRUIT), BROKEN, read("", None)])
    assert "\n\nb.py\n  it could not be read\n\n" in text
    assert "its version of Airflow is not known" in text


def test_nothing_in_a_text_controls_the_terminal(read):
    assert "\x1b" not in model_as_text([read(ODD)])


def test_a_dag_as_mermaid(read):
    assert mermaid([read(FRUIT)]).splitlines() == [
        "flowchart LR",
        '  subgraph dag1["fruit"]',
        "    direction LR",
        '    task2["a"]',
        '    subgraph group3["g"]',
        '      task4["g.b"]',
        '      subgraph group5["g.h"]',
        '        task6["g.h.c"]',
        "      end",
        '      subgraph group7["g.empty"]',
        "      end",
        "    end",
        "  end",
        "  task2 --> task4",
        "  task4 --> task6",
    ]


def test_a_dag_as_dot(read):
    lines = dot([read(FRUIT)]).splitlines()
    assert lines[0] == 'digraph "dag-lint" {'
    assert lines[-3:] == ["  task2 -> task4;", "  task4 -> task6;", "}"]
    assert "      subgraph cluster_group5 {" in lines
    assert sum(line.count("{") - line.count("}") for line in lines) == 0


def test_doubt_is_dashed_in_graphs(read):
    assert '["b"]:::uncertain' in mermaid([read(DOUBT)])
    assert "classDef uncertain" in mermaid([read(DOUBT)])
    assert "<br/>(may follow others)" in mermaid([read(DOUBT)])
    assert '[label="b", style="rounded,dashed"];' in dot([read(DOUBT)])
    assert '[label="a\\n(may follow others)"];' in dot([read(DOUBT)])


def test_odd_ids_break_no_graph(read):
    chart = mermaid([read(ODD)])
    assert 'subgraph dag1["d#34;#60;b#62;"]' in chart
    assert '["#95;end#34;"]' in chart
    graph = dot([read(ODD)])
    assert 'label="d\\"<b>";' in graph
    assert '[label="_end\\""];' in graph
    assert "\x1b" not in chart + graph


@pytest.mark.parametrize(("write", "mark"), [(mermaid, "%%"), (dot, "//")])
def test_graphs_of_several_files_share_no_names(read, write, mark):
    first, second = read(FRUIT, name="a.py"), read(FRUIT, name="b.py")
    graph = write([first, ReadFile("x{}\n.py", error="no"), second])
    assert f"  {mark} x   .py: no" in graph
    assert graph.count("dag1[") + graph.count("cluster_dag1 {") == 1
    assert "task9" in graph
