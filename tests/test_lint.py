"""The pipeline: what it says of files it cannot analyse, and how findings become diagnostics."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings

import pytest

from dag_lint.lint import lint
from dag_lint.rules.schedule.naive_start_date import NaiveStartDate
from dag_lint.settings import Settings
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile

NAIVE = "from datetime import datetime\nfrom airflow import DAG\nSTART = datetime(2024, 1, 1)\n"


def codes(text: str, **settings: object) -> list[str]:
    return [found.code for found in lint(SourceFile("dag.py", text), Settings(**settings))]  # type: ignore[arg-type]


def test_a_value_that_several_dags_use_is_said_once() -> None:
    dags = "".join(f"DAG('d{n}', schedule='@daily', start_date=START, catchup=False)\n" for n in range(3))
    assert codes(NAIVE + dags) == ["DAG103"]


def test_findings_come_in_the_order_of_the_text() -> None:
    text = (
        "import pendulum\nfrom datetime import datetime\nfrom airflow import DAG\n"
        "DAG('a', schedule='@daily', start_date=datetime(2024, 1, 1))\n"
        "DAG('b', schedule='@daily', start_date=pendulum.now(), catchup=False)\n"
    )
    found = lint(SourceFile("dag.py", text), Settings(airflow_version="2.11"))
    assert [(each.span.start.line, each.code) for each in found] == [
        (4, "DAG102"),
        (4, "DAG103"),
        (5, "DAG104"),
    ]


def test_text_without_the_word_airflow_is_not_looked_at() -> None:
    assert codes("from datetime import datetime\nDAG = print\nDAG(start_date=datetime(2024, 1, 1))") == []


def test_what_is_no_python_is_left_to_whoever_parses_it_first() -> None:
    assert codes("import airflow\ndef f(:\n") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import airflow\n" + "# " + "x" * MAXIMUM_CHARACTERS, "1,000,000 characters"),
        ("import airflow\nx = " + "-" * 500 + "1\n", "nested too deep"),
        ("import airflow\nx = " + " + ".join(["a"] * 700) + "\n", "nested too deep"),
        ("import airflow\nx = '\0'\n", "nested too deep"),
    ],
)
def test_a_file_that_is_too_much_gets_one_line_that_says_why(text: str, reason: str) -> None:
    try:
        ast.parse(text)
    except SyntaxError:
        assert codes(text) == []
        return
    except ValueError:
        pass
    found = lint(SourceFile("dag.py", text), Settings())
    assert [(each.code, each.span.start.line) for each in found] == [("DAG000", 1)]
    assert reason in found[0].message


def test_a_rule_that_fails_costs_its_own_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: NaiveStartDate, file: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(NaiveStartDate, "check", fail)
    assert codes(NAIVE) == ["DAG000"]


def test_a_rule_that_is_not_selected_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NaiveStartDate, "check", lambda self, file: pytest.fail("asked"))
    text = NAIVE + "DAG('a', schedule='@daily', start_date=START)\n"
    assert codes(text, ignore=frozenset({"DAG103"})) == ["DAG102"]
    assert codes(text, select=frozenset({"DAG102"})) == ["DAG102"]


def test_a_long_list_of_adjacent_strings_is_no_obstacle() -> None:
    strings = "\n".join(f'    "line {n} "' for n in range(600))
    text = NAIVE + f"QUERY = (\n{strings}\n)\nDAG('d', schedule='@daily', start_date=START, catchup=False)\n"
    assert codes(text) == ["DAG103"]


def test_a_file_without_airflow_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom dag_lint.lint import lint\nfrom dag_lint.settings import Settings\n"
        "from dag_lint.source import SourceFile\nlint(SourceFile('a.py', 'x = 1'), Settings())\n"
        "print(sorted({'libcst', 'croniter', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("tree", [None, "parsed"])
def test_what_python_warns_of_in_the_file_is_not_said_twice(recwarn, tree):
    text = "from airflow import DAG\nDAG('\\d', schedule='@daily')\n"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = ast.parse(text)
    warnings.simplefilter("always")
    lint(SourceFile("a.py", text), Settings(), parsed if tree else None)
    assert [str(one.message) for one in recwarn] == []


def test_a_fix_that_fails_costs_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("dag_lint.edits.fixes_for", fail)
    text = NAIVE + "DAG('d', schedule='@daily', start_date=START, catchup=False)\n"
    found = lint(SourceFile("dag.py", text), Settings(), fixes=True)
    assert [(each.code, each.fix) for each in found] == [("DAG103", None)]


def test_fixes_are_worked_out_only_when_they_are_wanted() -> None:
    text = NAIVE + "DAG('d', schedule='@daily', start_date=START, catchup=False)\n"
    without, with_fixes = (
        lint(SourceFile("dag.py", text), Settings(), fixes=wanted) for wanted in (False, True)
    )
    assert [each.fix is None for each in without + with_fixes] == [True, False]
