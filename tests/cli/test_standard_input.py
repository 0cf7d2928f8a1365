import io
import sys

import pytest

from dag_lint.cli import main

AIRFLOW = "import airflow\nx = 1\n"


@pytest.fixture
def check(project, found, monkeypatch, capsys):
    """check({"pyproject.toml": "..."}, text, "--option") -> (lines, status); the pipeline tells what it is told."""
    found(lambda source, settings: [(2, 4, "DAG101", f"{source.location} {settings.min_sleep}")])

    def run(files, text, *arguments):
        monkeypatch.chdir(project(files))
        content = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        status = main(["check", *arguments])
        out, err = capsys.readouterr()
        assert err == ""
        return out.splitlines(), status

    return run


TOML = "[tool.dag-lint]\nmin-sleep = 3\n"


def test_a_text_with_a_name_has_the_settings_of_its_project(check):
    out, status = check({"pyproject.toml": TOML}, AIRFLOW, "--stdin-filename", "dags/a.py", "-")
    assert (out, status) == (["dags/a.py:2:5: DAG101 dags/a.py 3"], 1)


def test_a_text_without_a_name_belongs_to_no_project_as_for_flake8(check):
    assert check({"pyproject.toml": TOML}, AIRFLOW, "-") == (["stdin:2:5: DAG101 None 10"], 1)


def test_what_lies_on_disk_under_the_name_is_not_read(check):
    assert check({"a.py": AIRFLOW}, "x = 1\n", "--stdin-filename", "a.py", "-") == ([], 0)


def test_a_comment_in_the_text_switches_a_finding_off(check):
    assert check({}, "import airflow\nx = 1  # noqa: DAG101\n", "-") == ([], 0)


def test_a_text_that_is_excluded_is_not_linted(check):
    files = {"pyproject.toml": "[tool.dag-lint]\nexclude = ['dags/']\n"}
    for text in (AIRFLOW, "import airflow\nx = ("):
        assert check(files, text, "--stdin-filename", "dags/a.py", "-") == ([], 0)


def test_wrong_settings_are_told(check):
    files = {"pyproject.toml": "[tool.dag-lint]\nx = 3\n"}
    out, status = check(files, AIRFLOW, "--stdin-filename", "a.py", "-")
    assert out == ['pyproject.toml:2:1: DAG000 there is no setting "x"', "a.py:2:5: DAG101 a.py 10"]
    assert status == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import airflow\nx = (\n", "stdin:2:5: DAG000 Python cannot read the file: '(' was never closed"),
        ("#airflow " + "x" * 4_000_000, "stdin:1:1: DAG000 the text could not be read: it is larger than"),
        (b"# coding: nonsense\nimport airflow\nx = '\xff'\n", "stdin:2:5: DAG101 None 10"),
        (b"\xef\xbb\xbfimport airflow\r\nx = 1  # noqa: DAG1\r\n", None),
    ],
    ids=["syntax", "size", "cookie", "windows"],
)  # fmt: skip
def test_any_bytes_are_survived(check, text, line):
    out, status = check({}, text, "-")
    assert [one[: len(line)] for one in out] == [line] if line else out == []
    assert status == (0 if line is None else 2 if "DAG000" in line else 1)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-", "a.py"], "- stands alone: stdin holds the text of one file"),
        (["--stdin-filename", "a.py"], "--stdin-filename names the text of stdin: write - as the path"),
        (
            ["--stdin-filename", "a.py", "a.py"],
            "--stdin-filename names the text of stdin: write - as the path",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(capsys, arguments, says):
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr().err == f"dag-lint: {says}\n"
