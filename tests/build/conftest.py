"""A DAG file as text, and what is understood of it in words that a test can compare."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from dag_lint.lint import understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dag_lint.model import Dag, DagFile, Task

IMPORTS = """
import os
from airflow import DAG
from airflow.decorators import dag, setup, task, task_group, teardown
from airflow.models.baseoperator import BaseOperator, chain, chain_linear, cross_downstream
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup
from nowhere import anything
"""


@dataclass(frozen=True)
class Reading:
    """A file that was read."""

    file: DagFile

    @property
    def registered(self) -> list[Dag]:
        return [dag for dag in self.file.dags if dag.registered]

    @property
    def dag_ids(self) -> list[str | None]:
        return [dag.id_text() for dag in self.registered]

    @property
    def dag(self) -> Dag:
        (one,) = self.registered
        return one

    @property
    def ids(self) -> list[str | None]:
        return [task.task_id for task in self.dag.tasks]

    @property
    def groups(self) -> list[str | None]:
        return [group.group_id for group in self.dag.groups]

    @property
    def edges(self) -> str:
        """Every edge of the DAG as "up>down", sorted, in one line."""
        return " ".join(
            sorted(f"{up.task_id}>{task.task_id}" for task in self.dag.tasks for up in task.upstream.values())
        )

    def task(self, task_id: str) -> Task:
        (one,) = (task for task in self.file.tasks if task.task_id == task_id)
        return one


@pytest.fixture
def read() -> Callable[..., Reading]:
    """read(text, version="3", path=None): the file, below the imports that most files need."""

    def understood(text: str, version: str | None = "3", path: Path | None = None, **settings) -> Reading:
        given = Settings(airflow_version=version, **settings)
        return Reading(
            understand(
                SourceFile("dag.py" if path is None else str(path), IMPORTS + dedent(text), path), given
            ).file
        )

    return understood


@pytest.fixture
def read_inside(read: Callable[..., Reading]) -> Callable[..., Reading]:
    """The same for what stands in a `with DAG`, where the tasks a, b, c, d and the results of x, y are there."""

    def understood(body: str, version: str | None = "3", **settings) -> Reading:
        text = "@task\ndef x(*args, **kwargs): ...\n@task\ndef y(*args, **kwargs): ...\n"
        text += 'with DAG("d", schedule=None) as dag:\n'
        text += '    a, b, c, d = [EmptyOperator(task_id=name) for name in "abcd"]\n'
        return read(text + indent(dedent(body), "    "), version, **settings)

    return understood
