"""Rules that other packages bring: by the documented class, in both doors, and when they are wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dag_lint.cli import main
from dag_lint.cli.output import FORMATS
from dag_lint.registry import own_rules

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "docs" / "own-rules.md").read_text(encoding="utf-8")

DAG_FILE = """\
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from acme import WarehouseOperator

with DAG("load", schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    WarehouseOperator(task_id="a")
    EmptyOperator(task_id="b", pool="warehose")
    WarehouseOperator(task_id="c", pool="warehouse")
"""
FOUND = [
    'dags/a.py:7:5: ORG001 no pool; write pool="warehouse"',
    'dags/a.py:8:37: ORG001 there is no pool "warehose"; write pool="warehouse"',
]


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]


ACME = ("acme-rules", block("python"), tomllib.loads(block("toml"))["project"]["entry-points"])
"""The package of the page: its name, its module and its entry points."""


def one(name, text):
    """A package with one rule, the class A."""
    return (name, text, {"dag_lint.rules": {"ORG002": f"{name}:A"}})


def install(site: Path, name: str, module: str, points: dict[str, dict[str, str]]) -> None:
    """What pip leaves of a package in a folder."""
    module_name = name.replace("-", "_")
    (site / f"{module_name}.py").write_text(module, encoding="utf-8")
    about = site / f"{module_name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [
        line for group, each in points.items() for line in (f"[{group}]", *map(" = ".join, each.items()))
    ]
    (about / "entry_points.txt").write_text("\n".join(lines))


@pytest.fixture
def check(project, tmp_path_factory, monkeypatch, capsys):
    """Check a project beside installed packages, in this process: what is printed, and the status."""

    def call(*packages, text=DAG_FILE):
        site = tmp_path_factory.mktemp("site")
        for package in packages:
            install(site, *package)
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.chdir(project({"dags/a.py": text}))
        own_rules.cache_clear()
        status = main(["check", "--output-format", "concise", "dags"])
        return capsys.readouterr().out.splitlines(), status

    yield call
    own_rules.cache_clear()
    for name in ("acme_rules", "bad", "first", "second"):
        sys.modules.pop(name, None)


@pytest.fixture
def run(project, tmp_path_factory):
    """Run a command in a project beside installed packages: run(words, packages) -> output, errors, status."""
    site = tmp_path_factory.mktemp("site")

    def call(words, *packages, **files):
        root = project({"dags/a.py": DAG_FILE, **files})
        for package in packages:
            install(site, *package)
        done = subprocess.run(
            [sys.executable, "-m", *words.split()],
            cwd=root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT / "src"), str(site)])},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.splitlines(), done.stderr, done.returncode

    return call


def test_the_rule_of_the_page_has_twenty_lines():
    lines = [line for line in block("python").splitlines() if line]
    assert 15 <= len(lines) <= 20


@pytest.mark.parametrize("words", ["flake8 --select ORG,DAG dags", "flake8 --extend-ignore E -j2 dags"])
def test_its_findings_are_there_in_flake8(run, words):
    assert run(words, ACME) == (FOUND, "", 1)


def test_its_findings_are_there_in_the_command(check):
    assert check(ACME) == (FOUND, 1)


@pytest.mark.parametrize(
    "words", ["flake8 --extend-ignore ORG001,E dags", "dag_lint check --ignore ORG dags"]
)
def test_it_is_selected_like_every_other(run, words):
    assert run(words, ACME) == ([], "", 0)


def test_every_format_tells_of_it(check, capsys):
    check(ACME)
    for form in FORMATS:
        assert main(["check", "--output-format", form, "dags"]) == 1
        out, err = capsys.readouterr()
        assert "ORG001" in out
        assert err == ""


def test_a_comment_switches_it_off(check):
    text = DAG_FILE.replace('task_id="a")', 'task_id="a")  # noqa: ORG001 -- small')
    assert check(ACME, text=text) == (FOUND[1:], 1)


def test_it_is_listed_and_explained(run):
    listed, _, _ = run("dag_lint rules", ACME)
    assert listed[-1].startswith("ORG001  missing-pool ")
    assert listed[-1].endswith(" on   A task that queries the warehouse outside of its pool.")
    explained, _, status = run("dag_lint rule org001")
    assert status == 0
    assert explained[0] == "ORG001 missing-pool"
    assert "The warehouse takes eight queries" in " ".join(explained)


RULE = "from dag_lint.rule import Rule\nclass A(Rule):\n    'Finds.'\n    code = 'ORG002'\n    name = 'a'\n"
METHOD = "    def check(self, file):\n        "
SECTIONS = (
    "'Finds.\\n    What happens\\n    What to write\\n    Known limits\\n'\n    since = default = 'on'\n"
)
LIKE_OURS = RULE.replace("ORG002", "DAG999").replace("'Finds.'", SECTIONS + "    example = None")
WRONG = {
    "lacks a name": (RULE.replace("name", "title"), "TypeError: A lacks name"),
    "no docstring": (
        RULE.replace("'Finds.'", "pass"),
        "TypeError: A: the docstring does not say what it finds",
    ),
    "a code like ours": (
        LIKE_OURS + METHOD + "return ()",
        "its code is DAG999, and codes that begin with DAG are dag-lint's own",
    ),
    "no check": (RULE, "A lacks the method check"),
    "no rule": ("A = 1", "bad:A is no subclass of dag_lint.rule.Rule"),
    "a base": ("from dag_lint.rule import ProjectRule as A", "bad:A is a base class of rules"),
    "a wrong default": (
        RULE + "    default = True\n",
        'TypeError: A: default is "on", "off", "2" or "3"',
    ),
    "a wrong severity": (
        RULE + "    severity = 1\n",
        "TypeError: A: severity is a Severity, such as Severity.ERROR",
    ),
    "no module": ("import nowhere", "ModuleNotFoundError: No module named 'nowhere'"),
}


@pytest.mark.parametrize(("text", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_class_is_told_and_hides_nothing(check, text, reason):
    found, status = check(one("bad", text), ACME)
    assert found == [f'dags/a.py:1:1: DAG000 the rule "ORG002" of bad cannot be used: {reason}', *FOUND]
    assert status == 2


def test_flake8_tells_it_on_the_first_file(run):
    found = run("flake8 --extend-ignore E dags", one("bad", RULE), **{"dags/b.py": DAG_FILE})
    told = 'dags/a.py:1:1: DAG000 the rule "ORG002" of bad cannot be used: A lacks the method check'
    assert found == ([told], "", 1)


def test_two_rules_of_one_code_are_told(check):
    found, status = check(*(one(name, RULE + METHOD + "return ()\n") for name in ("first", "second")))
    reason = "ORG002 is already the code of a rule of first"
    assert found == [f'dags/a.py:1:1: DAG000 the rule "ORG002" of second cannot be used: {reason}']
    assert status == 2


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("raise KeyError('a\\nb')", "KeyError"),
        ("return [1]", "TypeError"),
        ("yield 1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_rule_that_raises_is_one_finding(check, body, error):
    found, status = check(one("bad", RULE + METHOD + body), ACME)
    assert found == [f"dags/a.py:1:1: DAG000 ORG002 of bad could not be asked: {error}", *FOUND]
    assert status == 2


def test_a_rule_that_raises_does_not_end_flake8(run):
    bad = one("bad", RULE + METHOD + "yield 1 / 0")
    found, complaints, status = run("flake8 --extend-ignore E dags", bad, ACME)
    assert found == ["dags/a.py:1:1: DAG000 ORG002 of bad could not be asked: ZeroDivisionError", *FOUND]
    assert (complaints, status) == ("", 1)


def test_a_file_without_airflow_looks_for_no_rules(check):
    # The class could not be used, and that would be told.
    assert check(one("bad", RULE), text="x = 1\n") == ([], 0)
