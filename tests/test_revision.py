"""The old files of a repository, as they are written for the linter to read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from dag_lint import revision
from dag_lint.diagnostic import Diagnostic, Position, Severity, Span
from dag_lint.git import GitError
from dag_lint.inspecting import Effort
from dag_lint.inspection import Inspection, Request
from dag_lint.reading import SMALL

TEXT = "import airflow\nx = 1\n"


@pytest.fixture
def written(tmp_path, monkeypatch, project):
    """written({"a.py": "..."}, "a.py") -> the files, links and their contents that are there to lint the old a.py."""
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    found = {}

    def inspect_all(names, request, effort):
        for name in names:
            top = next(folder for folder in Path(name).parents if (folder / ".git").exists())
            for path in top.rglob("*"):
                if path.is_symlink():
                    found[path.relative_to(top).as_posix()] = f"-> {path.readlink()}"
                elif path.is_file():
                    found[path.relative_to(top).as_posix()] = path.read_text(encoding="utf-8")
        return iter(())

    monkeypatch.setattr(revision, "inspect_all", inspect_all)

    def run(files, asked, links=()):
        folder = project(files)
        for name, target in dict(links).items():
            (folder / name).symlink_to(target)
        identity = ("-c", "user.name=a", "-c", "user.email=a@b")
        for command in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-q", "-m", "a commit")):
            subprocess.run(["git", *command], cwd=folder, check=True)
        (folder / asked).write_text(TEXT + "y = 2\n", encoding="utf-8")
        place = Position(2, 0)
        one = Diagnostic(asked, "DAG101", "a-rule", "", Span(place, place), Severity.WARNING)
        name = str(folder / asked)
        comparison = revision.Comparison(folder, "HEAD")
        comparison.learn([Inspection(name, TEXT, (one,), folder, Path(name))], Request({}), Effort(1))
        return found

    return run


def test_only_the_project_of_the_file_is_written(written):
    files = {"one/pyproject.toml": "", "one/a.py": TEXT, "one/x/b.sql": "select 1", "two/pyproject.toml": ""}
    assert written({**files, "c.py": TEXT}, "one/a.py") == {
        "one/pyproject.toml": "",
        "one/a.py": TEXT,
        "one/x/b.sql": "select 1",
    }


def test_without_other_marks_the_project_is_the_repository(written):
    assert set(written({"dags/a.py": TEXT, "sql/b.sql": ""}, "dags/a.py")) == {"dags/a.py", "sql/b.sql"}


def test_what_is_too_large_to_be_read_is_there_without_its_content(written):
    files = {"a.py": TEXT, "b.csv": "x" * (SMALL + 1), "c.csv": "x" * SMALL, "d.py": "#" * (SMALL + 1)}
    found = written(files, "a.py")
    assert {name: len(content) for name, content in found.items()} == {
        "a.py": len(TEXT), "b.csv": 0, "c.csv": SMALL, "d.py": SMALL + 1,
    }  # fmt: skip


def test_links_are_made_that_stay_inside(written):
    links = {
        "in.py": "a.py",
        "dags/up.py": "../a.py",
        "out": "/etc/passwd",
        "dags/out": "../../x",
        "up": "..",
    }
    found = written({"a.py": TEXT, "dags/b.py": ""}, "a.py", links)
    assert set(found) == {"a.py", "dags/b.py", "in.py", "dags/up.py"}
    assert found["dags/up.py"] == "-> ../a.py"


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES"])
def test_a_project_that_is_too_large_is_told_of(written, monkeypatch, limit):
    monkeypatch.setattr(revision, limit, 1)
    with pytest.raises(GitError, match="too large to compare"):
        written({"a.py": TEXT, "b.py": TEXT}, "a.py")
