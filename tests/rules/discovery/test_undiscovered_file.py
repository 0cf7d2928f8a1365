"""What no fixture can hold, since the mark of a finding has one of the words itself."""

from __future__ import annotations

import pytest

from dag_lint.indexing import with_project_findings
from dag_lint.inspection import Request, inspect_file

FACTORY = (
    "import pendulum\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n"
    "def make(name):\n"
    '    with DAG(name, schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC")) as made:\n'
    '        EmptyOperator(task_id="load")\n'
    "    return made\n"
)
USE = "from factory import make\nload = make('load')\n"


def found(root, name="dags/load.py", **overrides):
    request = Request(overrides, summaries=True)
    (inspection,) = with_project_findings([inspect_file(str(root / name), request)], request)
    return [(one.code, one.span.start.line, one.message) for one in inspection.diagnostics]


def lacks(words, line=2):
    text = (
        f'the {words} nowhere in this file: Airflow does not read it and never sees the DAG "load";'
        " write a comment: # airflow dag"
    )
    return [("DAG701", line, text)]


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        (USE, None, lacks('words "airflow" and "dag"')),
        ("# DAG\n" + USE, None, lacks('word "airflow"', 3)),
        ("# Airflow\n" + USE, None, lacks('word "dag"', 3)),
        ("# AIRFLOW and an asset\n" + USE, "2.11", lacks('word "dag"', 3)),
        ("# AIRFLOW and an asset\n" + USE, "3.1", []),
        ("# AIRFLOW and an asset\n" + USE, None, []),
        ("# an asset\n" + USE, "3.1", lacks('word "airflow"', 3)),
        ("# Airflow's Dag\n" + USE, None, []),
        (USE.replace("\n", "  # noqa: DA" + "G701\n"), None, []),
        ("from factory import make\n", None, []),
    ],
)
def test_the_words_that_count_are_those_of_the_version(project, text, version, expected):
    root = project({"dags/factory.py": FACTORY, "dags/load.py": text})
    overrides = {} if version is None else {"airflow_version": version}
    assert found(root, **overrides) == expected


@pytest.mark.parametrize("name", ["airflow.cfg", "docker-compose.yaml", "dags/.env"])
def test_without_safe_mode_every_file_is_read(project, name):
    off = {
        "airflow.cfg": "[core]\ndag_discovery_safe_mode = False\n",
        "docker-compose.yaml": "environment:\n  AIRFLOW__CORE__DAG_DISCOVERY_SAFE_MODE: 'false'\n",
        "dags/.env": "AIRFLOW__CORE__DAG_DISCOVERY_SAFE_MODE=False\n",
    }
    root = project({"dags/factory.py": FACTORY, "dags/load.py": USE, name: off[name]})
    assert found(root) == []


def test_a_file_outside_of_a_dags_folder_is_nobodys(project):
    root = project({"factory.py": FACTORY, "load.py": USE})
    assert found(root, "load.py") == []


def test_an_excluded_file_is_not_looked_at(project):
    toml = '[tool.dag-lint]\nexclude = ["load.py"]\n'
    root = project({"dags/factory.py": FACTORY, "dags/load.py": USE, "pyproject.toml": toml})
    assert found(root) == []
