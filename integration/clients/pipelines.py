"""The snippets of the page on continuous integration, their scripts run by a shell as the runners run them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from integration.samples import CODE, COLUMN, LINE, RIGHT, WRONG, dag_file, documented
from integration.workshop import SECONDS_TO_INSTALL, FailedError

if TYPE_CHECKING:
    from pathlib import Path

    from integration.workshop import Workshop

PAGE = "ci.md"


def any_system(workshop: Workshop) -> str:
    """Both gates for a shell: they find, they pass, and a file that Python cannot read passes none."""
    for name, found, broken in (("any", 1, 2), ("flake8", 1, 1)):
        project = workshop.folder(f"ci-{name}")
        script = documented(PAGE, name)
        dag_file(project)
        if f"dags/fruit.py:{LINE}:{COLUMN}: {CODE} " not in (
            output := _shell(workshop, project, script, found)
        ):
            raise FailedError(f"it printed\n{output}")
        dag_file(project, RIGHT)
        _shell(workshop, project, script, 0)
        dag_file(project, f"{WRONG})\n")
        _shell(workshop, project, script, broken)
    return "dag-lint check and flake8 --require-plugins end with the documented status"


def gitlab(workshop: Workshop) -> str:
    """The job fails with a report for Code Quality, or passes."""
    project = workshop.folder("gitlab")
    job = yaml.safe_load(documented(PAGE, "gitlab"))["dag-lint"]
    script = "\n".join(job["script"])
    report = project / job["artifacts"]["reports"]["codequality"]
    dag_file(project)
    output = _shell(workshop, project, script, 1)
    if f"dags/fruit.py:{LINE}:{COLUMN}: {CODE} " not in output:
        raise FailedError(f"the log of the job does not say what was found:\n{output}")
    issues = json.loads(report.read_text(encoding="utf-8"))
    try:
        places = [(one["location"]["path"], one["location"]["positions"]["begin"]["line"]) for one in issues]
        known = all(CODE in one["description"] and one["fingerprint"] and one["severity"] for one in issues)
    except KeyError as error:
        raise FailedError(f"GitLab wants {error} in {issues}") from error
    if places != [("dags/fruit.py", LINE)] or not known:
        raise FailedError(f"the report holds {issues}")
    dag_file(project, RIGHT)
    _shell(workshop, project, script, 0)
    if json.loads(report.read_text(encoding="utf-8")) != []:
        raise FailedError(f"the report of a right DAG is {report.read_text(encoding='utf-8')}")
    return f"its report for Code Quality holds {CODE}"


def azure(workshop: Workshop) -> str:
    """The step logs an issue and fails, or passes."""
    project = workshop.folder("azure")
    (script,) = (
        step["bash"] for step in yaml.safe_load(documented(PAGE, "azure"))["steps"] if "bash" in step
    )
    dag_file(project)
    place = f"sourcepath=dags/fruit.py;linenumber={LINE};columnnumber={COLUMN};code={CODE}"
    logged = f"##vso[task.logissue type=warning;{place};]"
    output = _shell(workshop, project, script, 1)
    if not any(line.startswith(logged) for line in output.splitlines()):
        raise FailedError(f"{logged} is expected in\n{output}")
    dag_file(project, RIGHT)
    _shell(workshop, project, script, 0)
    return "its step logs an issue"


def _environment(workshop: Workshop) -> Path:
    # dag-lint is there already, in the version that the scripts want to install.
    return workshop.environment("ci", "pip")


def _shell(workshop: Workshop, project: Path, script: str, status: int) -> str:
    """What a script prints that a shell runs and that ends with its first command that fails."""
    if f"flake8-dag-lint=={workshop.version()}" not in script:
        raise FailedError(f"it does not install this version, {workshop.version()}:\n{script}")
    variables = workshop.variables(_environment(workshop), PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_QUIET="1")
    done = workshop.run(
        ["bash", "-eo", "pipefail", "-c", script], project, variables=variables, seconds=SECONDS_TO_INSTALL
    )
    return done.ended_with(status).stdout
