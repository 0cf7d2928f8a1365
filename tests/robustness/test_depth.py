"""What nests, chains or repeats is understood, or one line says why not; it costs neither the process nor minutes."""

from __future__ import annotations

import pytest
from hostile import CUT_SHORT, TEXTS

from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

PROGRAM = """
from dag_lint.inspection import Request, inspect
from dag_lint.source import SourceFile
from hostile import TEXTS
answer = {}
for name, text in TEXTS.items():
    found = inspect(SourceFile("dag.py", text), Request({}, fixes=True)).diagnostics
    answer[name] = [[one.code, one.message] for one in found]
"""


@pytest.fixture(scope="module")
def found(confined):
    return confined(PROGRAM)


@pytest.mark.parametrize("name", TEXTS)
def test_each_is_understood_or_named(found, name):
    codes = [code for code, _ in found[name]]
    assert "DAG103" in codes or codes == ["DAG000"] or name.rpartition(" ")[0] in CUT_SHORT
    assert not [message for _, message in found[name] if "could not be analysed" in message]


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 13 + "b" + ")" * 13,
        "{1: " * 7 + "b" + "}" * 7,
        "C(a=" * 13 + "b" + ")" * 13,
        "\\\n(" * 13 + "b" + ")" * 13,
    ],
)
def test_patterns_that_libcst_would_never_end_with_are_not_given_to_it(pattern):
    text = f"import airflow\nmatch a:\n    case {pattern}:\n        pass\n"
    assert [one.message for one in lint(SourceFile("dag.py", text), Settings())] == [
        "its code is nested too deep"
    ]


def test_brackets_outside_of_patterns_do_not_count():
    deep = "(" * 40 + "b" + ")" * 40
    text = f"import airflow\nmatch {deep}:\n    case [(a), {{1: b}}] if {deep}:\n        x = {deep}\n    case _: pass\n"
    assert lint(SourceFile("dag.py", text), Settings()) == []
