"""A repository that never met dag-lint takes it up: as the page says it, and with fixtures for old DAGs."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "docs" / "adopting.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

TOML = '[tool.dag-lint]\nbaseline = "dag-lint-baseline.json"\n'

PROGRAMS = {
    "dag-lint": [sys.executable, "-m", "dag_lint"],
    "flake8": [sys.executable, "-m", "flake8"],
    "git": ["git"],
}


@pytest.fixture
def run(tmp_path):
    """run("git", "init") -> (what it printed, status), in a folder of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT / "src"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def call(program, *arguments):
        done = subprocess.run(
            [*PROGRAMS[program], *arguments], cwd=tmp_path, env=environment, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return done.stdout, done.returncode

    return call


def commit(run):
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "a commit")):
        assert run("git", *command) == ("", 0)


def test_the_page_says_what_happens(run, tmp_path):
    shutil.copytree(PROJECT / "examples" / "dags", tmp_path / "dags")
    commit(run)
    # The last block only shows a setting.
    for language, text in BLOCKS[:-1]:
        if language == "toml":
            (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        elif language == "python":
            where, _, code = text.partition("\n")
            with (tmp_path / where.removeprefix("# at the end of ")).open("a", encoding="utf-8") as file:
                file.write(code)
        elif language == "json":
            known = json.loads((tmp_path / "dag-lint-baseline.json").read_text(encoding="utf-8"))
            assert json.loads(text) in known["findings"]
        else:
            for command, output in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", text, re.MULTILINE):
                assert run(*shlex.split(command))[0] == output, command


def test_the_settings_of_the_page_are_settings(tmp_path):
    from dag_lint.selection import problems_of

    (tmp_path / "pyproject.toml").write_text(BLOCKS[-1][1], encoding="utf-8")
    assert problems_of(tmp_path) == ()


NEW = """

with DAG("brand_new_every_3_hours", schedule="3 * * * *", catchup=False) as brand_new:
    pass
"""


def test_of_old_dags_exactly_what_is_new_is_reported(run, tmp_path):
    """The fixtures of four rules are the old DAGs: thirty lines come above, a file is renamed, a pitfall is new."""
    names = (
        "schedule/misleading_dag_id",
        "schedule/naive_start_date",
        "task/sleeping_task",
        "template/script_as_template",
    )
    for name in names:
        path = tmp_path / "dags" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / "tests" / "fixtures" / f"{name}.py", path)
    (tmp_path / "pyproject.toml").write_text(TOML, encoding="utf-8")
    _, status = run("dag-lint", "check", "--write-baseline")
    assert status == 0
    count = len(json.loads((tmp_path / "dag-lint-baseline.json").read_text(encoding="utf-8"))["findings"])
    assert count > 30
    commit(run)

    for name in names:
        path = tmp_path / "dags" / f"{name}.py"
        docstring, rest = path.read_text(encoding="utf-8").split("\n", 1)
        above = "".join(f"UNRELATED_{number} = {number}\n" for number in range(30))
        path.write_text(f"{docstring}\n{above}{rest}", encoding="utf-8")
    (tmp_path / "dags/task/sleeping_task.py").rename(tmp_path / "dags/renamed.py")
    with (tmp_path / "dags/schedule/naive_start_date.py").open("a", encoding="utf-8") as file:
        file.write(NEW)

    for options in ([], ["--no-baseline", "--changed-since", "HEAD"]):
        out, status = run("dag-lint", "check", "--select=DAG101", *options)
        assert [line.split()[1] for line in out.splitlines()] == ["DAG101"], out
        assert ("brand_new_every_3_hours" in out, status) == (True, 1)
    out, status = run("flake8", "--select=DAG", ".")
    assert "brand_new_every_3_hours" in out
