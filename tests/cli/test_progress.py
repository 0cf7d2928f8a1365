import io
import itertools

import pytest

from dag_lint.cli import main
from dag_lint.cli.progress import with_progress
from dag_lint.diagnostic import not_analysed
from dag_lint.inspection import Inspection

FOUND = Inspection("b.py", "", (not_analysed("b.py", "reason"),))
NOTHING = Inspection("a.py", "")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


def drawn(inspections, files, seconds, stream=None):
    """What stands on the terminal after each inspection, when each takes so many seconds."""
    stream = Terminal() if stream is None else stream
    clock = itertools.count(step=seconds)

    def state():
        return stream.getvalue().rpartition("\x1b[K")[2]

    states = [state() for _ in with_progress(inspections, files, stream, lambda: next(clock))]
    return [*states, state()]


def test_a_long_run_shows_how_far_it_is_and_leaves_nothing_behind():
    states = drawn([NOTHING] * 4, 4, 2)
    assert [state.partition(" [")[0] for state in states] == [
        "", "1 of 4 files", "2 of 4 files", "3 of 4 files", "",
    ]  # fmt: skip
    assert states[2].count("#") == states[2].count("-") > 0


def test_a_short_run_shows_nothing():
    assert drawn([NOTHING] * 9, 9, 0.1) == [""] * 10


def test_it_is_drawn_now_and_then_only():
    stream = Terminal()
    drawn([NOTHING] * 1000, 1000, 0.01, stream)
    assert 50 < stream.getvalue().count(" of 1000 files") < 100


def test_it_makes_room_for_what_is_found():
    assert drawn([NOTHING, NOTHING, FOUND, NOTHING], 4, 2)[1:4] == [
        "1 of 4 files [##########------------------------------]",
        "",
        "3 of 4 files [##############################----------]",
    ]


@pytest.mark.parametrize(("files", "stream"), [(1, None), (3, io.StringIO())])
def test_a_single_file_or_a_pipe_shows_nothing(files, stream):
    stream = stream or Terminal()
    drawn([NOTHING] * files, files, 5, stream)
    assert stream.getvalue() == ""


def test_what_breaks_off_leaves_nothing_behind():
    def broken():
        yield NOTHING
        yield NOTHING
        raise KeyboardInterrupt

    stream = Terminal()
    with pytest.raises(KeyboardInterrupt):
        drawn(broken(), 5, 5, stream)
    assert "1 of 5 files" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("columns", ["12", "20", "200"])
def test_it_fits_into_the_terminal(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    longest = max(map(len, drawn([NOTHING] * 9, 9, 2)))
    assert longest < max(int(columns), 13)


def test_the_command_shows_it_while_files_are_looked_at(project, found, monkeypatch, capsys):
    found(lambda source, settings: [(1, 0, "DAG101", "message")])
    monkeypatch.chdir(project({"a.py": "import airflow\n", "b.py": "import os\n", "c.py": "import os\n"}))
    monkeypatch.setattr("dag_lint.cli.progress._PATIENCE", -1)
    monkeypatch.setattr("dag_lint.cli.progress._PAUSE", -1)
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    assert main(["check", "."]) == 1
    assert capsys.readouterr().out == "./a.py:1:1: DAG101 message\n"
    assert [word in stderr.getvalue() for word in ("1 of 3 files", "3 of 3 files")] == [True, True]
    assert stderr.getvalue().endswith("\r\x1b[K")
    stderr.truncate(0)
    assert main(["check", "--quiet", "."]) == 1
    assert stderr.getvalue() == ""
