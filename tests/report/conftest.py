"""What the forms are tried with: findings that ruff has too, and what ruff makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, TextEdit
from dag_lint.inspection import Inspection
from dag_lint.report.formats import report_as
from dag_lint.report.places import Places
from dag_lint.report.run import Counts, Run

if TYPE_CHECKING:
    from collections.abc import Callable

# A finding, one over several lines, one after wide characters with a safe fix, and one with an unsafe fix.
SHARED = """\
import datetime

x = datetime.datetime(2024, 1, 1)
assert (
    x, "매일"
)
y = "매일 %, 𐐀 <&>"; import os
z = dict()
"""


@pytest.fixture(scope="session")
def ruff(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What ruff reports of SHARED in `dags/a.py`, in one of its formats, with paths from the repository."""
    folder = tmp_path_factory.mktemp("ruff").resolve()
    (folder / "dags").mkdir()
    (folder / "dags" / "a.py").write_text(SHARED, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--exit-zero"]
    command += ["--select", "DTZ001,F401,F631,C408"]

    @cache
    def report(name: str) -> str:
        done = subprocess.run(
            [*command, "--output-format", name, "."],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.replace(f"{folder}/", "")

    return report


@pytest.fixture(scope="session")
def shared(ruff: Callable[[str], str]) -> Inspection:
    """The same findings as ours, as errors: that is what ruff calls all of its own."""

    def span(one: dict) -> Span:
        ends = (one["location"], one["end_location"])
        return Span(*(Position(end["row"], end["column"] - 1) for end in ends))

    def fix(one: dict | None) -> Fix | None:
        if one is None:
            return None
        edits = tuple(TextEdit(span(edit), edit["content"]) for edit in one["edits"])
        return Fix(one["message"], edits, one["applicability"] == "safe")

    found = [
        Diagnostic(
            one["filename"],
            one["code"],
            one["name"],
            one["message"],
            span(one),
            Severity.ERROR,
            fix(one["fix"]),
        )
        for one in json.loads(ruff("json"))
    ]
    assert len(found) == 4
    return Inspection("dags/a.py", SHARED, tuple(found))


@pytest.fixture
def report() -> Callable[..., str]:
    """report("json", inspection, ...) -> the text, read in the folder `here` of a repository."""

    def write(name: str, *inspections: Inspection, here: str = "", files: int = 0, **more: object) -> str:
        counts = Counts(files or len(inspections))
        for one in inspections:
            counts.add(one.diagnostics)
        top = Path("/repository")
        return "".join(report_as(name)(inspections, Run(Places(top / here, top), counts=counts, **more)))

    return write


@pytest.fixture
def wild() -> Callable[..., Inspection]:
    """wild("a,b.py") -> one finding in a file of that name."""

    def make(path: str, message: str = "100 % sure", severity: Severity = Severity.WARNING) -> Inspection:
        place = Span(Position(1, 0), Position(1, 1))
        return Inspection(path, "x = 1\n", (Diagnostic(path, "DAG101", "a-rule", message, place, severity),))

    return make
