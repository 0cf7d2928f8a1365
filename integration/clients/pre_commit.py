"""pre-commit: our hook tried and installed, and flake8's own hook with dag-lint beside it.

The configurations are those of the page on pre-commit. Only the addresses differ: what they fetch from GitHub is
taken from repositories in temporary folders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.samples import CODE, RIGHT, dag_file, documented, replaced
from integration.workshop import SECONDS_TO_INSTALL, FailedError, version_of

if TYPE_CHECKING:
    from pathlib import Path

    from integration.workshop import Done, Workshop

OURS = "https://github.com/dag-lint/dag-lint"
FLAKE8S = "https://github.com/PyCQA/flake8"
FLAKE8S_REVISION = "rev: 7.3.0"

# A stand-in for PyCQA/flake8: its hook as it is, and a package that brings the flake8 of the package index.
FLAKE8S_HOOK = """\
-   id: flake8
    name: flake8
    description: '`flake8` is a command-line utility for enforcing style consistency across Python projects.'
    entry: flake8
    language: python
    types: [python]
    require_serial: true
"""
FLAKE8S_PACKAGE = """\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "stand-in"
version = "1"
dependencies = ["flake8"]
[tool.setuptools]
py-modules = []
"""


def try_repo(workshop: Workshop) -> str:
    """`pre-commit try-repo` finds, and finds nothing any more when the DAG is right; the manifest is valid."""
    repository = workshop.repository()
    project = workshop.folder("try-repo")
    dag_file(project)
    workshop.commit(project, "A DAG")
    _pre_commit(workshop, repository, "validate-manifest", ".pre-commit-hooks.yaml").ended_with(0)
    command = ("try-repo", str(repository), "dag-lint", "--all-files", "--verbose")
    done = _pre_commit(workshop, project, *command).ended_with(1)
    if done.stdout.count(f"dags/fruit.py:6:14: {CODE} ") != 1:
        raise FailedError(f"{done.command} printed\n{done.stdout}")
    dag_file(project, RIGHT)
    workshop.git(project, "add", "--all")
    _pre_commit(workshop, project, *command).ended_with(0)
    return f"{version_of(workshop, _environment(workshop), 'pre-commit')} try-repo blocks and passes"


def own_hook(workshop: Workshop) -> str:
    """A commit is blocked by our hook, and passes when the DAG is right."""
    configuration = documented("pre-commit.md", "own hook")
    configuration = replaced(configuration, OURS, str(workshop.repository()))
    _commits(workshop, "own-hook", configuration)
    return f"git commit is blocked by the hook of v{workshop.version()}, and passes"


def fixing_hook(workshop: Workshop) -> str:
    """The hook that fixes mends the file and stops the commit, which passes when the change is added."""
    configuration = documented("pre-commit.md", "fixing hook")
    configuration = replaced(configuration, OURS, str(workshop.repository()))
    project = workshop.folder("fixing-hook")
    (project / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    before = workshop.commit(project, "The configuration")
    _pre_commit(workshop, project, "install").ended_with(0)
    path = dag_file(project)
    done = _git_commit(workshop, project).ended_with(1)
    if "fixed 1 finding in 1 file" not in done.stdout + done.stderr or path.read_text() != RIGHT:
        raise FailedError(f"the file was not mended:\n{done.stdout}{done.stderr}\n{path.read_text()}")
    if workshop.git(project, "rev-parse", "HEAD") != before:
        raise FailedError("what was mended was committed before anybody saw it")
    _git_commit(workshop, project).ended_with(0)
    return f"git commit is stopped by dag-lint-fix of v{workshop.version()}, which mends the file, and passes then"


def flake8_hook(workshop: Workshop) -> str:
    """A commit is blocked by flake8's hook, to whose environment dag-lint is added."""
    stand_in = workshop.folder("flake8-repository")
    (stand_in / ".pre-commit-hooks.yaml").write_text(FLAKE8S_HOOK, encoding="utf-8")
    (stand_in / "pyproject.toml").write_text(FLAKE8S_PACKAGE, encoding="utf-8")
    revision = workshop.commit(stand_in, "A hook")
    configuration = replaced(documented("pre-commit.md", "flake8"), FLAKE8S, str(stand_in))
    configuration = replaced(configuration, FLAKE8S_REVISION, f"rev: {revision}")
    # Where the package index has a dag-lint of the same name, it is not the one that we want to see.
    configuration = replaced(configuration, f"flake8-dag-lint=={workshop.version()}", str(workshop.wheel()))
    _commits(workshop, "flake8-hook", configuration)
    return "git commit is blocked by flake8's hook with dag-lint in additional_dependencies, and passes"


def _commits(workshop: Workshop, name: str, configuration: str) -> None:
    project = workshop.folder(name)
    (project / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    before = workshop.commit(project, "The configuration")
    _pre_commit(workshop, project, "validate-config").ended_with(0)
    _pre_commit(workshop, project, "install").ended_with(0)
    dag_file(project)
    done = _git_commit(workshop, project).ended_with(1)
    output = done.stdout + done.stderr
    if f"dags/fruit.py:6:14: {CODE} " not in output or workshop.git(project, "rev-parse", "HEAD") != before:
        raise FailedError(f"the commit was not blocked for the reason that is expected:\n{output}")
    dag_file(project, RIGHT)
    _git_commit(workshop, project).ended_with(0)
    if workshop.git(project, "rev-parse", "HEAD") == before or workshop.git(project, "status", "--porcelain"):
        raise FailedError("the commit ended well, and nothing was committed")


def _git_commit(workshop: Workshop, project: Path) -> Done:
    workshop.git(project, "add", "--all")
    variables = workshop.variables(_environment(workshop))
    command = ["git", "commit", "--message", "A DAG"]
    return workshop.run(command, project, variables=variables, seconds=SECONDS_TO_INSTALL)


def _environment(workshop: Workshop) -> Path:
    return workshop.environment("pre-commit", "pre-commit")


def _pre_commit(workshop: Workshop, folder: Path, *words: str) -> Done:
    environment = _environment(workshop)
    variables = workshop.variables(environment)
    command: list[str | Path] = [environment / "bin" / "pre-commit", *words]
    return workshop.run(command, folder, variables=variables, seconds=SECONDS_TO_INSTALL)
