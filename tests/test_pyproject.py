import pytest

from dag_lint.pyproject import Problem, project_settings, settings_under
from dag_lint.settings import SETTINGS, Settings


def under(project, toml, **overrides):
    """The settings, and the words of the problems."""
    folder = project({"pyproject.toml": toml})
    return settings_under(folder, overrides), [one.message for one in project_settings(folder).problems]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_example_is_a_value_that_the_setting_takes(project, setting):
    settings, problems = under(project, f"[tool.dag-lint]\n{setting.name} = {setting.example}\n")
    assert problems == []
    assert settings != Settings() or setting.name == "min-sleep"
    assert settings == Settings(**{setting.attribute: getattr(settings, setting.attribute)})


def test_without_a_project_the_settings_are_the_defaults_and_the_options():
    assert settings_under(None, {"min_sleep": 3}) == Settings(min_sleep=3)


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
    assert under(project, toml) == (Settings(), [])


def test_options_win_over_the_file(project):
    toml = '[tool.dag-lint]\nmin-sleep = 5\nexecutor = "celery"\n'
    settings, _ = under(project, toml, min_sleep=7)
    assert settings == Settings(min_sleep=7, executor="celery")


def test_a_number_as_the_version_is_refused_because_nobody_knows_which_was_meant(project):
    settings, (problem,) = under(project, "[tool.dag-lint]\nairflow-version = 3.10\n")
    assert settings == Settings()
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
        ('select = "DAG1"', 'select is a list of texts: select = ["DAG1", "DAG201"]'),
        ('select = ["dag1"]', 'select = "dag1": write the code of a rule'),
        (
            "per-file-ignores = []",
            'per-file-ignores is a table of lists of texts: per-file-ignores = { "dags',
        ),
        ("per-file-ignores.a = 1", "per-file-ignores is a table of lists of texts"),
        ('per-file-ignores.a = ["x"]', 'per-file-ignores = "x": write the code of a rule'),
        ('per-file-ignores."" = ["DAG1"]', 'per-file-ignores = "": write a pattern as in .gitignore'),
        ('exclude = "a"', "exclude is a list of texts"),
        ('exclude = ["a", "# b"]', 'exclude = "# b": write a pattern as in .gitignore'),
        ('exclude = ["a/../b"]', 'exclude = "a/../b": write a pattern without ..'),
        ('exclude = ["!"]', 'exclude = "!": write a pattern as in .gitignore'),
        ('min-severity = "warn"', 'min-severity = "warn": no such severity; did you mean "warning"?'),
        ('"a\\u001b[31m\\n:1:2: b" = 1', 'no setting "a [31m : 1:2: b"'),
    ],
)
def test_a_wrong_key_is_named_and_the_others_count(project, line, says):
    settings, (problem,) = under(project, f'[tool.dag-lint]\nexecutor = "celery"\n{line}\n')
    assert settings == Settings(executor="celery")
    assert says in problem


@pytest.mark.parametrize(
    ("toml", "lines"),
    [
        ("[project]\n\n[tool.dag-lint]\n# a comment\na = 1\nmin-sleep = 3\nb = 2\n", [5, 7]),
        ('[tool.ruff]\na = 1\n[tool.dag-lint]\n"a" = 1\nb.c = 2\n', [4, 5]),
        ("[tool.dag-lint]\nmin-sleep = 3\n[tool.dag-lint.a]\nx = 1\n[other]\nb = 1\n", [3]),
        ("[ tool . 'dag-lint' ]\na = 1\n", [2]),
        ("[tool]\ndag-lint = { a = 1, b = 2 }\n", [1, 1]),
    ],
    ids=["plain", "neighbour", "sub-table", "blanks", "inline"],
)
def test_a_problem_has_the_line_of_its_key(project, toml, lines):
    problems = project_settings(project({"pyproject.toml": toml})).problems
    assert [problem.line for problem in problems] == lines


def test_a_file_that_is_no_toml_has_the_line_where_reading_ends(project):
    (problem,) = project_settings(project({"pyproject.toml": "[tool.dag-lint]\n\nmin-sleep = \n"})).problems
    assert problem == Problem(3, "it cannot be read: Invalid value (at line 3, column 13)")


@pytest.mark.parametrize(
    ("toml", "overrides", "selects", "ignores"),
    [
        ('select = ["DAG1"]\nignore = ["DAG101"]', {}, {"DAG1"}, {"DAG101"}),
        ('select = ["DAG1"]\nignore = ["DAG101"]', {"select": frozenset({"DAG101"})}, {"DAG101"}, set()),
        (
            'select = ["DAG1"]\nextend-select = ["DAG3"]',
            {"ignore": frozenset({"DAG102"})},
            {"DAG1"},
            {"DAG102"},
        ),
    ],
)
def test_who_selects_by_an_option_means_that_alone(project, toml, overrides, selects, ignores):
    settings, _ = under(project, f"[tool.dag-lint]\n{toml}\n", **overrides)
    assert (settings.select, settings.ignore) == (selects, ignores)
    assert settings.extend_select == (frozenset({"DAG3"}) if "extend" in toml else frozenset())


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
    settings, (problem,) = under(project, content)
    assert settings == Settings()
    assert problem.startswith("it cannot be read: ")


def test_a_folder_with_the_name_of_the_file_is_no_file(project):
    folder = project({})
    (folder / "pyproject.toml").mkdir()
    assert settings_under(folder, {}) == Settings()
    assert project_settings(folder).problems == ()
