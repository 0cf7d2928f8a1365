import argparse
from dataclasses import fields
from pathlib import Path

import pytest

from dag_lint.setting import FileRule, Patterns
from dag_lint.settings import SETTINGS, Settings, WrongSettingError, did_you_mean, overrides_in

BY_NAME = {setting.name: setting for setting in SETTINGS}


def test_the_table_and_the_settings_are_the_same_set():
    assert [setting.attribute for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_defaults_are_of_the_type_that_the_table_says():
    defaults = Settings()
    for setting in SETTINGS:
        default = getattr(defaults, setting.attribute)
        kinds = {
            "text": str, "number": int, "switch": bool, "list": frozenset, "patterns": Patterns, "table": tuple,
        }  # fmt: skip
        assert default is None or type(default) is kinds[setting.kind], setting.name


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
        ("select", "DAG,DAG301", frozenset({"DAG", "DAG301"})),
        ("min-severity", "error", "error"),
        ("exclude", "a/, *.py", Patterns(("a/", "*.py"), Path.cwd())),
        ("exclude", f"./a !./b {Path.cwd()}/c/ /d", Patterns(("/a", "!/b", "/c/", "/d"), Path.cwd())),
        (
            "per-file-ignores",
            "a/**:DAG1,DAG301 b:DAG2,a/**:DAG4",
            (
                FileRule(Patterns(("a/**",), Path.cwd()), frozenset({"DAG1", "DAG301", "DAG4"})),
                FileRule(Patterns(("b",), Path.cwd()), frozenset({"DAG2"})),
            ),
        ),
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
        ("select", "DAG1011", "write the code of a rule"),
        ("ignore", "dag1", "write the code of a rule"),
        ("per-file-ignores", "DAG1", "write PATTERN:CODE"),
        ("per-file-ignores", "a.py:x", "write the code of a rule"),
        ("per-file-ignores", ":DAG1", "write a pattern as in .gitignore"),
        ("exclude", "!", "write a pattern as in .gitignore"),
        ("exclude", "../a", "write a pattern without .."),
        ("min-severity", "fatal", "there are info, warning, error"),
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


def test_to_select_a_rule_by_its_number_switches_it_on():
    settings = Settings(select=frozenset({"DAG", "DAG9"}), extend_select=frozenset({"DAG313"}))
    assert [code for code in ("DAG313", "DAG901", "DAG312") if settings.enables(code)] == ["DAG313", "DAG901"]


def test_enable_takes_codes_and_their_beginnings():
    settings = Settings(enable=frozenset({"DAG9", "DAG313"}))
    assert [code for code in ("DAG313", "DAG901", "DAG312") if settings.enables(code)] == ["DAG313", "DAG901"]
    assert not Settings().enables("DAG901")


def test_nothing_is_suggested_for_a_word_that_is_like_none():
    assert did_you_mean("zzz", ["min-sleep"]) == ""
