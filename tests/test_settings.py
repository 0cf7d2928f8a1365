import argparse
from dataclasses import fields

import pytest

from dag_lint.settings import (
    SETTINGS,
    Settings,
    WrongSettingError,
    did_you_mean,
    overrides_in,
    settings_under,
)

BY_NAME = {setting.name: setting for setting in SETTINGS}


def under(project, toml, **overrides):
    return settings_under(project({"pyproject.toml": toml}), overrides)


def test_the_table_and_the_settings_are_the_same_set():
    assert [setting.attribute for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_defaults_are_of_the_type_that_the_table_says():
    defaults = Settings()
    for setting in SETTINGS:
        default = getattr(defaults, setting.attribute)
        kinds = {"text": str, "number": int, "switch": bool, "list": frozenset}
        assert default is None or type(default) is kinds[setting.kind], setting.name


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_example_is_a_value_that_the_setting_takes(project, setting):
    settings, problem = under(project, f"[tool.dag-lint]\n{setting.name} = {setting.example}\n")
    assert problem is None
    assert settings == Settings(**{setting.attribute: getattr(settings, setting.attribute)})


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("airflow-version", "3", "3"),
        ("airflow-version", "2.10.5", "2.10.5"),
        ("airflow-version", "3.0.0rc1", "3.0.0rc1"),
        ("enable", "DAG9, DAG313", frozenset({"DAG9", "DAG313"})),
        ("enable", "DAG9\nDAG313\n", frozenset({"DAG9", "DAG313"})),
        ("executor", "KubernetesExecutor", "kubernetes"),
        ("executor", "celery", "celery"),
        ("min-sleep", "60", 60),
        ("heavy-calls", "company.frames.load", frozenset({"company.frames.load"})),
        ("catchup-by-default", "False", False),
        ("catchup-by-default", "true", True),
    ],
)
def test_an_option_is_read_as_the_setting_it_stands_for(name, text, value):
    assert BY_NAME[name].from_option(text) == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("airflow-version", "1.10", "2 or 3"),
        ("airflow-version", "3.x", "2 or 3"),
        ("airflow-version", "", "2 or 3"),
        ("enable", "dag9", "code of a rule"),
        ("enable", "DAG", "code of a rule"),
        ("executor", "kubernets", 'did you mean "kubernetes"?'),
        ("executor", "mesos", "there are batch, celery"),
        ("min-sleep", "-1", "whole number"),
        ("min-sleep", "1.5", "whole number"),
        ("heavy-calls", "load()", "as it is imported"),
        ("catchup-by-default", "no", '"true" or "false"'),
    ],
)
def test_a_wrong_option_is_refused_in_words_that_help(name, text, says):
    with pytest.raises(WrongSettingError, match=says.replace("(", r"\(").replace("?", r"\?")):
        BY_NAME[name].from_option(text)


def test_options_that_were_not_given_are_no_overrides():
    parser = argparse.ArgumentParser()
    for setting in SETTINGS:
        parser.add_argument(f"--x-{setting.name}", type=setting.from_option)
    options = parser.parse_args(["--x-min-sleep", "3", "--x-catchup-by-default", "false"])
    assert overrides_in(options, "x_") == {"min_sleep": 3, "catchup_by_default": False}


def test_without_a_project_the_settings_are_the_defaults_and_the_options():
    assert settings_under(None, {"min_sleep": 3}) == (Settings(min_sleep=3), None)


@pytest.mark.parametrize(
    "toml",
    [
        "",
        "[project]\nname = 'x'\n",
        "[tool.ruff]\nline-length = 99\n",
        "tool = 3 # dag-lint\n",
        "[tool]\n# dag-lint\n",
        "[tool.ruff]\nbroken = \n",
    ],
)
def test_a_file_that_says_nothing_of_us_is_nothing_to_us(project, toml):
    assert under(project, toml) == (Settings(), None)


def test_options_win_over_the_file(project):
    toml = '[tool.dag-lint]\nmin-sleep = 5\nexecutor = "celery"\n'
    settings, _ = under(project, toml, min_sleep=7)
    assert settings == Settings(min_sleep=7, executor="celery")


def test_a_number_as_the_version_is_refused_because_nobody_knows_which_was_meant(project):
    settings, problem = under(project, "[tool.dag-lint]\nairflow-version = 3.10\n")
    assert settings == Settings()
    assert problem is not None
    assert "airflow-version = 3.1 is a number" in problem
    assert 'airflow-version = "2.10"' in problem


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("min-slep = 3", 'no setting "min-slep"; did you mean "min-sleep"?'),
        ("min_sleep = 3", 'no setting "min_sleep"; did you mean "min-sleep"?'),
        ("xyzzy = 3", 'no setting "xyzzy"'),
        ("airflow-version = 3", "airflow-version is a text"),
        ("min-sleep = true", "min-sleep is a whole number"),
        ("min-sleep = -1", "min-sleep is a whole number"),
        ('min-sleep = "5"', "min-sleep is a whole number"),
        ('enable = "DAG9"', "enable is a list of texts"),
        ("enable = [1]", "enable is a list of texts"),
        ('enable = ["x"]', 'enable = "x"'),
        ("catchup-by-default = 1", "catchup-by-default is true or false"),
        ('"a\\u001b[31m\\n:1:2: b" = 1', 'no setting "a [31m : 1:2: b"'),
    ],
)
def test_a_wrong_key_is_named_and_the_others_count(project, line, says):
    settings, problem = under(project, f'[tool.dag-lint]\nexecutor = "celery"\n{line}\n')
    assert settings == Settings(executor="celery")
    assert problem is not None
    assert says in problem


def test_several_wrong_keys_are_counted(project):
    _, problem = under(project, "[tool.dag-lint]\na = 1\nb = 2\nc = 3\n")
    assert problem == '[tool.dag-lint] in pyproject.toml: there is no setting "a" (and 2 more)'


@pytest.mark.parametrize(
    "content",
    [
        "[tool.dag-lint]\nmin-sleep = \n",
        "[tool.dag-lint\n",
        "# dag-lint\nx = " + "[" * 5000 + "]" * 5000,
        b"[tool.dag-lint]\nexecutor = '\xff'\n",
        "tool.dag-lint = 3\n",
        "[tool.dag-lint]\n" + "#" * 300_000,
    ],
    ids=["value", "bracket", "deep", "bytes", "no table", "huge"],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_no_exception(project, content):
    settings, problem = under(project, content)
    assert settings == Settings()
    assert problem is not None
    assert problem.startswith("pyproject.toml cannot be read: ")


def test_a_folder_with_the_name_of_the_file_is_no_file(project):
    folder = project({})
    (folder / "pyproject.toml").mkdir()
    assert settings_under(folder, {}) == (Settings(), None)


def test_enable_takes_codes_and_their_beginnings():
    settings = Settings(enable=frozenset({"DAG9", "DAG313"}))
    assert [code for code in ("DAG313", "DAG901", "DAG312") if settings.enables(code)] == ["DAG313", "DAG901"]
    assert not Settings().enables("DAG901")


def test_nothing_is_suggested_for_a_word_that_is_like_none():
    assert did_you_mean("zzz", ["min-sleep"]) == ""
