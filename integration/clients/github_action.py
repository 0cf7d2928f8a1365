"""action.yml: its steps, run by a shell in the way of GitHub's runner."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from integration.samples import CODE, COLUMN, LINE, MESSAGE, RIGHT, WRONG, dag_file, replaced
from integration.workshop import SECONDS_TO_INSTALL, FailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integration.workshop import Workshop

# How the runner starts `shell: bash`.
BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
SAYS = MESSAGE.partition(" says ")[2]
INPUTS = {"paths": "dags\n", "python": sys.executable}


class _Run:
    """A workflow's job in a repository that uses the action."""

    def __init__(self, workshop: Workshop, project: Path) -> None:
        self._workshop = workshop
        self._project = project
        self._action = workshop.repository()
        self._temporary = workshop.folder("runner-temp")
        self._installed: dict[str, str] = {}
        self.uploaded: list[dict[str, Any]] | None = None

    def __call__(self, inputs: Mapping[str, str], base: str = "", *, status: int) -> list[dict[str, str]]:
        """The annotations that a run makes; its check ends with the status."""
        action = yaml.safe_load((self._action / "action.yml").read_text(encoding="utf-8"))
        values = {f"inputs.{name}": str(given["default"]) for name, given in action["inputs"].items()}
        if surplus := {f"inputs.{name}" for name in inputs} - values.keys():
            raise FailedError(f"action.yml has no {surplus}")
        values |= {f"inputs.{name}": value for name, value in inputs.items()}
        values |= {"github.event.pull_request.base.sha": base, "runner.temp": str(self._temporary)}
        *before, last, upload = action["runs"]["steps"]
        for step in before:
            # What is installed stays: it is the same for all runs of this job.
            if step["name"] not in self._installed:
                self._installed[step["name"]] = self._step(step, values, 0)
        outputs = self._temporary / "github-output"
        outputs.unlink(missing_ok=True)
        annotations = _annotations(self._step(last, values, status))
        self.uploaded = self._upload(upload, last["id"], values)
        return annotations

    def _upload(
        self, step: dict[str, Any], check: str, values: Mapping[str, str]
    ) -> list[dict[str, Any]] | None:
        """The results that go to code scanning, None if nothing does; only GitHub can run that step itself."""
        if step["if"] != f"${{{{ !cancelled() && steps.{check}.outputs.sarif != '' }}}}":
            raise FailedError(f"nobody here knows {step['if']}")
        if not step["uses"].startswith("github/codeql-action/upload-sarif@"):
            raise FailedError(f"nobody here knows what {step['uses']} does")
        written = (self._temporary / "github-output").read_text(encoding="utf-8").splitlines()
        outputs = {
            f"steps.{check}.outputs.{name}": value for name, value in (one.split("=", 1) for one in written)
        }
        if not outputs:
            return None
        path = Path(_evaluated(step["with"]["sarif_file"], {**values, **outputs}))
        (run,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
        return list(run["results"])

    def _step(self, step: dict[str, Any], values: Mapping[str, str], status: int) -> str:
        if step["shell"] != "bash":
            raise FailedError(f"nobody here can run a step in {step['shell']}")
        assignments, outputs = self._temporary / "github-env", self._temporary / "github-output"
        assignments.touch()
        outputs.touch()
        variables = self._workshop.variables(
            GITHUB_ACTION_PATH=str(self._action),
            GITHUB_ENV=str(assignments),
            GITHUB_OUTPUT=str(outputs),
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
    (project / "elsewhere.py").write_text(_called(WRONG, "elsewhere"), encoding="utf-8")
    (project / "dags" / "notes.md").write_text(WRONG, encoding="utf-8")
    workshop.commit(project, "Nothing that is to be checked")
    _expect(run({**INPUTS, "changed-only": "true"}, base, status=0))
    new.write_text(_called(WRONG, "new"), encoding="utf-8")
    (project / "dags" / "right.py").write_text(_called(RIGHT, "right"), encoding="utf-8")
    workshop.commit(project, "A new DAG with a finding")
    _expect(run({**INPUTS, "changed-only": "true"}, base, status=1), "dags/new fruit.py")
    # A push has no pull request to compare with.
    _expect(run({**INPUTS, "changed-only": "true"}, status=1), "dags/fruit.py", "dags/new fruit.py")
    _expect(run({**INPUTS, "arguments": f"--ignore {CODE} --airflow-version 2.10"}, base, status=0))
    injected = {**INPUTS, "paths": "dags/fruit.py\n$(touch injected)", "arguments": "--ignore DAG102"}
    run(injected, status=2)
    if run.uploaded is not None:
        raise FailedError("it uploads though nobody asked for that")
    if (project / "injected").exists():
        raise FailedError("an input was run as a command")
    _expect(run({**INPUTS, "sarif": "true"}, status=1), "dags/fruit.py", "dags/new fruit.py")
    alerts: list[dict[str, Any]] = run.uploaded or []
    places = [one["locations"][0]["physicalLocation"] for one in alerts]
    uris = [place["artifactLocation"]["uri"] for place in places]
    if uris != ["dags/fruit.py", "dags/new%20fruit.py"] or places[0]["region"]["startLine"] != LINE:
        raise FailedError(f"code scanning gets {places}")
    # Options that dag-lint does not know: there is nothing to upload, not even of the run before.
    run({**INPUTS, "sarif": "true", "arguments": "--no-such-option"}, status=2)
    if run.uploaded is not None:
        raise FailedError("it uploads a report that was never written")
    new.unlink()
    old.write_text(RIGHT, encoding="utf-8")
    workshop.commit(project, "All is right, and a file is gone")
    _expect(run({**INPUTS, "changed-only": "true"}, base, status=0))
    _expect(run({**INPUTS, "sarif": "true"}, status=0))
    if run.uploaded != []:
        # Without an empty report, code scanning would keep what is repaired.
        raise FailedError(f"it uploads {run.uploaded} of a right DAG")
    return "its steps annotate all files or changed ones, upload SARIF, and fail for findings only"


def _evaluated(text: object, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise FailedError(f"nobody here knows {match[0]}")
        return values[match[1]]

    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, str(text))


def _called(text: str, name: str) -> str:
    """The DAG under an id of its own, as each has to have."""
    return replaced(text, "every_3_hours", f"every_3_hours_{name}")


def _annotations(output: str) -> list[dict[str, str]]:
    """What the runner makes of the commands in a step's output."""
    found: list[dict[str, str]] = []
    for line in output.splitlines():
        if command := re.fullmatch(r"::(error|warning|notice) (.+?)::(.*)", line):
            given = dict(one.split("=", 1) for one in command[2].split(","))
            found.append({**given, "level": command[1], "message": command[3]})
    return found


def _expect(annotations: list[dict[str, str]], *files: str) -> None:
    wanted = [("warning", f"dag-lint ({CODE})", name, str(LINE), str(COLUMN)) for name in files]
    found = [tuple(one[key] for key in ("level", "title", "file", "line", "col")) for one in annotations]
    if found != wanted or not all(SAYS in one["message"] for one in annotations):
        raise FailedError(f"the annotations are {annotations} and not {wanted}")
