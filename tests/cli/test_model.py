"""`dag-lint model`: what it takes, what it prints, its exit status."""

from __future__ import annotations

import json

import pytest

from dag_lint.cli import main

DAG = 'from airflow import DAG\ndag = DAG("d", schedule=None)\n'


@pytest.fixture
def dag(tmp_path):
    path = tmp_path / "dag.py"
    path.write_text(DAG)
    return str(path)


@pytest.mark.parametrize(
    ("form", "begins"), [("text", "/"), ("json", "[\n"), ("mermaid", "flowchart LR\n"), ("dot", "digraph ")]
)
def test_each_form_is_printed(dag, capsys, form, begins):
    assert main(["model", dag, "--output-format", form]) == 0
    out = capsys.readouterr().out
    assert out.startswith(dag if begins == "/" else begins)
    assert out.endswith("\n")


@pytest.mark.parametrize(
    ("options", "catchup"),
    [
        (["--airflow-version", "2.11"], True),
        (["--airflow-version", "3"], False),
        ([], None),
        (["--catchup-by-default", "false"], False),
    ],
)
def test_settings_change_what_a_file_means(dag, capsys, options, catchup):
    assert main(["model", dag, "--output-format", "json", *options]) == 0
    assert json.loads(capsys.readouterr().out)[0]["dags"][0]["catchup"] is catchup


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, "the file could not be read: "),
        ("def (", "Python cannot read the file: "),
        (f"x = {'-' * 3000}1", "nested too deep"),
    ],
)
def test_a_file_that_cannot_be_read_hides_no_other(dag, tmp_path, capsys, content, error):
    path = tmp_path / "broken.py"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["model", str(path), dag, "--output-format", "json"]) == 2
    broken, whole = json.loads(capsys.readouterr().out)
    assert error in broken["error"]
    assert whole["dags"][0]["dag_id"] == "d"


def test_a_file_that_we_do_not_survive_is_said(dag, capsys, monkeypatch):
    monkeypatch.setattr("dag_lint.lint.understand", lambda *given: 1 / 0)
    assert main(["model", dag, "--output-format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)[0]["error"] == "it could not be analysed: ZeroDivisionError"
