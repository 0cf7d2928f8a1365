"""Where things stand in a text, to the character; a text that libcst would write otherwise has no page."""

from __future__ import annotations

import ast
from pathlib import Path

import libcst as cst
import pytest

from dag_lint.edits.page import Edit, NotExactError, Page
from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile
from dag_lint.syntax import walk

PROJECT = Path(__file__).parent.parent.parent
FILES = sorted(PROJECT.glob("tests/fixtures/*/*.py"))


def page(text: str) -> Page:
    return Page(cst.parse_module(text), text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_text_of_a_node_is_what_libcst_writes_of_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = page(text)
    nodes = [node for node in walk(whole.module) if isinstance(node, (cst.Call, cst.Dict, cst.SimpleString))]
    # Over several lines libcst writes a lone node without the indentation of its block.
    short = [node for node in nodes if "\n" not in whole.code(node)]
    assert short
    assert [whole.code(node) for node in short] == [whole.module.code_for_node(node) for node in short]


def test_lines_and_columns_count_code_points() -> None:
    text = "a = '가'; b = 1\n\n\tc = 2"
    edit = page(text.replace("\t", "")).as_text_edit(Edit(11, 12, "x"))
    assert (edit.span.start.line, edit.span.start.column, edit.text) == (1, 11, "x")


@pytest.mark.parametrize(
    "text",
    ["", "\n", "x = 1", "x = 1\n\n\n", "# only\n", "\n\n# a\nx\n", "if x:\n\ty\n", "x = 1\n\x0c\ny = 2\n"],
)
def test_any_end_of_a_file_is_exact(text: str) -> None:
    assert page(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "\x0cimport a\nb(c, d)\n",
        "import a\n\n\x0cdef f():\n    b(c, d)\n",
        "def f():\n    b(c, d)\n\n\x0c\n# a\nb(c, d)\n",
        "def f():\n    b(c, d)\n\n\n \n\n",
        "b(c,\x0c d)\n",
    ],
)
def test_blank_lines_and_form_feeds_that_libcst_drops_move_nothing(text: str) -> None:
    whole = page(text)
    calls = [node for node in walk(whole.module) if isinstance(node, cst.Call)]
    assert calls
    assert {whole.code(call).replace("\x0c", "") for call in calls} == {"b(c, d)"}
    assert [whole.code(argument.value) for call in calls for argument in call.args] == ["c", "d"] * len(calls)


@pytest.mark.parametrize("other", ["x = 2\n", "y\n", "x = 1\ny\n", "", "x = 1"])
def test_a_text_that_libcst_writes_otherwise_has_no_page(other: str) -> None:
    with pytest.raises(NotExactError):
        Page(cst.parse_module("x = 1\n"), other)


def test_a_file_that_libcst_cannot_write_has_findings_and_no_fix() -> None:
    strings = "\n".join(f'    "line {n} "' for n in range(600))
    text = (
        "from datetime import datetime\nfrom airflow import DAG\n"
        f"QUERY = (\n{strings}\n)\n"
        "DAG('d', schedule='@daily', start_date=datetime(2024, 1, 1), catchup=False)\n"
    )
    found = lint(SourceFile("dag.py", text), Settings(), ast.parse(text), fixes=True)
    assert [(one.code, one.fix) for one in found] == [("DAG103", None)]
