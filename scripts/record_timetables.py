"""Record what Airflow's own timetables do, for tests/schedule/recorded/.

    python scripts/record_timetables.py tests/schedule/recorded/timetables-3.3.2.json

Runs inside an environment that has Airflow (2.11 or 3.3) and croniter, and needs nothing else of this
project. Each case is a DAG that is un-paused at a moment and has no run so far: its schedule goes through
a real `DAG(...)` where it is plain, and the first runs are asked of the timetable with a stopped clock that
moves on to each run's run_after.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.metadata
import json
import os
import sys
import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from timetable_cases import Case, all_cases

RUNS = 5
MOST_DUE = 1500


def moment(text: str | None) -> dt.datetime | None:
    """An ISO text as a moment."""
    return None if text is None else dt.datetime.fromisoformat(text)


class Airflow:
    """The parts of an Airflow that are needed, imported by name, as 2.x and 3.x keep them apart."""

    def __init__(self) -> None:
        self.version = importlib.metadata.version("apache-airflow")
        self.is_3 = self.version.startswith("3")
        self.pendulum = importlib.import_module("pendulum")
        self.base = importlib.import_module("airflow.timetables.base")
        self.trigger = importlib.import_module("airflow.timetables.trigger")
        self.interval = importlib.import_module("airflow.timetables.interval")
        self.events = importlib.import_module("airflow.timetables.events")
        self.workday = importlib.import_module("airflow.example_dags.plugins.workday")
        self.timezone = importlib.import_module(
            "airflow._shared.timezones.timezone" if self.is_3 else "airflow.utils.timezone"
        )
        self.dag: Any = importlib.import_module("airflow.sdk" if self.is_3 else "airflow").DAG

    def schedule(self, spec: Case) -> Any:
        """The value of `schedule=`."""
        if "text" in spec:
            return spec["text"]
        if "none" in spec:
            return None
        if "events" in spec:
            return self.events.EventsTimetable([self.pendulum.parse(text) for text in spec["events"]])
        if "class" not in spec:
            return _length(spec)
        if spec["class"] == "AfterWorkdayTimetable":
            return self.workday.AfterWorkdayTimetable()
        room = self.interval if "DataInterval" in spec["class"] else self.trigger
        keywords: Case = {}
        if "interval" in spec:
            keywords["interval"] = dt.timedelta(**spec["interval"])
        if "relativedelta_interval" in spec:
            keywords["interval"] = _length({"relativedelta": spec["relativedelta_interval"]})
        if "run_immediately" in spec:
            value = spec["run_immediately"]
            keywords["run_immediately"] = dt.timedelta(**value) if isinstance(value, dict) else value
        make = getattr(room, spec["class"])
        if "delta" in spec:
            return make(_length(spec), **keywords)
        return make(*spec["crons"], timezone=spec["timezone"], **keywords)

    def timetable(self, each: Case) -> tuple[Any, Any]:
        """The timetable of a DAG and what restricts it."""
        start, end = moment(each["start"]), moment(each["end"])
        keywords: Case = {}
        if start is not None:
            keywords["start_date"] = self.pendulum.instance(start).in_timezone(_zone(self, each["timezone"]))
        if end is not None:
            keywords["end_date"] = self.pendulum.instance(end)
        settings = {f"AIRFLOW__SCHEDULER__{key.upper()}": str(on) for key, on in each["settings"].items()}
        with mock.patch.dict(os.environ, settings):
            dag = self.dag(
                "recorded",
                schedule=self.schedule(each["schedule"]),
                catchup=each["catchup"],
                max_active_runs=1,
                **keywords,
            )
        timetable = dag.timetable
        if self.is_3:
            encoders = importlib.import_module("airflow.serialization.encoders")
            timetable = encoders.coerce_to_core_timetable(timetable)
        timetable.validate()
        coerce = self.timezone.convert_to_utc
        start, end = coerce(dag.start_date), coerce(dag.end_date)
        return timetable, self.base.TimeRestriction(start, end, each["catchup"])

    def record(self, each: Case) -> Case:
        """The first runs of a case, how many of them are due at once, or the error."""
        try:
            timetable, restriction = self.timetable(each)
        except Exception as error:
            return {"error": type(error).__name__}
        at = self.pendulum.parse(each["at"])
        result: Case = {"timetable": type(timetable).__name__, "runs": [], "due": 0}
        clock, last, counting = at, None, True
        try:
            while len(result["runs"]) < RUNS or (counting and result["due"] < MOST_DUE):
                run = self.next_run(timetable, restriction, last, clock)
                if run is None:
                    break
                counting = counting and run.run_after <= at
                result["due"] += counting
                if len(result["runs"]) < RUNS:
                    result["runs"].append(_shown(run))
                clock, last = max(clock, run.run_after), run.data_interval
                if each["schedule"].get("text") == "@continuous":
                    break
        except Exception as error:
            result["failed"] = type(error).__name__
        return result

    def next_run(self, timetable: Any, restriction: Any, last: Any, clock: Any) -> Any:
        """Ask the timetable at a stopped clock."""
        with ExitStack() as stopped:
            for module in (self.trigger, self.interval, self.timezone):
                stopped.enter_context(mock.patch.object(module, "utcnow", return_value=clock))
            if self.is_3:
                stopped.enter_context(
                    mock.patch.object(self.trigger.time, "time", return_value=clock.timestamp())
                )
            today = mock.Mock(wraps=self.pendulum.Date)
            today.today = lambda: clock.in_timezone("UTC").date()
            stopped.enter_context(mock.patch.object(self.workday, "Date", today))
            return timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)


def _zone(airflow: Airflow, name: str) -> Any:
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        hours, minutes = name[1:].split(":")
        return airflow.pendulum.timezone(sign * (int(hours) * 3600 + int(minutes) * 60))
    return airflow.pendulum.timezone(name)


def _length(spec: Case) -> Any:
    if "delta" in spec:
        return dt.timedelta(**spec["delta"])
    return importlib.import_module("dateutil.relativedelta").relativedelta(**spec["relativedelta"])


def _shown(run: Any) -> list[str]:
    interval = run.data_interval
    return [each.in_timezone("UTC").isoformat() for each in (interval.start, interval.end, run.run_after)]


def main() -> None:
    """Write one JSON file, a line a case."""
    warnings.simplefilter("ignore")
    airflow = Airflow()
    lines = [json.dumps({**each, "recorded": airflow.record(each)}) for each in all_cases()]
    head = json.dumps({"airflow": airflow.version, "croniter": importlib.metadata.version("croniter")})
    body = ",\n".join(lines)
    Path(sys.argv[1]).write_text(f'{{"by": {head}, "cases": [\n{body}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
