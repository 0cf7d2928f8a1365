"""Other linters that read the same DAG files, configured as the page on them says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.samples import CODE, WRONG, dag_file, documented
from integration.workshop import FailedError, version_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from integration.workshop import Workshop

PAGE = "other-linters.md"
SILENCED = WRONG.replace('"3 * * * *",', f'"3 * * * *",  # noqa: {CODE}')
CHAINED = """\
'''A DAG whose edges are expressions.'''
from airflow.operators.empty import EmptyOperator

first = EmptyOperator(task_id="first")
second = EmptyOperator(task_id="second")
third = EmptyOperator(task_id="third")
first >> second
[first, second] >> third
"""


def ruff(workshop: Workshop) -> str:
    """Without lint.external ruff deletes our comments; with it they stay."""
    environment = workshop.environment("ruff", "ruff")
    project = workshop.folder("ruff")
    path = dag_file(project, SILENCED)
    (project / "pyproject.toml").write_text(documented(PAGE, "ruff"), encoding="utf-8")
    fix = ["ruff", "check", "--no-cache", "--extend-select", "RUF100,RUF102", "--fix", "dags"]
    _run(workshop, environment, project, fix, 0)
    if path.read_text(encoding="utf-8") != SILENCED:
        raise FailedError(f"it deleted the comment of\n{path.read_text(encoding='utf-8')}")
    # The setting has to be what made the difference, or the page tells its readers something in vain.
    (project / "pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
    _run(workshop, environment, project, fix, 0)
    if path.read_text(encoding="utf-8") == SILENCED:
        raise FailedError("it leaves our comments alone without lint.external; the page is out of date")
    return f"{version_of(workshop, environment, 'ruff')} keeps our noqa comments with lint.external"


def noqa(workshop: Workshop) -> str:
    """flake8-noqa sees our codes: a comment that is needed is none of its business, a useless one is."""
    environment = workshop.environment("noqa", "flake8-noqa")
    project = workshop.folder("noqa")
    (project / ".flake8").write_text(documented(PAGE, "flake8-noqa"), encoding="utf-8")
    dag_file(project, SILENCED)
    _run(workshop, environment, project, ["flake8", "dags"], 0)
    for comment, code in (
        ("noqa: DAG", "NQA104"),
        ("noqa DAG101", "NQA002"),
        ("noqa: DAG101,DAG102", "NQA103"),
    ):
        dag_file(project, SILENCED.replace(f"noqa: {CODE}", comment))
        if f" {code} " not in (output := _run(workshop, environment, project, ["flake8", "dags"], 1)):
            raise FailedError(f"{code} is expected for # {comment}, and it printed\n{output}")
    return f"{version_of(workshop, environment, 'flake8-noqa')} finds comments that do not say what they mean"


def bugbear(workshop: Workshop) -> str:
    """B018 leaves the edges of a DAG alone, as the page says."""
    environment = workshop.environment("neighbours-b018", "flake8-bugbear")
    project = workshop.folder("b018")
    path = dag_file(project, CHAINED)
    _run(workshop, environment, project, ["flake8", "--select", "B018", "dags"], 0)
    path.write_text(f"{CHAINED}[first, second]\n", encoding="utf-8")
    _run(workshop, environment, project, ["flake8", "--select", "B018", "dags"], 1)
    return f"{version_of(workshop, environment, 'flake8-bugbear')} B018 has nothing against a >> b"


def pylint(workshop: Workshop) -> str:
    """W0104 takes each edge for a mistake, until the page's setting."""
    environment = workshop.environment("pylint", "pylint")
    project = workshop.folder("pylint")
    dag_file(project, CHAINED)
    command = ["pylint", "--disable=import-error", "--score=no", "dags/fruit.py"]
    if "W0104" not in (output := _run(workshop, environment, project, command, 4)):
        raise FailedError(f"W0104 is expected, and it printed\n{output}")
    (project / "dags" / ".pylintrc").write_text(documented(PAGE, "pylint"), encoding="utf-8")
    _run(workshop, environment, project, [*command, "--rcfile=dags/.pylintrc"], 0)
    return f"{version_of(workshop, environment, 'pylint')} W0104 is silent with the documented setting"


def _run(workshop: Workshop, environment: Path, project: Path, words: Sequence[str], status: int) -> str:
    command: list[str | Path] = [environment / "bin" / words[0], *words[1:]]
    return workshop.run(command, project, variables=workshop.variables(environment)).ended_with(status).stdout
