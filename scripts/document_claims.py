"""Write docs/claims.md: each rule's claim beside what two real Airflows made of a DAG that shows it.

    python scripts/document_claims.py

The DAGs are those of tests/claims/dags, the records those of scripts/record_claims.py. A test holds the page
to what this script would write.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dag_lint.indexing import with_project_findings
from dag_lint.inspection import Request, inspect_file
from dag_lint.lint import lint
from dag_lint.rules import ALL_RULES
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent
HERE = PROJECT / "tests" / "claims"
PAGE = PROJECT / "docs" / "claims.md"
VERSIONS = ("2.11", "3.3")
RECORDED: dict[str, dict[str, Any]] = {
    version: json.loads((HERE / f"airflow-{version}.json").read_text(encoding="utf-8"))
    for version in VERSIONS
}
FIXED: dict[str, dict[str, Any]] = {
    version: json.loads((HERE / f"fixed-{version}.json").read_text(encoding="utf-8")) for version in VERSIONS
}
"""The same of what the fixes make of the DAGs."""
RULES = {rule.code: rule for rule in ALL_RULES}
NAMES = tuple(name for name in RECORDED["2.11"]["claims"] if name.partition("_")[0].upper() in RULES)
"""The DAGs whose rule there is."""


PROJECTS = HERE / "projects"
RECORDED_PROJECTS: dict[str, dict[str, Any]] = {
    version: json.loads((HERE / f"projects-{version}.json").read_text(encoding="utf-8"))
    for version in VERSIONS
}


def code_of(name: str) -> str:
    """The rule whose claim a DAG shows."""
    return name.partition("_")[0].upper()


def recorded(name: str, version: str) -> dict[str, Any]:
    """What an Airflow made of a DAG."""
    claim: dict[str, Any] = RECORDED[version]["claims"][name]
    return claim


def recorded_fixed(name: str, version: str) -> dict[str, Any] | None:
    """What an Airflow made of a DAG that was mended, None when it has no fix."""
    claim: dict[str, Any] | None = FIXED[version]["claims"].get(name)
    return claim


def said(name: str, version: str) -> str | None:
    """The message of the rule for a project on that Airflow, None when it is silent."""
    path = HERE / "dags" / f"{name}.py"
    source = SourceFile(f"{name}.py", path.read_text(encoding="utf-8"), path)
    settings = Settings(airflow_version=version)
    messages = [found.message for found in lint(source, settings) if found.code == code_of(name)]
    assert len(messages) <= 1, f"{name} shows one claim: {messages}"
    return messages[0] if messages else None


@cache
def said_of_project(name: str, version: str) -> list[tuple[str, str, str]]:
    """What the rules about projects say for that Airflow: file of the dags folder, code and message."""
    with tempfile.TemporaryDirectory() as folder:
        # In a place of its own: below a folder called tests it would be no deployment.
        project = Path(folder) / name
        shutil.copytree(PROJECTS / name, project)
        (project / ".git").mkdir()
        request = Request({"airflow_version": version}, summaries=True)
        paths = sorted((project / "dags").rglob("*.py"))
        inspections = with_project_findings([inspect_file(str(path), request) for path in paths], request)
        return [
            (Path(one.path).relative_to(project / "dags").as_posix(), found.code, found.message)
            for one in inspections
            for found in one.diagnostics
            if found.code == code_of(name)
        ]


def effect(name: str, version: str) -> str:
    """What was recorded, in a few words for docs/claims.md."""
    return _effect(code_of(name), recorded(name, version))


def _effect(code: str, record: dict[str, Any]) -> str:
    if record["import_error"] is not None:
        return f"import error: {record['import_error']}"
    return _EFFECTS.get(code, _rhythm)(record)


def _rhythm(record: dict[str, Any]) -> str:
    return f"runs a day: {record['runs_a_day']}, in the minutes {_some(record['minutes'])}"


def _some(values: list[int]) -> str:
    if len(values) > 12 and values == list(range(values[0], values[-1] + 1)):
        return f"{values[0]} to {values[-1]}"
    return ", ".join(map(str, values))


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _due(record: dict[str, Any]) -> str:
    if record["first_due"] is None:
        return "no run, ever"
    runs = "run is" if record["due"] == 1 else "runs are"
    interval = record["first_interval"][0]
    return f"catchup is {record['catchup']}: {record['due']} {runs} due, from {_minute(interval)} on"


def _start(record: dict[str, Any]) -> str:
    hours = _some(record["hours"])
    return (
        f"starts at {_minute(record['start_date'])} UTC, in the zone {record['timezone']};"
        f" runs at hour {hours} UTC"
    )


def _moving(record: dict[str, Any]) -> str:
    moving = record["moving"]
    due = moving["due_at_parse"] + moving["due_before_the_next_parse"]
    return (
        f"of {moving['parses']} parses in two days, {due} had a run due; {moving['serialized_forms']} forms"
    )


def _interval(record: dict[str, Any]) -> str:
    start, end = map(_minute, record["first_interval"])
    return f"the interval of a run: {start} to {end}"


def _raised(record: dict[str, Any]) -> str:
    (error,) = record.get("render_errors", {"": "its templates are rendered"}).values()
    return f"{error}; the run {record['run']['state']}"


def _ran(record: dict[str, Any]) -> str:
    (seen,) = record["run"]["callables"].values()
    parts = [f"runs in the process {seen['process'].removeprefix('the one ')}"]
    if seen["seconds"]:
        parts.append(f"holds it for {seen['seconds']} seconds")
    if seen["fetched"]:
        parts.append(f"{seen['fetched']} rows in its memory")
        trips = seen["execute"] + seen["executemany"]
        parts.append(f"{trips} round trip{'' if trips == 1 else 's'} to insert")
    return ", ".join(parts)


_EFFECTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "DAG102": _due,
    "DAG103": _start,
    "DAG104": _moving,
    "DAG105": _due,
    "DAG107": lambda record: f"{record['schedule_error']}",
    "DAG110": lambda record: f"runs in January on the days {_some(record['days_of_january'])}",
    "DAG111": _start,
    "DAG112": lambda record: f"runs a day: {record['runs_a_day']} ({record['timetable']})",
    "DAG113": _due,
    "DAG114": _start,
    "DAG115": _due,
    "DAG117": _interval,
    "DAG118": lambda record: f"the run of 2024-01-05 has only {', '.join(record['run']['tasks'])}",
    "DAG201": _raised,
    "DAG202": _raised,
    "DAG301": _ran,
    "DAG302": _ran,
    "DAG303": _ran,
    "DAG601": lambda record: (
        f"catchup is {record['catchup']}, max_active_runs is {record['max_active_runs']}"
    ),
}


_INTRODUCTION = """\
# What the rules claim, and what Airflow did

Each rule about schedules, dates, templates and tasks has a small DAG in `tests/claims/dags` that shows its
claim. Airflow {two} and {three} ran them: `scripts/record_claims.py` un-paused each DAG at {at} UTC,
where the runs due are counted, asked its timetable for the runs of January, rendered its templates, and ran
it where only a run shows the effect: by `dag.test()`, which has no executor, so it shows that a callable is
called in the process of its task, and not who shares a worker with it. The tests hold the messages to these
records. Of a DAG with a fix, they ran what the fix makes of it as well.

The rules about whole projects have projects in `tests/claims/projects`. `scripts/record_projects.py` asked both
Airflows which of the files they would read, what is left of two DAGs with one dag_id, and ran the sensors.

This page is written by `scripts/document_claims.py`.
"""


def page() -> str:
    """The whole page."""
    two, three = (RECORDED[version] for version in VERSIONS)
    lines = [_INTRODUCTION.format(two=two["airflow"], three=three["airflow"], at=_minute(two["unpaused"]))]
    last = ""
    for name in NAMES:
        if (code := code_of(name)) != last:
            lines.append(f"## [{code}](rules/{code}.md) {RULES[code].name}\n")
            last = code
        lines.append(_entry(name))
    lines += [_project_entry(name) for name in RECORDED_PROJECTS["2.11"]["claims"]]
    return "\n".join(lines)


def _entry(name: str) -> str:
    lines = [f"[`{name}.py`](../tests/claims/dags/{name}.py)\n"]
    messages = {version: said(name, version) for version in VERSIONS}
    for version in VERSIONS:
        message = messages[version]
        if message is None:
            lines.append(f"- for {version} nothing is said")
        elif version == VERSIONS[0] or message != messages[VERSIONS[0]]:
            both = messages[VERSIONS[0]] == messages[VERSIONS[1]]
            lines.append(f"- {'said' if both else f'for {version}'}: {_code(message)}")
    lines += [f"- {RECORDED[version]['airflow']} did: {_code(effect(name, version))}" for version in VERSIONS]
    for version in VERSIONS:
        fixed = recorded_fixed(name, version)
        if fixed is not None:
            did = _effect(code_of(name), fixed)
            lines.append(f"- mended, {FIXED[version]['airflow']} did: {_code(did)}")
    return "\n".join(lines) + "\n"


def _project_entry(name: str) -> str:
    code = code_of(name)
    lines = [
        f"## [{code}](rules/{code}.md) {RULES[code].name}, in a project\n",
        f"[`{name}`](../tests/claims/projects/{name})\n",
    ]
    for version in VERSIONS:
        found = said_of_project(name, version)
        if version == VERSIONS[0] or found != said_of_project(name, VERSIONS[0]):
            both = said_of_project(name, VERSIONS[0]) == said_of_project(name, VERSIONS[1])
            lines += [
                f"- {'said' if both else f'for {version}'} of {file}: {_code(text)}"
                for file, _, text in found
            ]
    for version in VERSIONS:
        record = RECORDED_PROJECTS[version]
        lines.append(f"- {record['airflow']} did: {_code(_project_effect(record['claims'][name]))}")
    return "\n".join(lines) + "\n"


def _project_effect(record: dict[str, Any]) -> str:
    parts = [f"reads {', '.join(record['files'])}"]
    if "runs" in record:
        parts.append("; ".join(f"the run of {dag_id}: {state}" for dag_id, state in record["runs"].items()))
    if "kept_by_seed" in record:
        kept = {tasks[0] for each in record["kept_by_seed"] for tasks in each.values()}
        parts.append(f"keeps, from parse to parse, the DAG {' or '.join(sorted(kept))}")
    elif "dag_ids" in record:
        parts.append(
            f"has the DAG {', '.join(record['dag_ids'])} once; a bag of the folder raises {record['errors'][0]}"
        )
    return "; ".join(parts)


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
