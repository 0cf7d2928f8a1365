"""Record what a real Airflow makes of the DAGs whose pitfalls the rules claim, for tests/claims/.

    python scripts/record_claims.py tests/claims/dags tests/claims/airflow-3.3.json

Runs inside an environment that has Airflow (2.11 or 3.3) and its standard and common-sql providers, with an
AIRFLOW_HOME whose database is migrated, and needs nothing else of this project. Of each DAG it records what
its schedule does when it is un-paused at a stopped clock, what rendering its templates raises, and, for the
rules about tasks, what a real run of it did.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import logging
import os
import sqlite3
import sys
import time
import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable

Record = dict[str, Any]

AT = "2024-02-01T10:30:20+00:00"
"""When the DAGs are un-paused; they start on 2024-01-01."""
MOST_DUE = 10_000
RUN = ("dag118", "dag201", "dag202", "dag301", "dag302", "dag303")
"""The DAGs whose effect only a run shows, by the beginning of their file's name."""
PARSES, BETWEEN_PARSES = 96, dt.timedelta(minutes=30)
"""How often a file whose start moves is parsed: for two days."""


class Airflow:
    """The parts of an Airflow that are needed, imported by name, as 2.x and 3.x keep them apart."""

    def __init__(self) -> None:
        self.version = importlib.metadata.version("apache-airflow")
        self.is_3 = self.version.startswith("3")
        self.pendulum = importlib.import_module("pendulum")
        self.timetables = [
            importlib.import_module(f"airflow.timetables.{name}") for name in ("trigger", "interval")
        ]
        self.timezone = importlib.import_module(
            "airflow._shared.timezones.timezone" if self.is_3 else "airflow.utils.timezone"
        )
        self.base = importlib.import_module("airflow.timetables.base")
        self.bag = importlib.import_module(
            "airflow.dag_processing.dagbag" if self.is_3 else "airflow.models.dagbag"
        )
        self.serialized = importlib.import_module("airflow.serialization.serialized_objects")
        self.at = self.pendulum.parse(AT)
        if not self.is_3:
            # The users, whom the tables of runs refer to.
            importlib.import_module("airflow.providers.fab.auth_manager.models")

    def load(self, path: Path) -> tuple[Any, str | None]:
        """The DAG of a file, or the error that the UI shows."""
        bag = self.bag.DagBag(str(path), safe_mode=False)
        if bag.import_errors:
            (text,) = bag.import_errors.values()
            return None, _last_line(text, path.parent)
        (dag,) = bag.dags.values()
        return dag, None

    def serialize(self, dag: Any) -> Record:
        """What the DAG processor stores of a DAG."""
        how = getattr(self.serialized, "DagSerialization", None) or self.serialized.SerializedDAG
        stored: Record = how.to_dict(dag)
        return stored

    def stopped(self, clock: Any) -> ExitStack:
        """Stop the clock that timetables read."""
        stack = ExitStack()
        for module in (*self.timetables, self.timezone):
            stack.enter_context(mock.patch.object(module, "utcnow", return_value=clock))
        if self.is_3:
            trigger = self.timetables[0]
            stack.enter_context(mock.patch.object(trigger.time, "time", return_value=clock.timestamp()))
        return stack

    def timetable(self, dag: Any) -> Any:
        """The timetable that the scheduler asks."""
        if not self.is_3:
            return dag.timetable
        return importlib.import_module("airflow.serialization.encoders").coerce_to_core_timetable(
            dag.timetable
        )

    def restriction(self, dag: Any, **other: Any) -> Any:
        """From when to when a DAG may run, and whether it catches up."""
        starts = [dag.start_date, *(task.start_date for task in dag.tasks)]
        given = [self.timezone.convert_to_utc(start) for start in starts if start is not None]
        start, end = min(given, default=None), self.timezone.convert_to_utc(dag.end_date)
        return self.base.TimeRestriction(
            other.get("start", start), other.get("end", end), other.get("catchup", dag.catchup)
        )

    def record(self, path: Path) -> Record:
        """Everything that is recorded of a file."""
        dag, error = self.load(path)
        if dag is None:
            return {"import_error": error}
        result: Record = {
            "import_error": None,
            "dag_id": dag.dag_id,
            "start_date": _utc(dag.start_date),
            "timezone": dag.timezone.name,
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
        }
        timetable = self.timetable(dag)
        result["timetable"] = type(timetable).__name__
        if path.name.startswith("dag104"):
            return {**result, "start_date": "moves", "moving": self.moving(path)}
        try:
            result |= self.unpaused(dag, timetable)
            result |= self.times(dag, timetable)
        except Exception as error:
            result["schedule_error"] = f"{type(error).__name__}: {error}"
        if errors := self.render_errors(dag, path.parent):
            result["render_errors"] = errors
        if path.name.startswith(RUN):
            result["run"] = self.run(dag)
        return result

    def unpaused(self, dag: Any, timetable: Any) -> Record:
        """The runs that are due at once, and the first of all."""
        last, due, first = None, 0, None
        with self.stopped(self.at):
            while due < MOST_DUE:
                run = timetable.next_dagrun_info(
                    last_automated_data_interval=last, restriction=self.restriction(dag)
                )
                first = first or run
                if run is None or run.run_after > self.at:
                    break
                due, last = due + 1, run.data_interval
        interval = None if first is None else first.data_interval
        return {
            "due": due,
            "first_interval": None if interval is None else [_utc(interval.start), _utc(interval.end)],
            "first_due": None if first is None else _utc(first.run_after),
        }

    def times(self, dag: Any, timetable: Any) -> Record:
        """When it runs on the third of January, and on which days of January."""
        start, end = (self.pendulum.datetime(2024, 1, day) for day in (1, 31))
        restriction = self.restriction(dag, start=start, end=end.add(days=2), catchup=True)
        moments: list[Any] = []
        last = None
        while True:
            run = timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
            if run is None or run.run_after > end.add(days=1):
                break
            if run.data_interval == last:
                break
            last = run.data_interval
            moments.append(run.run_after.in_timezone("UTC"))
            if len(moments) > 2 * MOST_DUE and moments[-1].day > 3:
                break  # by the second: one day is enough
        day = [moment for moment in moments if moment.day == 3]
        result: Record = {
            "runs_a_day": len(day),
            "hours": sorted({moment.hour for moment in day}),
            "minutes": sorted({moment.minute for moment in day}),
        }
        if len(moments) <= 2 * MOST_DUE:
            result["days_of_january"] = sorted({moment.day for moment in moments})
        return result

    def moving(self, path: Path) -> Record:
        """Parse a file again and again, and look whether a run is ever due."""
        due_at_parse, due_before_the_next, forms = 0, 0, set()
        now = self.at
        for _ in range(PARSES):
            clock = now

            def read(zone: Any = None, clock: Any = clock) -> Any:
                return clock.in_timezone(zone or "UTC")

            with mock.patch.object(self.pendulum, "now", read):
                dag, _ = self.load(path)
            with self.stopped(now):
                run = self.timetable(dag).next_dagrun_info(
                    last_automated_data_interval=None, restriction=self.restriction(dag)
                )
            if run is not None:
                due_at_parse += run.run_after <= now
                due_before_the_next += now < run.run_after <= now + BETWEEN_PARSES
            text = json.dumps(self.serialize(dag), sort_keys=True, default=str)
            forms.add(hashlib.sha256(text.encode()).hexdigest())
            now = now + BETWEEN_PARSES
        return {
            "parses": PARSES,
            "due_at_parse": due_at_parse,
            "due_before_the_next_parse": due_before_the_next,
            "serialized_forms": len(forms),
        }

    def render_errors(self, dag: Any, folder: Path) -> Record:
        """What rendering the template fields of each task raises."""
        moment = self.pendulum.datetime(2024, 1, 5)
        context = {"dag": dag, "data_interval_start": moment, "data_interval_end": moment}
        errors = {task.task_id: _error_of(task, context) for task in dag.tasks}
        return {
            name: error.replace(str(folder), "<dags>") for name, error in errors.items() if error is not None
        }

    def run(self, dag: Any) -> Record:
        """A run of the DAG for 2024-01-05: states, and what its callables were seen to do."""
        seen: Record = {}
        for task in dag.tasks:
            if getattr(task, "python_callable", None) is not None and task.task_type == "PythonOperator":
                task.python_callable = _watched(task.python_callable, task.task_id, seen)
        moment = self.pendulum.datetime(2024, 1, 5, tz="UTC")
        run = dag.test(**{"logical_date" if self.is_3 else "execution_date": moment})
        states = {each.task_id: str(each.state) for each in run.get_task_instances()}
        return {"state": str(getattr(run.state, "value", run.state)), "tasks": states, "callables": seen}


def _watched(function: Callable[[], object], name: str, seen: Record) -> Callable[[], object]:
    """A callable that tells where it ran, for how long, and how many rows it inserted one by one."""
    recorder = os.getpid()
    connect = sqlite3.connect

    def watching() -> object:
        statements: list[str] = []

        def traced(*arguments: Any) -> Any:
            return connect(*arguments, factory=_tracing(statements))

        began = time.monotonic()
        with mock.patch.object(sqlite3, "connect", traced):
            result = function()
        seen[name] = {
            "process": "the one that runs Airflow's task"
            if os.getpid() == recorder and "airflow" in sys.modules
            else "another",
            "seconds": int(time.monotonic() - began),
            "execute": sum(statement.startswith("execute INSERT") for statement in statements),
            "executemany": sum(statement.startswith("executemany INSERT") for statement in statements),
            "fetched": sum(int(each.partition(" ")[2]) for each in statements if each.startswith("fetchall")),
        }
        return result

    return watching


def _tracing(statements: list[str]) -> type[sqlite3.Connection]:
    """A connection that notes the calls, as round trips are counted in calls."""

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *arguments: Any) -> Any:
            statements.append(f"execute {sql}")
            return super().execute(sql, *arguments)

        def executemany(self, sql: str, rows: Any, /) -> Any:
            statements.append(f"executemany {sql}")
            return super().executemany(sql, rows)

        def fetchall(self) -> list[Any]:
            rows = super().fetchall()
            statements.append(f"fetchall {len(rows)}")
            return rows

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def execute(self, sql: str, *arguments: Any) -> Any:
            return self.cursor().execute(sql, *arguments)

        def executemany(self, sql: str, rows: Any, /) -> Any:
            return self.cursor().executemany(sql, rows)

    return Connection


def _error_of(task: Any, context: Record) -> str | None:
    fresh = task.prepare_for_execution()
    try:
        fresh.render_template_fields({**context, "task": fresh})
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def _last_line(text: str, folder: Path) -> str:
    return text.strip().splitlines()[-1].replace(str(folder), "<dags>")


def _utc(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(dt.timezone.utc).isoformat()


def main() -> None:
    """Write one JSON file, an entry a DAG file."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    airflow = Airflow()
    names = ("croniter", "pendulum", "pytz", "jinja2", "apache-airflow-providers-standard")
    result: Record = {
        "airflow": airflow.version,
        "with": {name: importlib.metadata.version(name) for name in names},
        "unpaused": AT,
        "claims": {path.stem: airflow.record(path) for path in sorted(Path(sys.argv[1]).glob("*.py"))},
    }
    claims = result.pop("claims")
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(claim)}" for name, claim in claims.items())
    head = json.dumps(result)[1:-1]
    Path(sys.argv[2]).write_text(f'{{{head}, "claims": {{\n{lines}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
