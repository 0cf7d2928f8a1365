"""The diff of fixes, taken by the real `patch`."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from dag_lint.report.diff import diff
from dag_lint.report.style import Style


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\r\nb\r\n", b"a\r\nb\r\nc\r\n"),
        (b"a\nb", b"a\nb\nc"),
        (b"a\x0c\nb\n", b"a\x0c\nc\n"),
        ("가\n".encode(), "나\n".encode()),
    ],
)
def test_git_applies_it(tmp_path, before, after):
    path = tmp_path / "dag.py"
    path.write_bytes(before)
    patch = diff("dag.py", before, after).encode()
    subprocess.run(["git", "apply", "-p0", "-"], input=patch, cwd=tmp_path, check=True)
    assert path.read_bytes() == after


def test_what_is_alike_has_no_diff():
    assert diff("dag.py", b"a\n", b"a\n") == ""


def test_colours_are_for_terminals():
    assert "\x1b" not in diff("dag.py", b"a\n", b"b\n")
    coloured = diff("dag.py", b"a\n", b"b\n", Style(colours=True))
    assert "\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m\n" in coloured


def test_a_name_stays_on_its_line():
    assert diff("a\nb.py", b"a", b"b").splitlines()[0] == "--- a\\nb.py"
