import pytest

from dag_lint.cli import main

AIRFLOW = "import airflow\nx = 1\n"


@pytest.fixture
def add_noqa(project, found, monkeypatch, capsys):
    """add_noqa({"a.py": "..."}) -> (stdout, stderr, status); the pipeline finds two things on line 2."""
    found(lambda source, settings: [(2, 4, "DAG302", "text"), (2, 0, "DAG101", "text")])

    def run(files, *arguments):
        monkeypatch.chdir(project(files))
        status = main(["check", "--add-noqa", *arguments])
        out, err = capsys.readouterr()
        return out.splitlines(), err.splitlines(), status

    return run


def test_comments_are_written_and_then_there_is_nothing_to_report(add_noqa, tmp_path):
    files = {"a.py": AIRFLOW, "b.py": "import os\n", "c.py": "import airflow\nx = 1  # noqa: DAG302\n"}
    assert add_noqa(files) == (["Switched off 3 findings in 2 files."], [], 0)
    assert (tmp_path / "a.py").read_text() == "import airflow\nx = 1  # noqa: DAG101,DAG302\n"
    assert (tmp_path / "c.py").read_text() == "import airflow\nx = 1  # noqa: DAG302,DAG101\n"
    assert main(["check", "."]) == 0
    assert add_noqa({}) == (["Switched off 0 findings in 0 files."], [], 0)


def test_only_what_is_selected_is_switched_off(add_noqa, tmp_path):
    assert add_noqa({"a.py": AIRFLOW}, "--select", "DAG302") == (["Switched off 1 finding in 1 file."], [], 0)
    assert (tmp_path / "a.py").read_text() == "import airflow\nx = 1  # noqa: DAG302\n"


def test_what_cannot_be_switched_off_is_named(add_noqa, tmp_path):
    text = "import airflow\nx = '# noqa: E501'\n"
    out, _, status = add_noqa({"a.py": text, "b.py": AIRFLOW})
    assert out == [
        "./a.py:2:1: DAG101 text",
        "./a.py:2:5: DAG302 text",
        "Switched off 2 findings in 1 file.",
        "2 findings left: no comment can stand where flake8 would look for it.",
    ]
    assert status == 1
    assert (tmp_path / "a.py").read_text() == text


def test_what_could_not_be_analysed_is_told(add_noqa):
    out, _, status = add_noqa({"a.py": "import airflow\nx = (", "b.py": AIRFLOW})
    assert out[0].startswith("./a.py:2:5: DAG000 Python cannot read the file")
    assert out[1:] == ["Switched off 2 findings in 1 file."]
    assert status == 2


def test_a_file_that_cannot_be_written_is_told_and_the_others_are(add_noqa, project, tmp_path):
    project({"a.py": AIRFLOW})
    (tmp_path / "a.py").chmod(0o444)
    out, errors, status = add_noqa({"b.py": AIRFLOW})
    assert errors == ["dag-lint: ./a.py is left as it is: it is read-only"]
    assert (out, status) == (["Switched off 2 findings in 1 file."], 2)


def test_a_file_outside_of_the_project_is_left(add_noqa, project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "a.py"
    outside.write_text(AIRFLOW)
    (project({}) / "link.py").symlink_to(outside)
    _, errors, status = add_noqa({}, "link.py")
    assert errors == ["dag-lint: link.py is left as it is: it is a link to a file outside of the project"]
    assert status == 2
    assert outside.read_text() == AIRFLOW


def test_a_file_that_changes_meanwhile_is_left(add_noqa, found, tmp_path):
    def change(source, settings):
        (tmp_path / "a.py").write_text("import airflow\n\nx = 1\n")
        return [(2, 0, "DAG101", "text")]

    found(change)
    _, errors, status = add_noqa({"a.py": AIRFLOW})
    assert errors == ["dag-lint: ./a.py is left as it is: it was changed meanwhile"]
    assert status == 2
    assert (tmp_path / "a.py").read_text() == "import airflow\n\nx = 1\n"
