import json

import pytest

from dag_lint.cli import main

TOML = """\
[project]
dependencies = ["apache-airflow==2.10.5"]
[tool.dag-lint]
min-sleep = 10
ignore = ["DAG3", "DAG109"]
exclude = ["dags/legacy/"]
per-file-ignores = { "tests/" = ["DAG1"], "a b.py" = ["DAG2"] }
"""


@pytest.fixture
def config(project, monkeypatch, capsys):
    """config({"pyproject.toml": "..."}, "dags/a.py", "--option") -> (stdout, stderr, status)."""

    def run(files, *arguments):
        monkeypatch.chdir(project(files))
        status = main(["config", *arguments])
        out, err = capsys.readouterr()
        return out, err, status

    return run


def test_each_setting_is_told_with_its_origin(config, tmp_path):
    out, err, status = config({"pyproject.toml": TOML}, "dags/a.py", "--min-severity", "warning")
    assert (err, status) == ("", 0)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[:4] == [
        "# dags/a.py: linted",
        f"# project: {tmp_path}",
        "# target: pyproject.toml pins apache-airflow==2.10.5",
        "[tool.dag-lint]",
    ]
    for line in (
        "# airflow-version is not set",
        "min-sleep = 10 # pyproject.toml, line 4",
        "select = [] # default",
        'ignore = ["DAG109", "DAG3"] # pyproject.toml, line 5',
        'exclude = ["dags/legacy/"] # pyproject.toml, line 6',
        'per-file-ignores = { "tests/" = ["DAG1"], "a b.py" = ["DAG2"] } # pyproject.toml, line 7',
        'min-severity = "warning" # --min-severity',
    ):
        assert line in lines


def test_what_is_printed_is_a_table_that_gives_the_same_settings(config):
    out, _, _ = config({"pyproject.toml": TOML}, "--catchup-by-default", "true", "--heavy-calls", "a.b")
    again, err, _ = config({"copy/pyproject.toml": out}, "copy")
    assert err == ""
    assert [line.partition(" #")[0].rstrip() for line in again.splitlines()[3:]] == [
        line.partition(" #")[0].rstrip() for line in out.splitlines()[3:]
    ]


def test_to_select_by_an_option_makes_the_selection_of_the_file_void(config):
    out, _, _ = config({"pyproject.toml": TOML}, "--select", "DAG301")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert 'select = ["DAG301"] # --select' in lines
    assert "ignore = [] # default, because of --select" in lines


def test_the_same_as_json(config, tmp_path):
    out, _, status = config({"pyproject.toml": TOML}, "dags/legacy/a.py", "--output-format", "json")
    document = json.loads(out)
    assert status == 0
    assert document["path"] == "dags/legacy/a.py"
    assert document["project"] == str(tmp_path)
    assert document["excluded"] is True
    assert document["target"] == {
        "major": 2, "version": "2.10.5", "reason": "pyproject.toml pins apache-airflow==2.10.5",
    }  # fmt: skip
    assert document["settings"]["ignore"] == {"value": ["DAG109", "DAG3"], "origin": "pyproject.toml, line 5"}
    assert document["settings"]["executor"] == {"value": None, "origin": "default"}


def test_wrong_settings_are_told_and_have_their_defaults(config):
    out, err, status = config({"pyproject.toml": "[tool.dag-lint]\nmin-sleep = '3'\nselect = ['E']\n"})
    assert "min-sleep = 10" in out
    assert err.splitlines() == [
        "pyproject.toml:2:1: DAG000 min-sleep is a whole number: min-sleep = 10",
        'pyproject.toml:3:1: DAG000 select: there is no rule whose code begins with "E"',
    ]
    assert status == 2
    _, err, status = config({}, "--ignore", "E5")
    assert err == 'dag-lint: --ignore: there is no rule whose code begins with "E5"\n'
    assert status == 2


def test_the_schema_is_printed_for_whoever_wants_it(config):
    out, _, status = config({}, "--schema")
    assert status == 0
    assert json.loads(out)["properties"]["min-sleep"]["minimum"] == 0
