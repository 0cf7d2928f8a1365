"""Worker processes find what one process finds, and one that dies costs the file that it had."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from dag_lint.inspecting import Effort, inspect_all
from dag_lint.inspection import Request
from dag_lint.workers import inspected_by_workers, pool

REQUEST = Request({"airflow_version": "2.10"}, summaries=True)

DAG = (
    "from datetime import datetime\nfrom airflow import DAG\n"
    'with DAG("hourly_{0}", schedule="3 5 * * *", start_date=datetime(2024, 1, {0}), catchup=False): pass\n'
)

STRANGE = """
import os, signal, sys, time
import dag_lint.inspection as inspection
real = inspection.inspect_file
def inspect_file(name, request):
    print("what a library might print")
    if name.endswith("killed.py"):
        os.kill(os.getpid(), 9)
    if name.endswith("ended.py"):
        os._exit(3)
    if name.endswith("slow.py"):
        time.sleep(60)
    return real(name, request)
inspection.inspect_file = inspect_file
from dag_lint.workers.child import main
main()
"""


@pytest.fixture
def files(project):
    """files("a.py", ...) -> their paths: DAG files of one project."""

    def write(*names):
        folder = project({name: DAG.format(number) for number, name in enumerate(names, start=1)})
        return [str(folder / name) for name in names]

    return write


@pytest.fixture
def strange_workers(monkeypatch):
    monkeypatch.setattr(pool, "_PROGRAM", "import sys; sys.path[:] = sys.argv[1:]\n" + STRANGE)


def said(inspections):
    return [(os.path.basename(one.path), [found.code for found in one.diagnostics]) for one in inspections]


def test_two_workers_find_what_one_process_finds_in_the_same_order(files):
    names = files(*(f"{number}.py" for number in range(1, 8)))
    names[3:3] = [names[0].replace("1.py", "missing.py")]
    alone = list(inspect_all(names, REQUEST, Effort(jobs=1)))
    assert [len(one.diagnostics) for one in alone] == [2, 2, 2, 1, 2, 2, 2, 2]
    assert list(inspect_all(names, REQUEST, Effort(jobs=2))) == alone


@pytest.mark.usefixtures("strange_workers")
def test_a_worker_that_dies_names_its_file_and_the_rest_goes_on(files):
    names = files("a.py", "ended.py", "killed.py", "z.py")
    found = list(inspected_by_workers(names, REQUEST, 2))
    assert said(found) == [
        ("a.py", ["DAG101", "DAG103"]),
        ("ended.py", ["DAG000"]),
        ("killed.py", ["DAG000"]),
        ("z.py", ["DAG101", "DAG103"]),
    ]
    assert [one.diagnostics[0].message for one in found[1:3]] == [
        "the analysis of this file ended the worker process: exit status 3",
        "the analysis of this file ended the worker process: SIGKILL",
    ]


@pytest.mark.usefixtures("strange_workers")
def test_a_file_that_takes_too_long_is_named(files):
    found = list(inspected_by_workers(files("a.py", "slow.py", "z.py"), REQUEST, 1, seconds=1.5))
    assert [len(one.diagnostics) for one in found] == [2, 1, 2]
    assert found[1].diagnostics[0].message == "its analysis took more than 1.5 seconds and was ended"


@pytest.mark.usefixtures("strange_workers")
def test_settings_decide_whether_a_death_is_reported(files):
    request = Request({"ignore": frozenset({"DAG000"})})
    assert said(inspected_by_workers(files("killed.py"), request, 1)) == [("killed.py", [])]


def test_without_a_worker_this_process_does_the_work(files, monkeypatch):
    monkeypatch.setattr(pool, "_PROGRAM", "raise SystemExit(1)")
    assert [len(one.diagnostics) for one in inspected_by_workers(files("a.py", "b.py"), REQUEST, 2)] == [2, 2]


def test_without_a_python_to_start_this_process_does_the_work(files, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert [len(one.diagnostics) for one in inspected_by_workers(files("a.py"), REQUEST, 2)] == [2]


def test_a_folder_of_strangers_is_not_where_a_worker_imports_from(files, monkeypatch):
    names = files("a.py", "libcst.py", "pickle.py", "signal.py")
    monkeypatch.chdir(os.path.dirname(names[0]))
    for name in ("libcst.py", "pickle.py", "signal.py"):
        with open(name, "w", encoding="utf-8") as file:
            file.write("import os\nos._exit(9)\n")
    assert said(inspected_by_workers(names[:1], REQUEST, 1))[0][1] != ["DAG000"]


@pytest.mark.usefixtures("strange_workers")
def test_who_stops_listening_ends_the_workers(files):
    found = inspected_by_workers(files("a.py", "slow.py", "b.py"), REQUEST, 2)
    assert said([next(found)])[0][0] == "a.py"
    found.close()
    assert not [thread for thread in threading.enumerate() if isinstance(thread, pool._Worker)]


def test_few_files_are_not_worth_a_worker(files, monkeypatch):
    monkeypatch.setattr(pool, "_PROGRAM", "raise SystemExit(1)")
    monkeypatch.setattr("dag_lint.workers.pool.inspect_file", None)
    assert [len(one.diagnostics) for one in inspect_all(files("a.py", "b.py"), REQUEST, Effort())] == [2, 2]
