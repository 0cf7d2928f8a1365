from argparse import Namespace

import pytest

from dag_lint.first_file import speaks_for

WITH = "import airflow\n"


def options(*paths, **more):
    defaults = {"stdin_display_name": "stdin", "filename": ["*.py"], "exclude": [], "extend_exclude": []}
    return Namespace(filenames=list(paths), **{**defaults, **more})


def speakers(folder, names, options):
    return [name for name in names if speaks_for(str(folder / name), folder, options)]


def test_the_first_file_by_name_that_is_about_airflow_speaks(project):
    folder = project({"a.py": "", "b.py": WITH, "c.py": WITH})
    assert speakers(folder, ["a.py", "b.py", "c.py"], options(str(folder))) == ["b.py"]


def test_only_files_of_the_run_count(project):
    folder = project({"b.py": WITH, "c.py": WITH, "d.py": WITH})
    run = options(str(folder), exclude=[str(folder / "b.py")], extend_exclude=[str(folder / "c.py")])
    assert speakers(folder, ["d.py"], run) == ["d.py"]


@pytest.mark.parametrize(
    "text", ["import airflow\nx = (", "# flake8: noqa\nimport airflow\n", "x = 'airflow\0'"]
)
def test_a_file_that_never_reaches_us_does_not_speak(project, text):
    folder = project({"b.py": text, "c.py": WITH})
    assert speakers(folder, ["b.py", "c.py"], options(str(folder))) == ["c.py"]


def test_a_file_that_the_settings_exclude_does_not_speak(project):
    folder = project({"b.py": WITH, "c.py": WITH, "pyproject.toml": '[tool.dag-lint]\nexclude = ["b.py"]\n'})
    assert speakers(folder, ["b.py", "c.py"], options(str(folder))) == ["c.py"]


def test_a_file_of_another_project_does_not_speak(project):
    folder = project({"a/setup.cfg": "", "a/b.py": WITH, "c.py": WITH})
    assert speakers(folder, ["c.py"], options(str(folder))) == ["c.py"]


def test_when_no_file_can_be_found_any_may_speak(project):
    folder = project({"b.py": ""})
    assert speakers(folder, ["b.py"], options(str(folder))) == ["b.py"]


def test_stdin_is_a_run_of_its_own(project):
    assert speaks_for("any.py", project({}), options("-"))


def test_without_options_every_file_speaks(project):
    assert speaks_for("any.py", project({}), None)
