"""Regular expressions of ours against texts made to cost them: none takes more than a moment."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("resource")

ATTACK = """
import importlib, pkgutil, re, resource, sys

import dag_lint

SECONDS = 20
LENGTH = 20_000
PIECES = (
    *"a0_ .,:;-/*#=@'()[]{}<>|\\"\\n\\t",
    "a.", "a ", "1-", "1,", "*/", "/*", "--", "'a", "a=", "${", "$A", "{{", "}}", "@a", "a(", "(a", "()", "#\\n",
    "\\\\n ", " \\n", "select ", "from a ", "a, ", "DAG(", "@dag(", "FROM a", "ARG a=", "a==1,", ">=1", "[a]", "every ",
)
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
patterns = {}
for module in pkgutil.walk_packages(dag_lint.__path__, "dag_lint."):
    if module.name.endswith("__main__"):
        continue
    for name, value in vars(importlib.import_module(module.name)).items():
        values = value if isinstance(value, (list, tuple)) else (value,)
        for one in values:
            for part in one if isinstance(one, tuple) else (one,):
                if isinstance(part, re.Pattern):
                    patterns.setdefault((part.pattern, part.flags), f"{module.name}.{name}")
for (pattern, flags), name in patterns.items():
    print(name, flush=True)
    compiled = re.compile(pattern, flags)
    for piece in PIECES:
        for text in (piece * (LENGTH // len(piece)), "a" + piece * (LENGTH // len(piece)) + "\\0"):
            attacked = text if isinstance(pattern, str) else text.encode()
            compiled.match(attacked)
            compiled.fullmatch(attacked)
print(len(patterns))
"""


def test_no_pattern_is_slow_on_any_text():
    done = subprocess.run(
        [sys.executable, "-c", ATTACK], capture_output=True, text=True, check=False, timeout=120
    )
    names = done.stdout.splitlines()
    assert done.returncode == 0, f"it ended with {done.returncode} at {names[-1:]}: {done.stderr[-300:]}"
    assert int(names[-1]) > 30


MEGABYTES = '''
import resource

from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

SECONDS = 20
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
DAG = """import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator
with DAG("{dag_id}", schedule="{schedule}", start_date=pendulum.datetime(2024, 1, 1), catchup=False):
    BashOperator(task_id="a", bash_command="data_interval_start data_interval_end {command}")
"""
for piece in ("0", "0,", "*/5 ", "every_", "시간", "{%", "{{ ", "a.sh "):
    long = piece * (900_000 // len(piece))
    for texts in ((long, "@daily", "x"), ("x", long, "x"), ("x", long + "0 * * * *", "x"), ("x", "@daily", long)):
        text = DAG.replace("{dag_id}", texts[0]).replace("{schedule}", texts[1]).replace("{command}", texts[2])
        print([found.code for found in lint(SourceFile("a.py", text), Settings())], flush=True)
'''


def test_a_megabyte_of_text_in_a_dag_costs_no_more_than_a_moment():
    done = subprocess.run(
        [sys.executable, "-c", MEGABYTES], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 32
    assert "DAG000" not in done.stdout
