import os

import pytest

from dag_lint.discovery import discover
from dag_lint.settings import SETTINGS

BY_NAME = {setting.name: setting for setting in SETTINGS}
EXCLUDE = '[tool.dag-lint]\nexclude = ["legacy/", "*_old.py"]\n'
FILES = {
    "pyproject.toml": EXCLUDE,
    "a.py": "",
    "a_old.py": "",
    "legacy/a.py": "",
    "dags/legacy/b/c.py": "",
    "dags/b.py": "",
}


@pytest.fixture
def discovered(project, monkeypatch):
    """discovered({"a.py": ""}, "dags", exclude="...") -> the files, and what is wrong."""

    def run(files, *paths, **options):
        monkeypatch.chdir(project(files))
        overrides = {name: BY_NAME[name].from_option(text) for name, text in options.items()}
        found = discover(paths or ["."], overrides)
        return found.files, [(one.path, one.span.start.line, one.message) for one in found.wrong]

    return run


def test_what_the_settings_exclude_is_not_searched(discovered, monkeypatch):
    entered = []
    scandir = os.scandir

    def noted(here):
        entered.append(here)
        return scandir(here)

    monkeypatch.setattr("os.scandir", noted)
    assert discovered(FILES) == (["./a.py", "./dags/b.py"], [])
    assert sorted(entered) == [".", "./dags"]


def test_what_the_settings_exclude_is_not_linted_when_it_is_named(discovered):
    # pre-commit and editors name every file.
    assert discovered(FILES, "a.py", "a_old.py", "legacy/a.py", "legacy", "dags/legacy") == (["a.py"], [])


def test_an_option_wins_over_the_file(discovered):
    assert discovered(FILES, exclude="/dags,a.py") == (["./a_old.py"], [])


def test_each_project_excludes_for_itself(discovered):
    files = {**FILES, "legacy/pyproject.toml": "", "sub/setup.cfg": "", "sub/legacy/a.py": ""}
    assert discovered(files, "legacy", "sub") == (["legacy/a.py", "sub/legacy/a.py"], [])


def test_the_root_itself_is_never_excluded(discovered):
    toml = '[tool.dag-lint]\nexclude = ["*", "!a.py"]\n'
    assert discovered({"pyproject.toml": toml, "a.py": "", "b.py": ""}) == (["./a.py"], [])


def test_wrong_settings_are_told_for_each_project_of_the_files(discovered):
    wrong = "[tool.dag-lint]\n\nx = 1\n"
    files = {"pyproject.toml": wrong, "one/pyproject.toml": wrong, "two/pyproject.toml": wrong}
    message = 'there is no setting "x"'
    assert discovered({**files, "one/a.py": "", "two/a.py": ""}, "one") == (
        ["one/a.py"],
        [("one/pyproject.toml", 3, message)],
    )
    _, told = discovered({"a.py": ""})
    assert told == [(f"{name}pyproject.toml", 3, message) for name in ("", "one/", "two/")]


def test_wrong_settings_are_silent_when_they_say_so(discovered):
    assert discovered({"pyproject.toml": '[tool.dag-lint]\nx = 1\nignore = ["DAG000"]\n', "a.py": ""}) == (
        ["./a.py"],
        [],
    )


def test_what_is_not_there_is_told_unless_an_option_says_otherwise(discovered):
    _, ((path, _, message),) = discovered({}, "missing")
    assert (path, message) == ("missing", "there is nothing to lint: No such file or directory")
    assert discovered({}, "missing", ignore="DAG000") == ([], [])
