"""The files that are measured are the same everywhere, and what they are said to be. Nothing here is timed."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _importable(monkeypatch):
    monkeypatch.syspath_prepend(str(PROJECT))


def codes(text):
    from dag_lint.lint import lint
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile

    return [found.code for found in lint(SourceFile("dags/a.py", text), Settings())]


@pytest.mark.parametrize("number", range(7))
def test_a_generated_dag_file_is_analysed_and_has_something_to_find(number):
    from benchmarks.inputs import dag_file

    found = codes(dag_file(number))
    assert "DAG000" not in found
    assert "DAG103" in found


def test_a_dag_has_as_many_tasks_as_were_asked_for():
    from benchmarks.inputs import dag_file
    from dag_lint.lint import understand
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile

    file = understand(SourceFile("a.py", dag_file(4, 100)), Settings()).file
    assert len(file.tasks) == 100


def test_the_dag_of_an_editor_has_three_hundred_lines():
    from benchmarks.inputs import dag_file
    from benchmarks.parts import TASKS_OF_AN_EDITORS_DAG

    assert 290 <= len(dag_file(4, TASKS_OF_AN_EDITORS_DAG).splitlines()) <= 310


def test_other_files_are_python_and_do_not_mention_airflow():
    from benchmarks.inputs import plain_file

    assert "airflow" not in plain_file(3).lower()
    assert len(ast.parse(plain_file(3, functions=12)).body) == 17


def test_one_of_five_files_of_the_mixed_repository_is_a_dag_and_all_differ(tmp_path):
    from benchmarks.inputs import mixed_repository

    dags = mixed_repository(tmp_path / "mixed", 50)
    files = sorted((tmp_path / "mixed").rglob("*.py"))
    assert len(files) == 50
    assert len(dags) == 10
    assert len({path.read_text() for path in files}) == 50


def test_flake8_is_measured_with_us_and_without(tmp_path):
    from benchmarks.measure import Command, of_commands
    from benchmarks.places import flake8_words

    if sys.platform == "win32":
        pytest.skip("links need a permission there")
    (tmp_path / "a.py").write_text("from airflow import DAG\ndag = DAG('a_hourly', schedule='3 5 * * *')\n")
    costs = of_commands(
        {
            # With findings of ours it ends with 1, without with 0.
            name: Command(
                [
                    *flake8_words(tmp_path / "places", with_us=fine == 1),
                    "--isolated",
                    "--select",
                    "DAG",
                    "a.py",
                ],
                tmp_path,
                fine=(fine,),
            )
            for name, fine in (("with", 1), ("without", 0))
        },
        runs=1,
    )
    assert set(costs) == {"with", "without"}


def test_the_table_is_one_of_markdown():
    from benchmarks.__main__ import table
    from benchmarks.parts import Row

    lines = table([Row("a", "1.30 x b", "c")], "Python 3").splitlines()
    assert lines[0] == "Python 3."
    assert lines[-1] == "| a | **1.30 x b** | c |"
    assert {text.count("|") for text in lines[2:]} == {4}
