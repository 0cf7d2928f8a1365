"""The schema says of a table what our own reading of it says."""

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from dag_lint.pyproject import project_settings
from dag_lint.report.settings import as_plain, as_toml, schema, schema_as_json
from dag_lint.settings import SETTINGS, Settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parent.parent.parent
VALIDATOR = Draft7Validator(schema())


def table(toml):
    return tomllib.loads(f"[tool.dag-lint]\n{toml}\n")["tool"]["dag-lint"]


def test_the_schema_is_one():
    Draft7Validator.check_schema(schema())


def test_the_schema_in_the_repository_is_current():
    path = PROJECT / "docs" / "settings.schema.json"
    assert path.read_text(encoding="utf-8") == schema_as_json(), "run: python scripts/document_rules.py"


def test_it_describes_each_setting_with_an_example_that_it_takes():
    properties = schema()["properties"]
    assert list(properties) == [setting.name for setting in SETTINGS]
    for name, described in properties.items():
        assert described["description"]
        for value in (*described["examples"], described.get("default")):
            assert value is None or VALIDATOR.is_valid({name: value}), (name, value)


@pytest.mark.parametrize(
    "toml",
    [
        *(f"{setting.name} = {setting.example}" for setting in SETTINGS),
        'airflow-version = "3.0.0rc1"',
        'executor = "KubernetesExecutor"',
        'select = ["DAG"]\nignore = []',
        '[tool.dag-lint.per-file-ignores]\n"dags/**/*.py" = ["DAG1", "DAG302"]\n"!tests/" = []',
        'exclude = ["*", "!a.py"]',
        'min-severity = "info"',
    ],
)
def test_what_we_take_it_takes(project, toml):
    assert VALIDATOR.is_valid(table(toml))
    assert project_settings(project({"pyproject.toml": f"[tool.dag-lint]\n{toml}\n"})).problems == ()


@pytest.mark.parametrize(
    "toml",
    [
        "min-slep = 3",
        "min-sleep = -1",
        "min-sleep = true",
        'min-sleep = "3"',
        "airflow-version = 2.10",
        'airflow-version = "1.10"',
        'executor = "mesos"',
        'select = "DAG1"',
        'select = ["dag1"]',
        'enable = ["DAG"]',
        "exclude = [1]",
        'exclude = [""]',
        "per-file-ignores = []",
        'per-file-ignores = { "a.py" = "DAG1" }',
        'per-file-ignores = { "a.py" = ["x"] }',
        'min-severity = "fatal"',
        "catchup-by-default = 1",
    ],
)
def test_what_we_refuse_it_refuses(project, toml):
    assert not VALIDATOR.is_valid(table(toml))
    assert project_settings(project({"pyproject.toml": f"[tool.dag-lint]\n{toml}\n"})).problems


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_value_is_written_as_it_was_read(setting):
    read = tomllib.loads(f"x = {setting.example}")["x"]
    written = as_toml(setting.from_toml(read))
    assert setting.from_toml(tomllib.loads(f"x = {written}")["x"]) == setting.from_toml(read)
    assert json.loads(json.dumps(as_plain(setting.from_toml(read)))) == as_plain(setting.from_toml(read))


def test_nothing_is_written_as_nothing():
    assert as_toml(Settings().per_file_ignores) == "{}"
    assert as_toml(Settings().select) == "[]"
