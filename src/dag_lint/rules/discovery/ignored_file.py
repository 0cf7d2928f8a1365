"""DAG706."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.deployment import deployment_option
from dag_lint.project.folders import dags_folder, folder_of_ignore_files
from dag_lint.project.ignoring import IgnoreLine, hidden_by
from dag_lint.rule import Example, ProjectFinding, ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.project import DagSummary, FileSummary, Project
    from dag_lint.project.ignoring import Dialect

_NAMES: dict[Dialect, str] = {"regexp": "a regular expression", "glob": "a glob"}
_VERSIONS: dict[Dialect, str] = {"regexp": " 2", "glob": " 3"}

_ON_PURPOSE = frozenset(
    {
        "archive", "archived", "backup", "bak", "broken", "demo", "deprecated", "disabled", "draft", "example",
        "ignore", "ignored", "inactive", "invalid", "legacy", "obsolete", "old", "playground", "sample",
        "sandbox", "scratch", "template", "temp", "test", "tmp", "unused", "wip",
    }
)  # fmt: skip
"""Words, without an s at their end, by which people put away what is not to run."""


class IgnoredFile(ProjectRule):
    """A file that builds DAGs and that `.airflowignore` hides.

    What happens
        Airflow does not read the file: its DAGs do not appear, or vanish, and no error says why. Often nobody
        meant this file. In Airflow 2 a line is a regular expression that may fit anywhere in the path, so that
        `test` hides `load_latest.py`; in Airflow 3 it is a glob like those of .gitignore, and an upgrade
        changes what is hidden. The setting dag_ignore_file_syntax chooses.

    What to write
        A line that fits only what is meant: `^tests/` or `(^|/)test_[^/]*\\.py$` as a regular expression,
        `tests/` or `test_*.py` as a glob. A file that is not to run any more is better deleted.

    Known limits
        Nothing is said where the line names what people put away, such as `old`, `template` or `test`, and fits
        that whole word. Expressions that might take for ever are not followed.
    """

    code = "DAG706"
    name = "ignored-file"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
# --- requirements.txt
apache-airflow==2.11.0
# --- dags/.airflowignore
test
# --- dags/load_latest.py
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
        good="""\
# --- requirements.txt
apache-airflow==2.11.0
# --- dags/.airflowignore
^test_
# --- dags/load_latest.py
import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("load", schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False):
    EmptyOperator(task_id="start")
""",
    )

    def needs_others(self, file: FileSummary) -> bool:
        return False

    def check_project(self, file: FileSummary, project: Project) -> Iterator[ProjectFinding]:
        dag = next((dag for dag in file.dags if dag.sure and dag.span is not None), None)
        folder = dags_folder(file.location, file.root) or folder_of_ignore_files(file.location, file.root)
        if dag is None or dag.span is None or folder is None:
            return
        dialects = _dialects(file)
        hidden = [
            (dialect, verdict.line, verdict.hidden)
            for dialect in dialects
            if (verdict := hidden_by(file.location, folder, dialect)).sure
            and verdict.line is not None
            and verdict.hidden is not None
            and not _is_meant(verdict.line, verdict.hidden)
        ]
        if hidden:
            dialect, line, name = hidden[0]
            # Where the versions differ, and nothing tells which one it is.
            version = _VERSIONS[dialect] if len(hidden) < len(dialects) else ""
            fact = f'"{line.text}" in line {line.number} of {_place(line, file)} hides this file from Airflow{version}'
            yield self.project_finding(dag.span, f"{fact}{_instead(line, name, dialect, dag)}")


def _dialects(file: FileSummary) -> tuple[Dialect, ...]:
    """The dialects that the lines may be in."""
    chosen = deployment_option("dag_ignore_file_syntax", Path(file.location).parent, Path(file.root))
    if chosen == "regexp" or (chosen is None and file.major == 2):
        return ("regexp",)
    if chosen == "glob" or (chosen is None and file.major == 3):
        return ("glob",)
    return ("regexp", "glob") if chosen is None else ()


def _is_meant(line: IgnoreLine, hidden: str) -> bool:
    """Whether a line names, as a whole word, what people put away."""
    return any(word.removesuffix("s") in _ON_PURPOSE for word in _words(line.text) if _is_whole(word, hidden))


def _words(text: str) -> list[str]:
    # The letter of `\w` and its like is no word.
    return re.findall(r"[^\W\d_]+", re.sub(r"\\.", " ", text.lower()))


def _is_whole(word: str, path: str) -> bool:
    return re.search(rf"(?<![^\W\d_]){re.escape(word)}s?(?![^\W\d_])", path.lower()) is not None


def _place(line: IgnoreLine, file: FileSummary) -> str:
    inside = line.file.is_relative_to(file.root)
    return line.file.relative_to(file.root).as_posix() if inside else line.file.name


def _instead(line: IgnoreLine, hidden: str, dialect: Dialect, dag: DagSummary) -> str:
    if any(word in hidden.lower() and not _is_whole(word, hidden) for word in _words(line.text)):
        return f': as {_NAMES[dialect]} it fits inside "{hidden}"; write a line that fits whole words'
    lost = "" if dag.dag_id is None else f', and with it the DAG "{dag.dag_id}"'
    return f"{lost}; write a line that does not fit it, or delete the file"
