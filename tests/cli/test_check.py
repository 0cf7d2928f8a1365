import os

import pytest

from dag_lint.cli import main

AIRFLOW = "import airflow\nx = 1\n"

OPT_IN = ("DAG313", "DAG901")


@pytest.fixture
def check(project, found, monkeypatch, capsys):
    """check({"a.py": "..."}, "--option") -> (lines, status); the pipeline finds two things on line 2."""
    found(
        lambda source, settings: [
            (2, 4, "DAG302", f"after {settings.min_sleep} seconds"),
            (
                2,
                0,
                "DAG101",
                f"{settings.airflow_version} {[one for one in OPT_IN if settings.enables(one)]}",
            ),
        ]
    )

    def run(files, *arguments, paths=(".",)):
        monkeypatch.chdir(project(files))
        status = main(["check", *arguments, *paths])
        out, err = capsys.readouterr()
        assert err == ""
        return out.splitlines(), status

    return run


def test_findings_are_printed_by_file_and_place(check):
    out, status = check({"b.py": AIRFLOW, "a.py": AIRFLOW, "c.py": "import os\n"})
    assert out == [
        "./a.py:2:1: DAG101 None []",
        "./a.py:2:5: DAG302 after 10 seconds",
        "./b.py:2:1: DAG101 None []",
        "./b.py:2:5: DAG302 after 10 seconds",
    ]
    assert status == 1


def test_nothing_found_is_nothing_printed(check):
    assert check({"a.py": "import os\n", "b.py": "broken ("}) == ([], 0)


def test_settings_come_from_the_project_and_the_options(check):
    toml = '[tool.dag-lint]\nmin-sleep = 3\nairflow-version = "2.10"\nenable = ["DAG9"]\n'
    out, _ = check({"pyproject.toml": toml, "a.py": AIRFLOW}, "--airflow-version", "3")
    assert out == ["./a.py:2:1: DAG101 3 ['DAG901']", "./a.py:2:5: DAG302 after 3 seconds"]


def test_wrong_settings_are_told_once_for_each_project_where_they_stand(check):
    wrong = "[tool.dag-lint]\nmin-slep = 3\nignore = ['DAG109', 'E5']\n"
    files = {"a/pyproject.toml": wrong, "b/pyproject.toml": wrong, "a/0.py": "import os\n"}
    out, status = check({**files, "a/1.py": AIRFLOW, "a/2.py": AIRFLOW, "b/1.py": AIRFLOW})
    assert out[:4] == [
        'a/pyproject.toml:2:1: DAG000 there is no setting "min-slep"; did you mean "min-sleep"?',
        'a/pyproject.toml:3:1: DAG000 ignore: there is no rule whose code begins with "E5"',
        'b/pyproject.toml:2:1: DAG000 there is no setting "min-slep"; did you mean "min-sleep"?',
        'b/pyproject.toml:3:1: DAG000 ignore: there is no rule whose code begins with "E5"',
    ]
    assert sum("DAG101" in line for line in out) == 3
    assert status == 2


def test_wrong_settings_of_a_project_elsewhere_are_told_by_its_whole_path(check, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "pyproject.toml").write_text("[tool.dag-lint]\nx = 1\n")
    (elsewhere / "a.py").write_text("")
    out, status = check({}, paths=(str(elsewhere),))
    assert (out, status) == ([f'{elsewhere}/pyproject.toml:2:1: DAG000 there is no setting "x"'], 2)


def test_comments_switch_findings_off(check):
    out, status = check({"a.py": "import airflow\nx = 1  # noqa: DAG1\n"})
    assert (out, status) == (["./a.py:2:5: DAG302 after 10 seconds"], 1)


def test_a_pipeline_that_fails_costs_one_file(check, found):
    found(lambda source, settings: 1 / 0 if "b.py" in source.path else [])
    out, status = check({"a.py": AIRFLOW, "b.py": AIRFLOW, "c.py": AIRFLOW})
    assert (out, status) == (["./b.py:1:1: DAG000 it could not be analysed: ZeroDivisionError"], 2)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("import airflow\nx = (\n", "./a.py:2:5: DAG000 Python cannot read the file: '(' was never closed"),
        ("import airflow\n  x\n", "./a.py:2:"),
        ("import airflow\nprint 'Python 2'\n", "./a.py:2:1: DAG000 Python cannot read the file: "),
        ("x\x00", "./a.py:1:1: DAG000 the file could not be read: it is no text: it holds null characters"),
        ("# airflow\n" + "-" * 200_000 + "1", "./a.py:1:1: DAG000 Python cannot read the file: "),
        ("#airflow " + "x" * 4_000_000, "./a.py:1:1: DAG000 the file could not be read: it is larger"),
    ],
    ids=["syntax", "indent", "python2", "null", "minus", "size"],
)
def test_a_file_that_cannot_be_analysed_is_told_with_the_reason(check, content, line):
    (out,), status = check({"a.py": content})
    assert out.startswith(line)
    assert status == 2


def test_warnings_of_python_are_not_ours_to_print(check, recwarn):
    check({"a.py": "import airflow\nx = '\\d' is 'x'\n"})
    # What another test left open may be collected meanwhile.
    assert [str(one.message) for one in recwarn if one.category is not ResourceWarning] == []


def test_what_is_not_there_is_told_and_the_rest_is_linted(check):
    out, status = check({"a.py": AIRFLOW}, paths=("missing", "a.py"))
    assert out[0] == "missing:1:1: DAG000 there is nothing to lint: No such file or directory"
    assert len(out) == 3
    assert status == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_that_is_named_is_told(check, project):
    os.mkfifo(project({}) / "a.py")
    assert check({}, paths=("a.py",)) == (
        ["a.py:1:1: DAG000 the file could not be read: it is not a regular file"],
        2,
    )


def test_a_newline_in_a_name_stays_on_the_line(check):
    out, _ = check({"a\nb.py": AIRFLOW})
    assert out[0].startswith(r"./a\nb.py:2:1: DAG101")


@pytest.fixture
def rules(monkeypatch):
    rules = tuple(type("One", (), {"code": code}) for code in ("DAG101", "DAG302", "DAG901"))
    monkeypatch.setattr("dag_lint.rules.ALL_RULES", rules)


def codes(out):
    return [line.split()[1] for line in out]


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["--select", "DAG1"], ["DAG101"]),
        (["--select", "DAG"], ["DAG101", "DAG302"]),
        (["--select", "DAG,DAG1"], ["DAG101", "DAG302"]),
        (["--ignore", "DAG1"], ["DAG302"]),
        (["--ignore", "DAG1 DAG3"], []),
        (["--select", "DAG1", "--ignore", "DAG101"], []),
        (["--select", "DAG101", "--ignore", "DAG1"], ["DAG101"]),
        (["--ignore", "DAG", "--extend-select", "DAG3"], ["DAG302"]),
        (["--select", "DAG1", "--extend-select", "DAG3"], ["DAG101", "DAG302"]),
        (["--select", "DAG9"], []),
    ],
)
def test_rules_are_selected_by_the_longest_beginning(check, arguments, kept):
    out, status = check({"a.py": AIRFLOW}, *arguments)
    assert (codes(out), status) == (kept, 1 if kept else 0)


@pytest.mark.usefixtures("rules")
def test_what_could_not_be_done_is_told_whatever_is_selected(check):
    files = {"a.py": "import airflow\nx = ("}
    for arguments in (["--select", "DAG1"], ["--ignore", "DAG"]):
        out, status = check(files, *arguments)
        assert (codes(out), status) == (["DAG000"], 2)
    assert check(files, "--ignore", "DAG000") == ([], 0)


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("arguments", "enabled"),
    [
        (["--select", "DAG"], "[]"),
        (["--select", "DAG1,DAG9"], "['DAG901']"),
        (["--extend-select", "DAG901"], "['DAG901']"),
        (["--extend-select", "DAG901", "--enable", "DAG3"], "['DAG313', 'DAG901']"),
    ],
)
def test_a_rule_that_is_selected_by_number_is_switched_on(check, arguments, enabled):
    out, _ = check({"a.py": AIRFLOW}, *arguments)
    assert out[0] == f"./a.py:2:1: DAG101 None {enabled}"


@pytest.mark.usefixtures("rules")
def test_a_selection_that_fits_no_rule_is_refused(capsys):
    assert main(["check", "--select", "DAG,E9", "."]) == 2
    assert capsys.readouterr().err == 'dag-lint: --select: there is no rule whose code begins with "E9"\n'
    assert main(["check", "--ignore", "DAG301", "."]) == 2
    assert 'did you mean "DAG302"?' in capsys.readouterr().err


@pytest.mark.usefixtures("rules")
def test_to_end_with_zero_says_nothing_of_what_could_not_be_done(check):
    assert check({"a.py": AIRFLOW}, "--exit-zero", "--select", "DAG1") == (["./a.py:2:1: DAG101 None []"], 0)
    _, status = check({"b.py": "import airflow\nx = ("}, "--exit-zero")
    assert status == 2


@pytest.mark.usefixtures("rules")
def test_statistics_count_by_rule_and_name_what_could_not_be_done(check):
    files = {
        "a.py": AIRFLOW,
        "b.py": AIRFLOW,
        "c.py": "import airflow\nx = (",
        "d.py": "import airflow\nx = 1  # noqa: DAG1\n",
    }
    out, status = check(files, "--statistics")
    assert out == [
        "./c.py:2:5: DAG000 Python cannot read the file: '(' was never closed",
        "3  DAG302  a-rule",
        "2  DAG101  a-rule",
        "Found 5 findings in 3 files (of 4), and could not do 1 thing (DAG000).",
    ]
    assert status == 2


DAG = "from airflow import DAG\n\nDAG({!r}, schedule='@dailly', start_date=None)\n"


def test_what_cannot_be_linted_is_named_and_all_others_are_linted(project, monkeypatch, capsys):
    files = {f"dags/{number // 100:02}/file_{number:04}.py": "x = 1\n" for number in range(1996)}
    dags = [name for number, name in enumerate(files) if number % 100 == 7]
    files |= {name: DAG.format(name) for name in dags}
    files |= {
        "dags/large.py": b"# airflow\n" * 1_000_000,
        "dags/picture.py": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "dags/secret.py": AIRFLOW,
    }
    folder = project(files)
    (folder / "dags/itself.py").symlink_to("itself.py")
    (folder / "dags/again").symlink_to(folder / "dags")
    assert sum(1 for _ in folder.rglob("*.py")) == 2000
    opened = os.open

    def refused(path, *arguments, **more):
        if str(path).endswith("secret.py"):
            # To root, no file is unreadable by its mode.
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.chdir(folder)
    status = main(["check", "--output-format", "concise", "dags"])
    out, err = capsys.readouterr()
    lines = out.splitlines()
    reasons = {line.split(":")[0]: line.partition("DAG000 ")[2] for line in lines if "DAG000" in line}
    assert reasons == {
        "dags/large.py": "the file could not be read: it is larger than 4,000,000 bytes",
        "dags/picture.py": "the file could not be read: it is no text: it holds null characters",
        "dags/secret.py": "the file could not be read: Permission denied",
        "dags/itself.py": "it is a link that leads nowhere",
    }
    assert sorted({line.split(":")[0] for line in lines if "DAG106" in line}) == dags
    assert (status, err) == (2, "")
