"""flake8 by itself: the newest and the oldest that we allow, from stdin, and beside other plugins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from integration.samples import CODE, COLUMN, LINE, RIGHT, WRONG, dag_file
from integration.workshop import PROJECT, FailedError, version_of

if TYPE_CHECKING:
    from pathlib import Path

    from integration.workshop import Workshop

# What the neighbours are to find, so that nobody silences anybody.
NEIGHBOURLY = '''\
"""For flake8-bugbear, flake8-comprehensions and pep8-naming."""


def badName(rows=[]):
    return list([row.name for row in rows])
'''
NEIGHBOURS = {"flake8-bugbear": "B006", "flake8-comprehensions": "C4", "pep8-naming": "N802"}


def newest(workshop: Workshop) -> str:
    """The newest flake8 of the series 7 that this Python can have."""
    environment = workshop.environment("newest", "flake8==7.*")
    _on_disk_and_stdin(workshop, environment)
    return version_of(workshop, environment, "flake8")


def oldest(workshop: Workshop) -> str:
    """The oldest flake8 that pyproject.toml allows."""
    found = re.search(r'"flake8>=([\d.]+)"', (PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    if found is None:
        raise FailedError("pyproject.toml does not say which flake8 is the oldest")
    environment = workshop.environment("oldest", f"flake8=={found[1]}")
    _on_disk_and_stdin(workshop, environment)
    return version_of(workshop, environment, "flake8")


def stdin(workshop: Workshop) -> str:
    """flake8 reads the text of an editor, with and without the name of its file."""
    environment = workshop.environment("plain")
    project = workshop.folder("stdin")
    # What is on disk is another text than the editor's: only that one counts.
    dag_file(project, RIGHT)
    for arguments, name in (
        (["-"], "stdin"),
        (["--stdin-display-name", "dags/fruit.py", "-"], "dags/fruit.py"),
    ):
        _expect(workshop, environment, project, arguments, [name], WRONG)
        _expect(workshop, environment, project, arguments, [], RIGHT)
    return "with and without --stdin-display-name"


def neighbours(workshop: Workshop) -> str:
    """Other plugins and ours, in two processes: everybody finds what is theirs."""
    environment = workshop.environment("neighbours", *NEIGHBOURS)
    project = workshop.folder("neighbours")
    dag_file(project)
    # flake8 takes as many processes as there are files, at most.
    for number in range(6):
        (project / "dags" / f"fruit{number}.py").write_text(WRONG, encoding="utf-8")
        (project / "dags" / f"neighbourly{number}.py").write_text(NEIGHBOURLY, encoding="utf-8")
    done = workshop.run(
        [environment / "bin" / "flake8", "-j2", "dags"], project, variables=workshop.variables(environment)
    )
    lines = done.ended_with(1).quiet().stdout.splitlines()
    for code, files in ((CODE, 7), *((code, 6) for code in NEIGHBOURS.values())):
        if len(found := {line.split(":")[0] for line in lines if f": {code}" in line}) != files:
            raise FailedError(f"{code} was found in {sorted(found)} and not in {files} files:\n{done.stdout}")
    if (count := sum(f": {CODE} " in line for line in lines)) != 7:
        raise FailedError(f"{CODE} was found {count} times and not 7 times:\n{done.stdout}")
    return ", ".join(version_of(workshop, environment, name) for name in NEIGHBOURS) + ", with -j2"


def _on_disk_and_stdin(workshop: Workshop, environment: Path) -> None:
    project = workshop.folder(f"flake8-{environment.name}")
    dag_file(project)
    _expect(workshop, environment, project, ["--require-plugins=flake8-dag-lint", "dags"], ["dags/fruit.py"])
    _expect(workshop, environment, project, ["--stdin-display-name", "x.py", "-"], ["x.py"], WRONG)
    dag_file(project, RIGHT)
    _expect(workshop, environment, project, ["dags"], [])


def _expect(
    workshop: Workshop,
    environment: Path,
    project: Path,
    arguments: list[str],
    names: list[str],
    text: str = "",
) -> None:
    """flake8 prints one finding for each of the names, and nothing else."""
    command: list[str | Path] = [environment / "bin" / "python", "-m", "flake8", *arguments]
    done = workshop.run(command, project, variables=workshop.variables(environment), text=text)
    done.ended_with(1 if names else 0).quiet()
    lines = done.stdout.splitlines()
    starts = [f"{name}:{LINE}:{COLUMN}: {CODE} " for name in names]
    if len(lines) != len(starts) or not all(map(str.startswith, lines, starts)):
        raise FailedError(f"{done.command} printed\n{done.stdout}")
