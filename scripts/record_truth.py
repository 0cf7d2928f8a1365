"""Record what a real Airflow makes of the DAG files of tests/truth.

    AIRFLOW_HOME=... path/to/airflow/bin/python scripts/record_truth.py tests/truth/dags tests/truth/airflow-2.11.json

It runs in an environment that has Airflow, an initialised database and nothing of ours, and imports each file
in a process of its own: twice, with the environment variable DAG_TRUTH unset and set, since a file may branch
on it. Only facts are written, sorted, so that a new recording can be compared line by line.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from contextlib import suppress
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

SWITCH = "DAG_TRUTH"
SECONDS = 60


def main(folder: str, output: str) -> None:
    """Record every file of a folder."""
    os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
    os.environ.pop(SWITCH, None)
    bag_class = _bag_class()
    files: dict[str, Any] = {}
    for path in sorted(Path(folder).glob("*.py")):
        unset, switched = (_in_child(path, value, bag_class) for value in (None, "1"))
        files[path.name] = {"unset": unset} if unset == switched else {"unset": unset, "set": switched}
    found = {"airflow": version("apache-airflow"), "files": files}
    Path(output).write_text(
        json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _bag_class() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from airflow.dag_processing.dagbag import DagBag  # type: ignore[import-not-found]
        except ImportError:
            from airflow.models.dagbag import DagBag  # type: ignore[import-not-found]
    return DagBag


def _in_child(path: Path, switch: str | None, bag_class: Any) -> Any:
    """What a fork of this process makes of a file: no file sees what another one imported."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            answer = pipe.read()
        os.waitpid(child, 0)
        return json.loads(answer)
    os.close(reading)
    try:
        if switch is not None:
            os.environ[SWITCH] = switch
        answer = json.dumps(_facts_of(path.resolve(), bag_class))
    except BaseException as error:
        answer = json.dumps({"error": f"{type(error).__name__}: {error}"})
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        pipe.write(answer)
    os._exit(0)


def _facts_of(path: Path, bag_class: Any) -> dict[str, Any]:
    sys.path.insert(0, str(path.parent))
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bag = bag_class(dag_folder=str(path.parent), collect_dags=False)
            bag.process_file(str(path), only_if_updated=False, safe_mode=True)
    for text in bag.import_errors.values():
        return {"error": text.strip().splitlines()[-1][:200]}
    return {"dags": [_dag(dag) for dag in sorted(bag.dags.values(), key=lambda dag: dag.dag_id)]}


def _dag(dag: Any) -> dict[str, Any]:
    timetable = dag.timetable
    expression = next(
        (
            text
            for name in ("_expression", "expression")
            if isinstance(text := getattr(timetable, name, None), str)
        ),
        None,
    )
    delta = next(
        (value for name in ("_delta", "delta") if (value := getattr(timetable, name, None)) is not None), None
    )
    return {
        "dag_id": dag.dag_id,
        "timetable": type(timetable).__name__,
        "expression": expression,
        "seconds": delta.total_seconds() if isinstance(delta, timedelta) else None,
        "catchup": dag.catchup,
        "start_date": dag.start_date.isoformat() if dag.start_date else None,
        "end_date": dag.end_date.isoformat() if dag.end_date else None,
        "timezone": getattr(dag.timezone, "name", None)
        or getattr(dag.timezone, "key", None)
        or str(dag.timezone),
        "tasks": [_task(task) for task in sorted(dag.tasks, key=lambda task: task.task_id)],
    }


def _task(task: Any) -> dict[str, Any]:
    rule = task.trigger_rule
    return {
        "task_id": task.task_id,
        "operator": task.task_type,
        "trigger_rule": str(getattr(rule, "value", rule)),
        "upstream": sorted(task.upstream_task_ids),
        "mapped": "Mapped" in type(task).__name__,
    }


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(*sys.argv[1:])
