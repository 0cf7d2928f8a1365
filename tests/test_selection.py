import os
from pathlib import Path

import pytest

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span, not_analysed
from dag_lint.pyproject import Problem
from dag_lint.selection import is_excluded, problems_of, refused, selected
from dag_lint.setting import FileRule, Patterns
from dag_lint.settings import SETTINGS, Settings

ROOT = Path("/project")
BY_NAME = {setting.name: setting for setting in SETTINGS}


def one(code, severity=Severity.WARNING):
    place = Position(1, 0)
    return Diagnostic("a.py", code, "a-rule", "text", Span(place, place), severity)


FOUND = [one(code) for code in ("DAG101", "DAG102", "DAG301", "DAG302", "ORG101")] + [
    not_analysed("a.py", "x")
]


def kept(location="dags/a.py", **settings):
    given = {
        name: frozenset(value) if name in ("select", "ignore", "extend_select") else value
        for name, value in settings.items()
    }
    where = None if location is None else ROOT / location
    return [found.code for found in selected(FOUND, Settings(**given), where, ROOT)]


def for_files(**rules):
    return tuple(
        FileRule(Patterns((pattern,)), frozenset(codes.split(","))) for pattern, codes in rules.items()
    )


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ({}, "DAG101 DAG102 DAG301 DAG302 ORG101 DAG000"),
        ({"select": ["DAG1"]}, "DAG101 DAG102 DAG000"),
        ({"select": ["ORG"], "extend_select": ["DAG3"]}, "DAG301 DAG302 ORG101 DAG000"),
        ({"select": ["DAG"], "ignore": ["DAG1"]}, "DAG301 DAG302 DAG000"),
        ({"select": ["DAG101"], "ignore": ["DAG1"]}, "DAG101 DAG000"),
        ({"select": ["DAG1"], "ignore": ["DAG1"]}, "DAG000"),
        ({"ignore": ["DAG3", "DAG000"], "extend_select": ["DAG301"]}, "DAG101 DAG102 DAG301 ORG101"),
        ({"per_file_ignores": for_files(**{"dags/": "DAG1,ORG"})}, "DAG301 DAG302 DAG000"),
        ({"per_file_ignores": for_files(**{"a.py": "DAG", "*.py": "ORG"})}, "DAG000"),
        ({"per_file_ignores": for_files(**{"a.py": "DAG000"}), "select": ["DAG1"]}, "DAG101 DAG102"),
        # In these files they are not to be reported, whatever is selected by its number elsewhere.
        ({"per_file_ignores": for_files(**{"a.py": "DAG1"}), "select": ["DAG101"]}, "DAG000"),
        ({"per_file_ignores": for_files(**{"!dags/": "DAG1", "!tests/": "DAG3"})}, "DAG101 DAG102 ORG101 DAG000"),
        ({"per_file_ignores": for_files(**{"/a.py": "DAG", "b.py": "DAG", "src/": "DAG"}), "select": ["DAG3"]},
         "DAG301 DAG302 DAG000"),
    ],
)  # fmt: skip
def test_the_longest_beginning_decides_and_a_file_rule_before_it(settings, codes):
    assert " ".join(kept(**settings)) == codes


def test_patterns_do_not_fit_a_text_without_a_name():
    assert "DAG101" in kept(None, per_file_ignores=for_files(**{"*": "DAG"}))
    assert "DAG101" in kept(None, per_file_ignores=for_files(**{"!x": "DAG"}))


def test_the_least_severity_is_reported_too():
    found = [one("DAG101", severity) for severity in Severity]
    for least, count in (("info", 3), ("warning", 2), ("error", 1)):
        chosen = selected(found, Settings(min_severity=least), None, None)
        assert [one.severity for one in chosen] == [Severity.ERROR, Severity.WARNING, Severity.INFO][:count]


@pytest.mark.parametrize(
    ("patterns", "out", "left"),
    [
        (["legacy"], ["legacy/a.py", "dags/legacy/b/c.py", "dags/legacy"], ["dags/legacy_2/a.py"]),
        (["dags/legacy/"], ["dags/legacy/b/c.py"], ["legacy/a.py", "x/dags/legacy/a.py", "dags/legacy"]),
        (["/a.py"], ["a.py"], ["dags/a.py"]),
        (["dags/*_old.py", "!x_old.py"], ["dags/a_old.py"], ["dags/x_old.py", "dags/b/a_old.py"]),
        (["dags/**/gen"], ["dags/gen/a.py", "dags/b/c/gen/a.py"], ["gen/a.py"]),
        # As for git, nothing comes back out of a folder that is named.
        (["dags/", "!dags/a.py"], ["dags/a.py"], ["a.py"]),
        (["dags/*", "!dags/a.py"], ["dags/b.py"], ["dags/a.py"]),
    ],
)
def test_patterns_are_those_of_a_gitignore(patterns, out, left):
    settings = Settings(exclude=Patterns(tuple(patterns)))
    assert [name for name in (*out, *left) if is_excluded(ROOT / name, settings, ROOT)] == out


def test_a_pattern_may_begin_at_the_root_in_the_way_of_paths():
    settings = Settings(exclude=BY_NAME["exclude"].from_toml(["./a.py"]))
    assert is_excluded(ROOT / "a.py", settings, ROOT)
    assert not is_excluded(ROOT / "dags/a.py", settings, ROOT)


def test_a_folder_is_excluded_as_such():
    settings = Settings(exclude=Patterns(("legacy/",)))
    assert is_excluded(ROOT / "legacy", settings, ROOT, is_folder=True)
    assert not is_excluded(ROOT / "legacy", settings, ROOT)
    assert not is_excluded(ROOT, Settings(exclude=Patterns(("*",))), ROOT, is_folder=True)


def test_patterns_of_an_option_begin_where_the_command_runs(project, monkeypatch):
    folder = project({"dags/x": ""})
    monkeypatch.chdir(folder / "dags")
    settings = Settings(exclude=BY_NAME["exclude"].from_option("sub/a.py,other"))
    assert is_excluded("sub/a.py", settings, folder)
    assert is_excluded(folder / "dags/sub/a.py", settings, folder)
    assert not is_excluded(folder / "sub/a.py", settings, folder)
    assert is_excluded("../other/a.py", settings, None)


def test_without_a_root_the_patterns_of_a_project_fit_nothing():
    assert not is_excluded(ROOT / "a.py", Settings(exclude=Patterns(("*",))), None)


@pytest.fixture
def rules(monkeypatch):
    class One:
        def __init__(self, code):
            self.code = code

    monkeypatch.setattr("dag_lint.rules.ALL_RULES", tuple(map(One, ("DAG101", "DAG102", "DAG303"))))


@pytest.mark.usefixtures("rules")
def test_a_selection_that_fits_no_rule_is_a_problem_with_its_line(project):
    toml = """\
[tool.dag-lint]
ignore = ["DAG101", "E501"]
extend-select = ["DAG309"]
min-slep = 3
[tool.dag-lint.per-file-ignores]
"a.py" = ["DAG102", "W"]
"""
    assert problems_of(project({"pyproject.toml": toml})) == (
        Problem(2, 'ignore: there is no rule whose code begins with "E501"'),
        Problem(3, 'extend-select: there is no rule whose code begins with "DAG309"; did you mean "DAG303"?'),
        Problem(4, 'there is no setting "min-slep"; did you mean "min-sleep"?'),
        Problem(5, 'per-file-ignores: there is no rule whose code begins with "W"'),
    )


def test_a_selection_by_options_that_fits_no_rule_is_refused():
    assert refused({"select": frozenset({"DAG", "E5"})}) == (
        '--select: there is no rule whose code begins with "E5"'
    )
    rules = BY_NAME["per-file-ignores"].from_option("a.py:DAG1,W6")
    assert refused({"per_file_ignores": rules}) == (
        '--per-file-ignores: there is no rule whose code begins with "W6"'
    )
    assert refused({"select": frozenset({"DAG", "DAG000"}), "ignore": frozenset()}) is None


@pytest.mark.skipif(os.name != "nt", reason="other systems have no drives")
def test_a_file_on_another_drive_fits_by_its_name():
    assert is_excluded("Z:/a.py", Settings(exclude=Patterns(("a.py",))), Path("C:/project"))
