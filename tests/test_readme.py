"""What the README claims is so."""

import ast
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dag_lint.cli import main

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def block(language, number=0):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[number]


def test_the_output_is_the_true_one():
    command, _, output = block("console").partition("\n")
    words = command.removeprefix("$ flake8 ").split()
    done = subprocess.run(
        [sys.executable, "-m", "flake8", *words], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stdout == output
    assert (done.returncode, done.stderr) == (1, "")


def test_dag_lint_says_the_same():
    output = block("console").partition("\n")[2]
    done = subprocess.run(
        [sys.executable, "-m", "dag_lint", "examples/dags"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode, done.stderr) == (output, 1, "")


def test_the_diff_is_the_true_one(monkeypatch, capsys):
    ((command, output),) = re.findall(
        r"^<!-- diff -->\n\n```console\n\$ dag-lint ([^\n]+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    )
    monkeypatch.chdir(PROJECT)
    assert main(shlex.split(command)) == 1
    assert capsys.readouterr().out == output


def test_the_learners_dag_is_the_one_of_the_examples():
    example = (PROJECT / "examples" / "dags" / "fruit.py").read_text(encoding="utf-8")
    assert block("python") in example


def test_every_finding_of_the_examples_has_its_right_form_beside_it():
    # The right forms are what is named so; none of the findings stands in one.
    text = (PROJECT / "examples" / "dags" / "pitfalls.py").read_text(encoding="utf-8")
    right = [
        range(node.lineno, node.end_lineno + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt) and "_right" in ast.unparse(node).split("\n")[0]
    ]
    lines = [
        int(line)
        for line in re.findall(r"^examples/dags/pitfalls\.py:(\d+):", block("console"), re.MULTILINE)
    ]
    assert lines
    assert right
    assert not [line for line in lines if any(line in one for one in right)]


def test_the_two_commands_are_the_two_of_the_start():
    assert len(re.findall(r"^```sh$", README, re.MULTILINE)) == 2
    assert "examples/dags" in block("sh", 0)
    assert "pytest" in block("sh", 1)


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)#]+)", README))
def test_a_link_leads_somewhere(target):
    assert (PROJECT / target).exists()


def test_settings_of_the_readme_are_settings(tmp_path):
    from dag_lint.pyproject import settings_under
    from dag_lint.selection import problems_of

    (tmp_path / "pyproject.toml").write_text(block("toml"), encoding="utf-8")
    assert problems_of(tmp_path) == ()
    assert settings_under(tmp_path, {}).airflow_version == "2.10"


def test_the_hooks_for_others_run_our_command():
    yaml = importlib.import_module("yaml")
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"]: hook["entry"] for hook in hooks} == {
        "dag-lint": "dag-lint check",
        "dag-lint-fix": "dag-lint check --fix",
    }
    assert all((hook["language"], hook["require_serial"]) == ("python", True) for hook in hooks)
