"""action.yml: its steps, run by a shell in the way of GitHub's runner."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from integration.samples import CODE, COLUMN, LINE, MESSAGE, RIGHT, WRONG, dag_file
from integration.workshop import SECONDS_TO_INSTALL, FailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integration.workshop import Workshop

# How the runner starts `shell: bash`.
BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
INPUTS = {"paths": "dags\n", "python": sys.executable}


class _Run:
    """A workflow's job in a repository that uses the action."""

    def __init__(self, workshop: Workshop, project: Path) -> None:
        self._workshop = workshop
        self._project = project
        self._action = workshop.repository()
        self._temporary = workshop.folder("runner-temp")
        self._installed: dict[str, str] = {}

    def __call__(self, inputs: Mapping[str, str], base: str = "", *, status: int) -> list[dict[str, str]]:
        """The annotations that a run makes; its last step ends with the status."""
        action = yaml.safe_load((self._action / "action.yml").read_text(encoding="utf-8"))
        values = {f"inputs.{name}": str(given["default"]) for name, given in action["inputs"].items()}
        if surplus := {f"inputs.{name}" for name in inputs} - values.keys():
            raise FailedError(f"action.yml has no {surplus}")
        values |= {f"inputs.{name}": value for name, value in inputs.items()}
        values |= {"github.event.pull_request.base.sha": base, "runner.temp": str(self._temporary)}
        *before, last = action["runs"]["steps"]
        for step in before:
            # What is installed stays: it is the same for all runs of this job.
            if step["name"] not in self._installed:
                self._installed[step["name"]] = self._step(step, values, 0)
        return self._annotations(self._step(last, values, status))

    def _step(self, step: dict[str, Any], values: Mapping[str, str], status: int) -> str:
        if step["shell"] != "bash":
            raise FailedError(f"nobody here can run a step in {step['shell']}")
        assignments = self._temporary / "github-env"
        assignments.touch()
        variables = self._workshop.variables(
            GITHUB_ACTION_PATH=str(self._action),
            GITHUB_ENV=str(assignments),
            GITHUB_WORKSPACE=str(self._project),
            RUNNER_TEMP=str(self._temporary),
        )
        variables |= dict(line.split("=", 1) for line in assignments.read_text(encoding="utf-8").splitlines())
        variables |= {name: _evaluated(text, values) for name, text in step.get("env", {}).items()}
        if "${{" in step["run"]:
            raise FailedError(f"an expression in the script of {step['name']} lets its value be a command")
        script = self._temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = self._workshop.run(
            [*BASH, script], self._project, variables=variables, seconds=SECONDS_TO_INSTALL
        )
        return done.ended_with(status).stdout

    def _annotations(self, output: str) -> list[dict[str, str]]:
        """What the runner makes of a step's output while a problem matcher is registered."""
        found: list[dict[str, str]] = []
        pattern: dict[str, Any] | None = None
        for line in output.splitlines():
            if added := re.match(r"::add-matcher::(.+)", line):
                (matcher,) = json.loads(Path(added[1]).read_text(encoding="utf-8"))["problemMatcher"]
                (pattern,) = matcher["pattern"]
            elif line == "::remove-matcher owner=dag-lint::":
                pattern = None
            elif pattern and (match := re.search(pattern["regexp"], line)):
                found.append({name: match[group] for name, group in pattern.items() if name != "regexp"})
        if pattern:
            raise FailedError("the problem matcher stays, and would match the lines of later steps")
        return found


def check(workshop: Workshop) -> str:
    """All files, changed files, no files, options, and a file that is not there."""
    project = workshop.folder("action")
    old = dag_file(project)
    # A blank in a name, as every shell script has to bear.
    new = old.with_name("new fruit.py")
    base = workshop.commit(project, "An old DAG with a finding")
    run = _Run(workshop, project)
    _expect(run(INPUTS, status=1), "dags/fruit.py")
    # Somewhere that no input names.
    (project / "elsewhere.py").write_text(WRONG, encoding="utf-8")
    (project / "dags" / "notes.md").write_text(WRONG, encoding="utf-8")
    workshop.commit(project, "Nothing that is to be checked")
    _expect(run({**INPUTS, "changed-only": "true"}, base, status=0))
    new.write_text(WRONG, encoding="utf-8")
    (project / "dags" / "right.py").write_text(RIGHT, encoding="utf-8")
    workshop.commit(project, "A new DAG with a finding")
    _expect(run({**INPUTS, "changed-only": "true"}, base, status=1), "dags/new fruit.py")
    # A push has no pull request to compare with.
    _expect(run({**INPUTS, "changed-only": "true"}, status=1), "dags/fruit.py", "dags/new fruit.py")
    _expect(run({**INPUTS, "arguments": f"--ignore {CODE} --airflow-version 2.10"}, base, status=0))
    injected = {**INPUTS, "paths": "dags/fruit.py\n$(touch injected)", "arguments": "--ignore DAG102"}
    run(injected, status=2)
    if (project / "injected").exists():
        raise FailedError("an input was run as a command")
    new.unlink()
    old.write_text(RIGHT, encoding="utf-8")
    workshop.commit(project, "All is right, and a file is gone")
    _expect(run({**INPUTS, "changed-only": "true"}, base, status=0))
    _expect(run(INPUTS, status=0))
    return "its steps annotate all files or changed ones, and fail for findings only"


def _evaluated(text: object, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise FailedError(f"nobody here knows {match[0]}")
        return values[match[1]]

    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, str(text))


def _expect(annotations: list[dict[str, str]], *files: str) -> None:
    wanted = [(name, str(LINE), str(COLUMN), CODE) for name in files]
    found = [(one["file"], one["line"], one["column"], one["code"]) for one in annotations]
    if found != wanted or not all(MESSAGE in one["message"] for one in annotations):
        raise FailedError(f"the annotations are {annotations} and not {wanted}")
