"""DAG701."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.deployment import deployment_option
from dag_lint.diagnostic import Position, Span
from dag_lint.project.folders import dags_folder
from dag_lint.rule import Example, ProjectFinding, ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.project import FileSummary, Project

_TOP = Span(Position(1, 0), Position(1, 0))


class UndiscoveredFile(ProjectRule):
    """A file that builds DAGs and lacks the words by which Airflow finds such files.

    What happens
        In its safe mode, which is the default, Airflow reads a file only if the words "dag" and "airflow" stand
        somewhere in it, in capitals or not; Airflow 3 also takes "asset" for "dag". A file that calls a factory
        of another module may have neither: its DAGs never appear, and no error says why.

    What to write
        A comment that has the words: `# airflow dag`.

    Known limits
        Only files in a dags folder are looked at: what docker-compose mounts as such, or a folder called dags.
        Nothing is said where safe mode is switched off in airflow.cfg or a compose file.
    """

    code = "DAG701"
    name = "undiscovered-file"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
# --- dags/common/factory.py
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator


def make_pipeline(name):
    with DAG(name, schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False) as made:
        EmptyOperator(task_id="start")
    return made


# --- dags/orders.py
from common.factory import make_pipeline

orders = make_pipeline("load_orders")
""",
        good="""\
# --- dags/common/factory.py
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator


def make_pipeline(name):
    with DAG(name, schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False) as made:
        EmptyOperator(task_id="start")
    return made


# --- dags/orders.py
# airflow dag: Airflow reads only files with these words
from common.factory import make_pipeline

orders = make_pipeline("load_orders")
""",
    )

    def needs_others(self, file: FileSummary) -> bool:
        return bool(_lacking(file)) and any(dag.sure and dag.dag_id is not None for dag in file.dags)

    def check_project(self, file: FileSummary, project: Project) -> Iterator[ProjectFinding]:
        lacking = _lacking(file)
        folder = dags_folder(file.location, file.root)
        if not lacking or folder is None:
            return
        if deployment_option("dag_discovery_safe_mode", Path(file.location).parent, Path(file.root)) is False:
            return
        for dag in file.dags:
            # A DAG that another file brings is there all the same.
            elsewhere = any(other is not file for other, _ in project.dags(dag.dag_id or ""))
            if dag.sure and dag.dag_id is not None and not elsewhere:
                yield self.project_finding(dag.span or _TOP, _message(file, dag.dag_id, lacking))
                return


def _lacking(file: FileSummary) -> list[str]:
    """The words that are missing, for every version that the file may be for."""
    lacking = [] if "airflow" in file.words else ["airflow"]
    if "dag" not in file.words and (file.major == 2 or "asset" not in file.words):
        lacking.append("dag")
    return lacking


def _message(file: FileSummary, dag_id: str, lacking: list[str]) -> str:
    words = " and ".join(f'"{word}"' for word in lacking)
    noun = "word" if len(lacking) == 1 else "words"
    return (
        f'the {noun} {words} nowhere in this file: Airflow does not read it and never sees the DAG "{dag_id}";'
        " write a comment: # airflow dag"
    )
