"""`dag-lint check --fix` and `--diff`, from the command line to the bytes on disk."""

from __future__ import annotations

import subprocess

import pytest

from dag_lint import rewriting
from dag_lint.baseline import read_baseline
from dag_lint.cli import main

MISLEADING = b"""\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "shedule_3_hour",
    schedule="3 * * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="load")
"""
MENDED = MISLEADING.replace(b'"3 * * * *"', b'"0 */3 * * *"')
DEMANDING = ("--unsafe-fixes", "--output-format", "concise")


@pytest.fixture
def check(project, monkeypatch, capsys):
    """check({"a.py": b"..."}, "--fix") -> (stdout, stderr, status); the files stay to be looked at."""

    def run(files, *arguments, paths=(".",)):
        monkeypatch.chdir(project(files))
        status = main(["check", *arguments, *paths])
        out, err = capsys.readouterr()
        return out, err, status

    return run


def test_what_is_mended_is_no_longer_found(check, tmp_path):
    out, err, status = check({"dags/a.py": MISLEADING}, "--fix", *DEMANDING)
    assert (out, status) == ("", 0)
    assert err == "dag-lint: fixed 1 finding in 1 file: DAG101 (1)\n"
    assert (tmp_path / "dags/a.py").read_bytes() == MENDED


def test_a_second_run_changes_nothing(check, tmp_path):
    check({"a.py": MISLEADING}, "--fix", *DEMANDING)
    before = (tmp_path / "a.py").stat()
    _, err, status = check({}, "--fix", *DEMANDING)
    after = (tmp_path / "a.py").stat()
    assert (err, status) == ("dag-lint: fixed nothing\n", 0)
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_what_changes_runs_is_only_mended_when_asked_for(check, tmp_path):
    out, err, status = check({"a.py": MISLEADING}, "--fix", "--output-format", "text")
    assert (tmp_path / "a.py").read_bytes() == MISLEADING
    assert (err, status) == ("dag-lint: fixed nothing\n", 1)
    assert out.endswith("Found 1 finding in 1 file (of 1).\n1 of 1 fixable with --fix --unsafe-fixes.\n")


def test_unsafe_fixes_alone_change_nothing(check, tmp_path):
    _, err, status = check({"a.py": MISLEADING}, *DEMANDING)
    assert (err, status) == ("", 1)
    assert (tmp_path / "a.py").read_bytes() == MISLEADING


def test_line_ends_bom_and_encoding_stay(check, tmp_path):
    windows = b"\xef\xbb\xbf" + MISLEADING.replace(b"\n", b"\r\n")
    latin = b"# coding: latin-1\n# \xe9\n" + MISLEADING
    check({"windows.py": windows, "latin.py": latin}, "--fix", *DEMANDING)
    assert (tmp_path / "windows.py").read_bytes() == windows.replace(b'"3 * * * *"', b'"0 */3 * * *"')
    assert (tmp_path / "latin.py").read_bytes() == b"# coding: latin-1\n# \xe9\n" + MENDED


def test_what_is_not_reported_is_not_mended(check, tmp_path):
    ignored = MISLEADING.replace(b'"3 * * * *",', b'"3 * * * *",  # noqa: DAG101')
    files = {"a.py": MISLEADING, "b.py": ignored}
    _, err, _ = check(files, "--fix", "--ignore", "DAG101", *DEMANDING, paths=("a.py",))
    assert err == "dag-lint: fixed nothing\n"
    check({}, "--fix", *DEMANDING, paths=("b.py",))
    assert (tmp_path / "a.py").read_bytes() == MISLEADING
    assert (tmp_path / "b.py").read_bytes() == ignored


def test_what_the_baseline_knows_is_not_mended(check, tmp_path):
    check({"a.py": MISLEADING}, "--write-baseline", *DEMANDING)
    read_baseline.cache_clear()  # each run is a process of its own
    known = ("--baseline", "dag-lint-baseline.json")
    out, err, status = check({}, "--fix", *known, *DEMANDING)
    assert (out, err, status) == ("", "dag-lint: fixed nothing\n", 0)
    assert (tmp_path / "a.py").read_bytes() == MISLEADING


def test_a_diff_is_what_fix_would_do_and_can_be_applied(check, tmp_path):
    out, err, status = check(
        {"dags/a.py": MISLEADING, "dags/b.py": b"import os\n"}, "--diff", "--unsafe-fixes"
    )
    assert (err, status) == ("dag-lint: would fix 1 finding in 1 file: DAG101 (1)\n", 1)
    assert (tmp_path / "dags/a.py").read_bytes() == MISLEADING
    assert out.splitlines()[:2] == ["--- dags/a.py", "+++ dags/a.py"]
    subprocess.run(["git", "apply", "-p0", "-"], input=out.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "dags/a.py").read_bytes() == MENDED


def test_nothing_to_change_is_an_empty_diff(check):
    assert check({"a.py": MENDED}, "--diff", "--unsafe-fixes") == ("", "dag-lint: would fix nothing\n", 0)
    assert check({"a.py": MISLEADING}, "--diff")[::2] == ("", 0)


def test_a_file_that_cannot_be_read_fails_a_diff(check):
    _, err, status = check({"a.py": MENDED, "b.py": b"import airflow\n("}, "--diff")
    assert status == 2
    assert err.startswith("./b.py:2:1: DAG000 ")


def test_a_read_only_file_is_named_and_the_others_are_mended(check, project, tmp_path):
    project({"a.py": MISLEADING, "b.py": MISLEADING})
    (tmp_path / "a.py").chmod(0o444)
    out, err, status = check({}, "--fix", *DEMANDING)
    assert status == 2
    assert "dag-lint: ./a.py: the file is left as it is: it is read-only\n" in err
    assert out.startswith("./a.py:7:14: DAG101 ")
    assert (tmp_path / "a.py").read_bytes() == MISLEADING
    assert (tmp_path / "b.py").read_bytes() == MENDED


def test_a_link_out_of_the_project_is_named(check, project, tmp_path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a.py"
    elsewhere.write_bytes(MISLEADING)
    project({})
    (tmp_path / "a.py").symlink_to(elsewhere)
    _, err, status = check({}, "--fix", *DEMANDING, paths=("a.py",))
    assert status == 2
    assert "a.py: the file is left as it is: it is a link" in err
    assert elsewhere.read_bytes() == MISLEADING


def test_an_interrupt_leaves_whole_files(check, monkeypatch, tmp_path):
    replaced = rewriting.os.replace
    done = []

    def interrupted(source, target):
        if done:
            raise KeyboardInterrupt
        done.append(target)
        replaced(source, target)

    monkeypatch.setattr(rewriting.os, "replace", interrupted)
    *_, status = check({"a.py": MISLEADING, "b.py": MISLEADING}, "--fix", *DEMANDING)
    assert status == 130
    assert (tmp_path / "a.py").read_bytes() == MENDED
    assert (tmp_path / "b.py").read_bytes() == MISLEADING
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "a.py", "b.py"]
