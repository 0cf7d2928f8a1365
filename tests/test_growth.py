"""Twice the file is twice the work: counted in lines of ours that run, which no slow machine changes."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

HEAD = (
    "from datetime import datetime\n"
    "from airflow import DAG\n"
    "from airflow.decorators import task\n"
    "from airflow.operators.bash import BashOperator\n"
    "from airflow.utils.task_group import TaskGroup\n"
    "@task\n"
    "def one():\n"
    "    return 1\n"
)
DAG = f"{HEAD}with DAG('d', schedule='@daily', start_date=datetime(2024, 1, 1)) as dag:\n"
BASH = "BashOperator(task_id=f't{i}', bash_command='run.sh')"


def repeated(body: str) -> Callable[[int], str]:
    """The DAG whose block has a loop of so many turns."""
    return lambda size: f"{DAG}    before = []\n    for i in range({size}):\n        {body}\n"


def written(line: str) -> Callable[[int], str]:
    """The DAG with so many lines behind it, each with a number of its own."""
    return lambda size: (
        f"{DAG}    pass\n" + "".join(line.replace("NUMBER", str(number)) for number in range(size))
    )


FILES: dict[str, Callable[[int], str]] = {
    "tasks of a loop": repeated(BASH),
    "tasks written one by one": written("BashOperator(task_id='tNUMBER', bash_command='run.sh', dag=dag)\n"),
    "ids that get a number": repeated("one()"),
    "groups that get a number": repeated("with TaskGroup('g', add_suffix_on_collision=True): one()"),
    "functions made in a loop": repeated("def key(row): return [row.get('a'), i]"),
    "a list of tasks before one": lambda size: (
        repeated(f"before.append({BASH})")(size) + "    before >> one()\n"
    ),
    "tasks with a date of their own": repeated(
        "BashOperator(task_id=f't{i}', bash_command='ls', start_date=datetime(2025, 1, 1))"
    ),
    "tasks whose dates are their DAG's": lambda size: repeated(
        "BashOperator(task_id=f't{i}', bash_command='ls', start_date=datetime(2025, 1, i % 28 + 1))"
    )(size).replace(", start_date=datetime(2024, 1, 1)", ""),
    "calls of a function that returns much": lambda size: (
        DAG.replace(
            "@task\ndef one():\n    return 1\n",
            "@task.bash\ndef one():\n" + "    if now(): return 'run.sh'\n" * size,
        )
        + "    one()\n" * size
    ),
    "functions under a decorator": written("@task.bash\ndef f():\n    return 'run.sh'\nf()\n"),
    "conditions that are not known": written("x = 1 if now(NUMBER) else 2\n"),
    "branches that are not known": written("if now(NUMBER):\n    x = 1\nelse:\n    x = 2\n"),
    "findings": written("DAG('dNUMBER', schedule='@daily', start_date=datetime(2024, 1, 1))\n"),
}


def lines_run(text: str) -> int:
    """How many lines run while a text is linted, each as often as it runs."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    source, tree, before = SourceFile("dag.py", text), ast.parse(text), sys.gettrace()
    sys.settrace(trace)
    try:
        lint(source, Settings(), tree)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("file", FILES)
def test_work_grows_as_the_file_does(file: str) -> None:
    small, large = FILES[file](100), FILES[file](200)
    # What the first file of all imports is no part of it.
    lint(SourceFile("dag.py", small), Settings())
    assert lines_run(large) < 2.2 * lines_run(small)
