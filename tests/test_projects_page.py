"""What docs/projects.md shows is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dag_lint import indexing
from dag_lint.cli import main
from dag_lint.rules.graph.external_schedule_mismatch import ExternalScheduleMismatch

PAGE = (Path(__file__).parent.parent / "docs" / "projects.md").read_text(encoding="utf-8")


@pytest.fixture
def example(project, monkeypatch):
    first, *files = re.split(r"^# --- (\S+)\n", ExternalScheduleMismatch.example.bad, flags=re.MULTILINE)
    assert first == ""
    monkeypatch.chdir(project(dict(zip(files[::2], files[1::2], strict=True))))


def test_the_output_is_the_true_one(example, capsys):
    block = re.search(r"^```console\n\$ dag-lint (.*)\n((?:.|\n)*?)^```$", PAGE, re.MULTILINE)
    assert main(block[1].split()) == 1
    assert capsys.readouterr().out == block[2]


def test_the_bounds_are_the_true_ones():
    assert f"At most {indexing.MOST_FILES:,} files are looked at" in PAGE
    assert f"{indexing.MOST_CHARACTERS // 1_000_000} million characters" in PAGE
    assert f"{indexing.MOST_ANALYSED:,} files understood" in " ".join(PAGE.split())
