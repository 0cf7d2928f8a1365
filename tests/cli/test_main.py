import io
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from dag_lint import __version__
from dag_lint.cli import main

SOURCES = Path(__file__).parent.parent.parent / "src"


def refused(*arguments):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return end.value.code


def test_check_is_the_command_when_none_is_named(project, monkeypatch, capsys):
    monkeypatch.chdir(project({"a.py": "import airflow\nx = (\n"}))
    for arguments in ([], ["a.py"], ["check"], ["check", "a.py"], ["--ignore", "DAG0", "a.py"]):
        assert main(arguments) == 2
        assert "DAG000 Python cannot read the file" in capsys.readouterr().out


def test_arguments_come_from_the_command_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dag-lint", "rule", "DAG0"])
    assert main() == 2
    assert "there is no rule" in capsys.readouterr().err


def test_a_mistyped_command_is_not_taken_for_a_file(capsys):
    assert refused("chek", "dags") == 2
    assert 'there is no command and no file "chek"; did you mean "check"?' in capsys.readouterr().err


def test_a_file_named_like_a_mistyped_command_is_a_file(project, monkeypatch, capsys):
    monkeypatch.chdir(project({"chek": "import os\n"}))
    assert main(["chek"]) == 0


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["rule", "--help"], ["rules", "--help"]]
)
def test_help_says_what_the_exit_status_means(arguments, capsys):
    assert refused(*arguments) == 0
    assert "0 nothing found, 1 something found, 2 something could not be" in " ".join(
        capsys.readouterr().out.split()
    )


BROKEN = "import airflow\nx = (\n"
WRONG = "from airflow import DAG\n\nDAG('a', schedule='@dailly', start_date=None)\n"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("check clean.py", 0),
        ("check wrong.py", 1),
        ("check --exit-zero wrong.py", 0),
        ("check --ignore DAG106 wrong.py", 0),
        ("check broken.py", 2),
        ("check wrong.py broken.py", 2),
        ("check --exit-zero broken.py", 2),
        ("check missing.py", 2),
        ("check --select E9 clean.py", 2),
        ("check --stdin-filename a.py clean.py", 2),
        ("check other", 2),
        ("check --output-format json wrong.py", 1),
        ("check --statistics broken.py", 2),
        ("config clean.py", 0),
        ("config other", 2),
        ("config --ignore E9", 2),
        ("model clean.py", 0),
        ("model broken.py", 2),
        ("rule DAG106", 0),
        ("rule DAG999", 2),
        ("rules", 0),
        ("schedule clean.py", 0),
        ("schedule missing.py", 2),
    ],
)
def test_the_exit_status_is_the_same_for_all_commands(project, monkeypatch, capsys, command, status):
    files = {"clean.py": "x = 1\n", "wrong.py": WRONG, "broken.py": BROKEN}
    files |= {"other/pyproject.toml": "[tool.dag-lint]\nx = 1\n", "other/a.py": "x = 1\n"}
    monkeypatch.chdir(project(files))
    assert main(command.split()) == status


@pytest.mark.parametrize(
    "command",
    [
        "check --min-severity fatal",
        "check --exclude !",
        "check --per-file-ignores x",
        "check --nonsense",
        "rule",
        "config a b",
    ],
)
def test_a_wrong_command_line_ends_with_two(command):
    assert refused(*command.split()) == 2


def test_the_version_is_told(capsys):
    assert refused("--version") == 0
    assert capsys.readouterr().out == f"dag-lint {__version__}\n"


@pytest.mark.parametrize(
    "option", [["--min-sleep", "x"], ["--airflow-version", "1.10"], ["--select", "dag101"]]
)
def test_a_wrong_option_ends_with_2(option, capsys):
    assert refused("check", *option) == 2
    assert "write " in capsys.readouterr().err


def test_an_interrupt_ends_quietly(monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dag_lint.cli.check.discover", interrupted)
    assert main(["check", "a.py"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_stdout_that_cannot_be_told_how_to_escape_is_used_as_it_is(monkeypatch, project):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main(["check", str(project({}))]) == 0


def test_a_pipe_that_is_closed_ends_with_what_was_found(project, monkeypatch):
    folder = project({"a.py": "import airflow\nx = (\n"})
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        assert main(["check", str(folder)]) == 1


def test_python_dash_m_is_the_command_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dag-lint", "--version"])
    with pytest.raises(SystemExit):
        runpy.run_module("dag_lint", run_name="__main__")
    assert capsys.readouterr().out == f"dag-lint {__version__}\n"


def in_a_shell(command, folder, **environment):
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "PY": sys.executable, **environment},
    )  # fmt: skip


def test_a_reader_that_leaves_early_is_no_error(project):
    files = {f"{number:04}.py": "import airflow\nx = (\n" for number in range(3000)}
    done = in_a_shell('("$PY" -m dag_lint .; echo "$?" >&2) | head -1', project(files))
    assert done.stdout.startswith("./0000.py:2:5: DAG000")
    assert done.stderr == "1\n"


def test_names_that_the_terminal_cannot_show_are_escaped(project):
    files = {"매일.py": "import airflow\nx = (\n"}
    done = in_a_shell('"$PY" -m dag_lint .', project(files), PYTHONIOENCODING="ascii")
    assert done.stdout.startswith(r"./\ub9e4\uc77c.py:2:5: DAG000")
    assert (done.returncode, done.stderr) == (2, "")


def test_help_imports_nothing_heavy():
    heavy = "('libcst', 'croniter', 'yaml', 'pathspec', 'flake8', 'dag_lint.rules', 'tomllib')"
    script = f"import sys, dag_lint.cli; sys.exit(', '.join(n for n in {heavy} if n in sys.modules) or 0)"
    done = in_a_shell(f'"$PY" -c "{script}"', ".")
    assert (done.returncode, done.stderr) == (0, "")
