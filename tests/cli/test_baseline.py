"""`dag-lint check` with a baseline; each line with the word BAD is a finding, and "SLOW" another rule's."""

import io
import json

import pytest

from dag_lint.baseline import DEFAULT_NAME, read_baseline
from dag_lint.cli import main

TOML = f'[tool.dag-lint]\nbaseline = "{DEFAULT_NAME}"\n'

A = "import airflow\nx = BAD\ny = BAD + 1\n"
B = "import airflow\nz = BAD\nsleep(SLOW)\n"


@pytest.fixture
def pipeline(found):
    words = {"BAD": "DAG101", "SLOW": "DAG302"}
    found(
        lambda source, settings: [
            (number, 0, code, "found")
            for number, line in enumerate(source.text.splitlines(), 1)
            for word, code in words.items()
            if word in line
        ]
    )


@pytest.fixture
def check(pipeline, project, monkeypatch, capsys):
    """check("--option") -> (lines of stdout, lines of stderr, status), in the project's folder."""
    monkeypatch.chdir(project({}))

    def run(*arguments):
        read_baseline.cache_clear()
        status = main(["check", *arguments])
        out, err = capsys.readouterr()
        return out.splitlines(), err.splitlines(), status

    return run


@pytest.fixture
def adopted(check, project):
    """A project of two files whose findings are in its baseline."""
    folder = project({"pyproject.toml": TOML, "dags/a.py": A, "dags/b.py": B})
    assert check("--write-baseline") == (
        [],
        [f"dag-lint: {DEFAULT_NAME} holds 4 findings now: 4 new, 0 gone"],
        0,
    )
    return folder


def entries(folder):
    return json.loads((folder / DEFAULT_NAME).read_text())["findings"]


def test_what_the_baseline_holds_is_silent(adopted, check):
    assert check() == ([], [], 0)


def test_the_file_is_sorted_and_has_a_line_for_each_finding(adopted):
    lines = (adopted / DEFAULT_NAME).read_text().splitlines()
    assert lines[:3] == ["{", '  "version": 1,', '  "findings": [']
    assert lines[-2:] == ["  ]", "}"]
    assert len(lines) == 3 + 4 + 2
    assert [(one["path"], one["code"], one["text"]) for one in entries(adopted)] == [
        ("dags/a.py", "DAG101", "x = BAD"),
        ("dags/a.py", "DAG101", "y = BAD + 1"),
        ("dags/b.py", "DAG101", "z = BAD"),
        ("dags/b.py", "DAG302", "sleep(SLOW)"),
    ]


def test_what_is_new_is_reported(adopted, check, project):
    project({"dags/a.py": A.replace("x =", "import os\n" * 30 + "x  =") + "new = BAD\n"})
    assert check() == (["./dags/a.py:34:1: DAG101 found"], [], 1)


def test_of_equal_findings_the_later_is_new(adopted, check, project):
    project({"dags/a.py": A.replace("y = BAD + 1", "y = BAD + 1\nx = BAD")})
    assert check() == (["./dags/a.py:4:1: DAG101 found"], [], 1)


def test_a_file_that_is_renamed_keeps_its_entries(adopted, check, project):
    (adopted / "dags/a.py").rename(adopted / "c.py")
    project({"c.py": "import os\n" + A + "new = BAD\n"})
    assert check() == (["./c.py:5:1: DAG101 found"], [], 1)


def test_the_copy_of_a_file_that_is_still_there_is_new(adopted, check, project):
    project({"c.py": A})
    out, _, status = check()
    assert [line.split(":")[0] for line in out] == ["./c.py", "./c.py"]
    assert status == 1


def test_entries_that_no_longer_occur_are_told_of(adopted, check, project):
    project({"dags/a.py": "import airflow\n", "dags/b.py": "z = BAD\n"})
    told = f"dag-lint: 4 entries of {DEFAULT_NAME} no longer occur; --write-baseline removes them"
    assert check() == ([], [told], 0)
    assert check("--write-baseline")[1] == [f"dag-lint: {DEFAULT_NAME} holds 0 findings now: 0 new, 4 gone"]
    assert check() == ([], [], 0)


def test_one_entry_that_no_longer_occurs(adopted, check, project):
    project({"dags/a.py": A.replace("x = BAD", "x = 1")})
    assert check()[1] == [
        f"dag-lint: 1 entry of {DEFAULT_NAME} no longer occurs; --write-baseline removes it"
    ]


def test_entries_of_what_the_run_did_not_look_at_are_not_told_of(adopted, check, project):
    project({"dags/a.py": "import airflow\n", "dags/b.py": "import airflow\n"})
    assert len(check("dags/b.py")[1]) == 1
    assert "2 entries" in check("dags/b.py")[1][0]
    assert "1 entry" in check("dags/b.py", "--select", "DAG3")[1][0]
    (adopted / "dags/a.py").unlink()
    assert "2 entries" in check("dags/b.py")[1][0]
    assert "4 entries" in check("dags")[1][0]


def test_entries_of_what_the_run_did_not_look_at_are_kept(adopted, check, project):
    project({"dags/a.py": "import airflow\n", "dags/b.py": "import airflow\nz = BAD\nnew = BAD\n"})
    assert check("--write-baseline", "--select=DAG3", "dags/b.py")[2] == 0
    assert [one["text"] for one in entries(adopted)] == ["x = BAD", "y = BAD + 1", "z = BAD"]
    assert "holds 4 findings now: 1 new, 0 gone" in check("dags/b.py", "--write-baseline")[1][0]
    assert [one["text"] for one in entries(adopted)] == ["x = BAD", "y = BAD + 1", "new = BAD", "z = BAD"]


def test_a_file_that_moved_is_written_under_its_new_name(adopted, check):
    (adopted / "dags/a.py").rename(adopted / "c.py")
    assert "holds 4 findings now: 0 new, 0 gone" in check("c.py", "--write-baseline")[1][0]
    assert {one["path"] for one in entries(adopted)} == {"c.py", "dags/b.py"}


def test_a_file_that_cannot_be_analysed_is_told_of_and_keeps_its_entries(adopted, check, project):
    project({"dags/a.py": "import airflow\nx = (\n"})
    out, err, status = check()
    assert (len(out), err, status) == (1, [], 2)
    assert "DAG000" in out[0]
    out, _, status = check("--write-baseline")
    assert ("DAG000" in out[0], status) == (True, 2)
    assert len(entries(adopted)) == 4


def test_comments_come_before_the_baseline(adopted, check, project):
    project({"dags/a.py": A.replace("x = BAD", "x = BAD  # noqa: DAG101\nx = BAD")})
    assert check() == ([], [], 0)


def test_the_baseline_can_be_left_aside(adopted, check):
    out, _, status = check("--no-baseline")
    assert (len(out), status) == (4, 1)


def test_a_file_that_is_named_is_the_baseline(adopted, check, monkeypatch):
    monkeypatch.chdir(adopted / "dags")
    told = check("--write-baseline=../other.json")[1]
    assert told[0].endswith("other.json holds 4 findings now: 4 new, 0 gone")
    assert told[1].endswith('honour it with baseline = "other.json" in [tool.dag-lint] of pyproject.toml')
    (adopted / DEFAULT_NAME).unlink()
    assert check("--baseline", "../other.json") == ([], [], 0)
    assert {one["path"] for one in json.loads((adopted / "other.json").read_text())["findings"]} == {
        "dags/a.py",
        "dags/b.py",
    }


def test_a_folder_is_not_taken_for_the_file_to_write(adopted, check, capsys):
    with pytest.raises(SystemExit) as stopped:
        check("--write-baseline", "dags")
    assert stopped.value.code == 2
    assert "name it first: dag-lint check dags --write-baseline" in capsys.readouterr().err


def test_each_project_has_its_own_baseline(check, project):
    folder = project(
        {f"{one}/pyproject.toml": TOML for one in "ab"} | {"a/1.py": A, "b/1.py": B, "b/0.py": "x = 1"}
    )
    assert len(check("--write-baseline")[1]) == 2
    assert [one["path"] for one in entries(folder / "a")] == ["1.py", "1.py"]
    assert check() == ([], [], 0)


def test_without_a_dag_file_no_baseline_is_written(check, project):
    folder = project({"a.py": "import os\n"})
    assert check("--write-baseline") == ([], [], 0)
    assert not (folder / DEFAULT_NAME).exists()


def test_a_baseline_that_cannot_be_written_is_told_of(adopted, check):
    (adopted / DEFAULT_NAME).unlink()
    (adopted / DEFAULT_NAME).mkdir()
    assert check("--write-baseline") == (
        [],
        [f"dag-lint: {DEFAULT_NAME} could not be written: it is not a regular file"],
        2,
    )


BROKEN = {
    "missing": (None, "No such file or directory"),
    "conflict": ("<<<<<<< HEAD\n{}", "Expecting value: line 1 column 1 (char 0)"),
    "list": ("[]", "it is no baseline of dag-lint"),
    "entry": ('{"version": 1, "findings": [{"path": 1}]}', "{'path': 1} is no finding"),
    "newer": ('{"version": 2, "findings": []}', "it is of version 2, and this dag-lint reads 1"),
    "deep": ("[" * 100_000, "it nests too deeply"),
    "bytes": (b"\xff\xfe", "'utf-8' codec can't decode byte 0xff in position 0: inval..."),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_baseline_is_told_of_once_and_hides_nothing(adopted, check, project, kind):
    content, reason = BROKEN[kind]
    (adopted / DEFAULT_NAME).unlink()
    project({} if content is None else {DEFAULT_NAME: content})
    out, err, status = check()
    assert out[0] == (
        f"./dags/a.py:1:1: DAG000 the baseline {DEFAULT_NAME} cannot be read, so it hides nothing: {reason};"
        " dag-lint check --write-baseline writes it"
    )
    assert (len(out), err, status) == (5, [], 2)
    assert check("--write-baseline")[2] == 0
    assert check() == ([], [], 0)


def test_settings_cannot_name_a_file_outside_of_their_project(check, project):
    toml = TOML.replace(DEFAULT_NAME, "../x.json")
    folder = project({"in/pyproject.toml": toml, "in/a.py": A, "x.json": "{}"})
    out, _, status = check()
    assert "the baseline x.json cannot be read, so it hides nothing: it is not in the project" in out[0]
    assert (len(out), status) == (3, 2)
    _, (told,), status = check("--write-baseline")
    assert told == "dag-lint: in/../x.json could not be written: it is not in the project"
    assert status == 2
    assert (folder / "x.json").read_text() == "{}"


def test_every_form_is_without_what_is_known(adopted, check, project):
    project({"dags/a.py": A + "new = BAD\n"})
    out, _, _ = check("--output-format", "json")
    assert len(json.loads("\n".join(out))) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--changed-since", "HEAD"], "leave --changed-since away"),
        (["-"], "stdin is none: name the file"),
        (["--add-noqa"], "goes neither with --add-noqa nor with --diff"),
        (["--diff"], "goes neither with --add-noqa nor with --diff"),
    ],
)
def test_it_is_written_from_all_findings_of_files(adopted, check, arguments, told):
    before = (adopted / DEFAULT_NAME).read_text()
    out, (line,), status = check(*arguments, "--write-baseline")
    assert told in line
    assert (out, status) == ([], 2)
    assert (adopted / DEFAULT_NAME).read_text() == before


def test_a_text_from_stdin_is_known_by_the_name_that_it_has(adopted, check, monkeypatch):
    text = A.replace("y = BAD + 1", "new = BAD")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out, err, status = check("-", "--stdin-filename", "dags/a.py")
    assert (out, err, status) == (["dags/a.py:3:1: DAG101 found"], [], 1)


@pytest.mark.parametrize("path", ["a\0b.py", "x" * 5000, "../../a.py", "/etc/passwd", "\udcff.py", ""])
def test_a_strange_path_in_a_baseline_does_no_harm(adopted, check, path):
    entry = {"path": path, "code": "DAG101", "text": "", "fingerprint": "0"}
    document = json.loads((adopted / DEFAULT_NAME).read_text())
    document["findings"].append(entry)
    (adopted / DEFAULT_NAME).write_text(json.dumps(document))
    assert check("dags/a.py")[0::2] == ([], 0)
