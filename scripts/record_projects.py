"""Record what a real Airflow finds in the projects of tests/claims/projects, and what their sensors find.

    python scripts/record_projects.py tests/claims/projects tests/claims/projects-3.3.json

Runs inside an environment that has Airflow (2.11 or 3.3) and its standard provider, with an AIRFLOW_HOME whose
database is migrated, with AIRFLOW__CORE__LOAD_EXAMPLES=False, and needs nothing else of this project. Of each
project it records which files of the dags folder Airflow would read, what a DagBag of that folder holds, which
of two DAGs several runs of Python keep, and, where there are sensors, how runs of their DAGs end beside runs of
the other one.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

Record = dict[str, Any]

SEEDS = range(8)
"""Of PYTHONHASHSEED: the order of a set decides which of two DAGs is kept."""
RUN = ["load", "report", "report_right"]
"""The DAGs whose sensors are run, the one that is waited for first."""


class Airflow:
    """The parts of an Airflow that are needed, as 2.x and 3.x keep them apart."""

    def __init__(self) -> None:
        self.version = importlib.metadata.version("apache-airflow")
        self.is_3 = self.version.startswith("3")
        self.pendulum = importlib.import_module("pendulum")
        self.bag = importlib.import_module(
            "airflow.dag_processing.dagbag" if self.is_3 else "airflow.models.dagbag"
        )
        if not self.is_3:
            # The users, whom the tables of runs refer to.
            importlib.import_module("airflow.providers.fab.auth_manager.models")

    def files(self, folder: Path) -> list[str]:
        """The files that Airflow would read, in its default mode."""
        if self.is_3:
            importer = importlib.import_module("airflow.dag_processing.importers.python_importer")
            found = importer.PythonDagImporter().list_dag_files(str(folder), safe_mode=True)
        else:
            found = importlib.import_module("airflow.utils.file").list_py_file_paths(
                str(folder), safe_mode=True, include_examples=False
            )
        return sorted(Path(path).relative_to(folder).as_posix() for path in found)

    def kept(self, folder: Path) -> Record:
        """The DAGs of a bag of the folder with their tasks, and what it complains of."""
        bag = self.bag.DagBag(str(folder), safe_mode=True)
        # Which file it complains of depends on the order of the file system.
        errors = [text.strip().splitlines()[-1].partition(":")[0] for text in bag.import_errors.values()]
        return {
            "dags": {name: sorted(dag.task_ids) for name, dag in sorted(bag.dags.items())},
            "errors": sorted(errors),
        }

    def runs(self, folder: Path, dag_ids: list[str]) -> Record:
        """How the runs of some DAGs end, each at its own time of the fifth of January, one after the other."""
        bag = self.bag.DagBag(str(folder), safe_mode=True)
        states: Record = {}
        for dag_id in dag_ids:
            dag = bag.dags[dag_id]
            hour = int(str(dag.schedule if self.is_3 else dag.schedule_interval).split()[1])
            moment = self.pendulum.datetime(2024, 1, 5, hour, tz="UTC")
            run = dag.test(**{"logical_date" if self.is_3 else "execution_date": moment})
            states[dag_id] = str(getattr(run.state, "value", run.state))
        return states


def record(airflow: Airflow, project: Path) -> Record:
    """Everything that is recorded of a project."""
    folder = project / "dags"
    result: Record = {"files": airflow.files(folder)}
    if project.name.startswith("dag703"):
        kept = airflow.kept(folder)
        result |= {"dag_ids": sorted(kept["dags"]), "errors": kept["errors"]}
    if project.name == "dag703_one_file":
        result["kept_by_seed"] = [_in_child("--kept", folder, PYTHONHASHSEED=str(seed)) for seed in SEEDS]
    if project.name.startswith("dag514"):
        # Airflow 3 takes what it runs from its own dags folder.
        result["runs"] = _in_child("--runs", folder, AIRFLOW__CORE__DAGS_FOLDER=str(folder))
    return result


def _in_child(what: str, folder: Path, **environment: str) -> Record:
    """The answer of another process with another environment."""
    done = subprocess.run(
        [sys.executable, __file__, what, str(folder)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    answer: Record = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Write one JSON file, an entry a project."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    airflow = Airflow()
    if sys.argv[1].startswith("--"):
        folder = Path(sys.argv[2])
        answer = airflow.kept(folder)["dags"] if sys.argv[1] == "--kept" else airflow.runs(folder, RUN)
        print(json.dumps(answer))  # noqa: T201 -- read by the process above
        return
    projects = sorted(path for path in Path(sys.argv[1]).absolute().iterdir() if path.is_dir())
    claims = {project.name: record(airflow, project) for project in projects}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(claim)}" for name, claim in claims.items())
    text = f'{{"airflow": "{airflow.version}", "claims": {{\n{lines}\n}}}}\n'
    Path(sys.argv[2]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
