import io
import json
import os
import subprocess
import sys
import threading

import pytest

from dag_lint.cli import main
from dag_lint.report.formats import FORMATS

AIRFLOW = "import airflow\nx = '매일'\n"
BROKEN = "import airflow\nx = (\n"


@pytest.fixture
def check(project, found, monkeypatch, capsys):
    """check({"a.py": "..."}, "--option") -> (stdout, status); there is a finding on line 2."""
    found(lambda source, settings: [(2, 4, "DAG101", "매일 is said")])

    def run(files, *arguments):
        monkeypatch.chdir(project(files))
        status = main(["check", *arguments, "."])
        out, err = capsys.readouterr()
        assert err == ""
        return out, status

    return run


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_elsewhere_than_on_a_terminal_the_default_is_flake8s_line(check):
    assert check({"a.py": AIRFLOW}) == ("./a.py:2:5: DAG101 매일 is said\n", 1)


def test_on_a_terminal_it_is_text(check, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    check({"a.py": AIRFLOW})
    assert terminal.getvalue() == (
        "a.py:2:5: DAG101 매일 is said\n  |\n2 | x = '매일'\n  |     ^\n\nFound 1 finding in 1 file (of 1).\n"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_what_could_not_be_done_and_wrong_settings_are_told_in_every_format(check, name):
    files = {"a.py": AIRFLOW, "b.py": BROKEN, "pyproject.toml": "[tool.dag-lint]\nmin-slep = 3\n"}
    out, status = check(files, "--output-format", name)
    assert status == 2
    assert "min-slep" in out
    assert "was never closed" in out


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_a_report_of_nothing_too(check, name):
    out, status = check({"a.py": "import os\n"}, "--output-format", name)
    assert status == 0
    assert "a.py" not in out


def test_an_unknown_format_is_refused_with_those_that_there_are(check, capsys):
    with pytest.raises(SystemExit) as ended:
        check({}, "--output-format", "xml")
    assert ended.value.code == 2
    assert "json" in capsys.readouterr().err


def test_the_findings_go_into_a_file_and_their_number_to_stdout(check, tmp_path):
    (tmp_path / "out.json").write_text("what was there before", encoding="utf-8")
    out, status = check({"a.py": AIRFLOW}, "--output-format", "json", "--output-file", "out.json")
    assert (out, status) == ("Found 1 finding in 1 file (of 1).\n", 1)
    (one,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert one["message"] == "매일 is said"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "a.py", "out.json"]


def test_with_tee_they_are_printed_too(check, tmp_path):
    out, status = check(
        {"a.py": AIRFLOW, "b.py": AIRFLOW}, "--output-format", "jsonl", "--output-file", "o", "--tee"
    )
    assert (out.splitlines(), status) == (
        ["./a.py:2:5: DAG101 매일 is said", "./b.py:2:5: DAG101 매일 is said"],
        1,
    )
    assert len((tmp_path / "o").read_text(encoding="utf-8").splitlines()) == 2


def test_a_file_holds_utf_8_and_no_colours_whatever_the_terminal_is(check, tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    check({"a.py": AIRFLOW}, "--output-format", "text", "--output-file", "o")
    text = (tmp_path / "o").read_bytes().decode("utf-8")
    assert "a.py:2:5: DAG101 매일 is said" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("target", ["missing/out.json", ".", "nul\0l"])
def test_a_file_that_cannot_be_written_is_an_error(project, found, monkeypatch, capsys, target):
    found(lambda source, settings: [])
    monkeypatch.chdir(project({"a.py": AIRFLOW}))
    assert main(["check", "--output-file", target, "."]) == 2
    assert "could not be written: " in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_pipe_is_written_to_and_stays_one(check, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    check({"a.py": AIRFLOW}, "--output-format", "jsonl", "--output-file", "pipe")
    reader.join(10)
    assert json.loads(read[0])["code"] == "DAG101"
    assert (tmp_path / "pipe").is_fifo()


def test_paths_are_read_from_the_top_of_the_repository_by_those_who_want_that(project, monkeypatch):
    from dag_lint.cli.output import _places

    top = project({"airflow/dags/a.py": ""}).resolve()
    monkeypatch.chdir(top / "airflow" / "dags")
    places = _places()
    assert (places.folder, places.repository) == (top / "airflow" / "dags", top)
    (top / ".git").rmdir()
    (top / "airflow" / ".git").write_text("gitdir: a worktree's\n", encoding="utf-8")
    assert _places().repository == top / "airflow"


def test_a_format_is_imported_when_it_is_wanted_and_none_imports_libcst(project):
    code = (
        "import sys; from dag_lint.cli import main; main(['check', '--output-format', sys.argv[1], '.']);"
        "print([name for name in sys.modules if name.startswith(('dag_lint.report.', 'libcst'))])"
    )
    folder = project({"a.py": "import os\n"})

    def loaded(name):
        done = subprocess.run(
            [sys.executable, "-c", code, name],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        return done.stdout

    assert "libcst" not in loaded("json")
    concise = loaded("concise")
    assert "dag_lint.report.concise" in concise
    assert not any(module in concise for name, module in FORMATS.items() if name != "concise")


def test_a_variable_sets_the_default_and_an_option_wins(check, monkeypatch):
    monkeypatch.setenv("DAG_LINT_OUTPUT_FORMAT", "github")
    assert check({"a.py": AIRFLOW})[0].startswith("::warning title=dag-lint (DAG101),file=a.py")
    assert check({"a.py": AIRFLOW}, "--output-format", "concise")[0].startswith("./a.py:2:5:")
    out, _ = check({"a.py": AIRFLOW}, "--output-format", "json", "--output-file", "o", "--tee")
    assert out.startswith("::warning ")


def test_a_variable_that_names_no_format_is_an_error(check, monkeypatch, capsys):
    monkeypatch.setenv("DAG_LINT_OUTPUT_FORMAT", "githb")
    assert main(["check", "."]) == 2
    error = capsys.readouterr().err
    assert error == ('dag-lint: DAG_LINT_OUTPUT_FORMAT: there is no format "githb"; did you mean "github"?\n')


def test_the_exit_status_in_a_report_is_the_one_of_the_run(check):
    for arguments, expected in ((), 1), (("--exit-zero",), 0):
        out, status = check({"a.py": AIRFLOW}, "--output-format", "sarif", *arguments)
        assert status == json.loads(out)["runs"][0]["invocations"][0]["exitCode"] == expected


def test_quiet_prints_findings_alone(check, tmp_path):
    loud, status = check({"a.py": AIRFLOW}, "--output-format", "text")
    assert check({"a.py": AIRFLOW}, "--output-format", "text", "--quiet") == (
        loud.rpartition("Found")[0],
        status,
    )
    assert check({"a.py": AIRFLOW}, "-q", "--output-file", "o") == ("", status)
    assert check({"a.py": "import os\n"}, "-q", "--output-format", "text") == ("", 0)
