"""The same settings give the same findings in flake8 and in `dag-lint check`.

Each project holds files of ours and settings of its own; flake8 runs for real, once over all of them. What only
the command says is left out: what Python cannot read, and the rules about whole projects.
"""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from dag_lint.cli import main
from dag_lint.rule import ProjectRule
from dag_lint.rules import ALL_RULES

TESTS = Path(__file__).parent
FIXTURES = sorted((TESTS / "fixtures").glob("*/*.py"))
DAGS = sorted((TESTS / "truth" / "dags").glob("*.py"))

ABOUT_PROJECTS = [rule.code for rule in ALL_RULES if issubclass(rule, ProjectRule)]

SETTINGS = {
    "plain": "",
    "select": 'select = ["DAG1", "DAG302", "DAG601"]\nairflow-version = "2.10"',
    "extend": 'extend-select = ["DAG101", "DAG112"]\nenable = ["DAG3"]',
    "files": 'exclude = ["task/", "/dags/t*", "!/dags/ta*"]\n'
    'per-file-ignores = { "schedule/missing_*.py" = ["DAG1"], "!schedule/" = ["DAG112"], "dags/" = ["DAG3"] }',
    "severity": 'min-severity = "error"\nairflow-version = "3.0"\nexecutor = "kubernetes"',
}
"""What stands in the table of each project."""

IGNORED = {"extend": ["DAG1"], "select": ["DAG103"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("doors")
    for number, (name, toml) in enumerate(SETTINGS.items()):
        project = folder / name
        for path in FIXTURES if name == "plain" else FIXTURES[number % 2 :: 2]:
            shutil.copy(path, _made(project / path.parent.name) / path.name)
        # Of the others each project has a part: the files are dear, and two settings try each fixture.
        for path in DAGS[number :: len(SETTINGS)]:
            shutil.copy(path, _made(project / "dags") / path.name)
        ignored = [*IGNORED.get(name, ()), *ABOUT_PROJECTS]
        table = f"[tool.dag-lint]\nignore = {ignored}\n{toml}\n"
        (project / "pyproject.toml").write_text(table, encoding="utf-8")
        (project / "dags" / "silenced.py").write_text(
            "from airflow import DAG\n\nDAG('a')  # noqa: DAG1\nDAG('b')  # noqa: DAG3 -- a reason\n"
        )
    return folder


def _made(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def findings(lines):
    """What was printed, by project."""
    found = defaultdict(set)
    for line in lines:
        path, _, rest = line.removeprefix("./").partition(":")
        project, _, name = path.partition("/")
        assert (name, rest) not in found[project]
        found[project].add((name, rest))
    return found


def test_both_doors_find_the_same(folder, monkeypatch, capsys):
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "--select", "DAG", "-j1", "."],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    monkeypatch.chdir(folder)
    assert main(["check", "."]) == 1
    ours, theirs = findings(capsys.readouterr().out.splitlines()), findings(done.stdout.splitlines())
    assert set(ours) == set(SETTINGS)
    for name in SETTINGS:
        assert ours[name] == theirs[name], name
    # And each of the settings does something.
    plain = ours.pop("plain")
    assert all(found != plain and len(found) > 10 for found in ours.values())
    assert ("dags/silenced.py", next(rest for file, rest in plain if file == "dags/silenced.py")) in plain
    assert not [one for one in ours["files"] if one[0].startswith("task/")]
