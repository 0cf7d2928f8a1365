"""The DAG that the clients look at, and what they are to find in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from integration.workshop import PROJECT, FailedError

if TYPE_CHECKING:
    from pathlib import Path

# One finding in the first, none in the second, and nothing for pycodestyle, pyflakes and other neighbours.
WRONG = """\
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "every_3_hours",
    schedule="3 * * * *",
    catchup=False,
    default_args={"start_date": "2024-01-01"},
):
    EmptyOperator(task_id="start")
"""
RIGHT = WRONG.replace("3 * * * *", "0 */3 * * *")

CODE = "DAG101"
LINE, COLUMN = 6, 14  # from 1
MESSAGE = 'dag_id "every_3_hours" says every 3 hours'


def dag_file(folder: Path, text: str = WRONG) -> Path:
    """A project with one DAG file; the file."""
    path = folder / "dags" / "fruit.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def documented(page: str, name: str) -> str:
    """The block of a page of docs/integrations that stands below `<!-- block: name -->`.

    The clients are set up with these very blocks, so that what the pages tell their readers is what works.
    """
    text = (PROJECT / "docs" / "integrations" / page).read_text(encoding="utf-8")
    found = re.search(rf"<!-- block: {name} -->\n+```[\w-]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise FailedError(f"docs/integrations/{page} has no block {name}")
    return found[1]


def replaced(text: str, old: str, new: str) -> str:
    """A text with something replaced that has to be there."""
    if old not in text:
        raise FailedError(f"{old!r} is expected in\n{text}")
    return text.replace(old, new)
