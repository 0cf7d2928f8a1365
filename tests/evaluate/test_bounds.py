"""Nothing that takes long or grows large is ever computed, and what is not read to its end is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluated import UNKNOWN, known, scope_of

from dag_lint.lint import lint, understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

HOSTILE = [
    "x = 9 ** 9 ** 9",
    "x = 10 ** 10 ** 5",
    "x = 2 ** 0.5 ** -9999999",
    "x = 1 << 10 ** 9",
    "x = 'a' * 10 ** 9",
    "x = b'a' * 10 ** 9",
    "x = [0] * 10 ** 9",
    "x = (0,) * 10 ** 9",
    "x = [0]\nx *= 10 ** 9",
    "x = 'ab'\nfor _ in range(60):\n    x = x + x",
    "x = 'ab'\nfor _ in range(60):\n    x = f'{x}{x}'",
    "x = [1]\nfor _ in range(60):\n    x = x + x",
    "x = [1]\nfor _ in range(60):\n    x += x",
    "x = [1]\nfor _ in range(60):\n    x.extend(x)",
    "x = 'a' * 99_000\nfor _ in range(10 ** 6):\n    x = f'{x}'.upper().lower()",
    "x = [0] * 900\nfor _ in range(10 ** 6):\n    x = list(x)[:] + []",
    "x = 3\nfor _ in range(60):\n    x = x * x",
    "x = '%0999999999d' % 1",
    "x = '%*d' % (999999999, 1)",
    "x = '%.999999999f' % 1",
    "x = '{:999999999}'.format(1)",
    "x = '{:{}}'.format(1, 999999999)",
    "x = f'{1:999999999}'",
    "x = format(1, '999999999')",
    "x = 'a'.ljust(10 ** 9)",
    "x = 'a'.zfill(10 ** 9)",
    "x = 'a'.center(10 ** 9)",
    "x = ('a' * 100_000).replace('a', 'b' * 100_000)",
    "x = '\\t'.expandtabs(10 ** 9)",
    "x = ('a' * 1000).join(['b'] * 1000 * 1000)",
    "x = list(range(10 ** 8))",
    "x = sum(range(10 ** 8))",
    "x = sorted(range(10 ** 8))",
    "x = [i for i in range(10 ** 8)]",
    "x = [[[[i for i in range(99)] for j in range(99)] for k in range(99)] for m in range(99)]",
    "x = {(i, j, k): 0 for i in range(999) for j in range(999) for k in range(999)}",
    "import itertools\nx = list(itertools.product(range(99), repeat=9))",
    "import itertools\nx = list(itertools.product(*[range(99)] * 9))",
    "import itertools\nx = list(itertools.permutations(range(20), 20))",
    "import itertools\nx = list(itertools.repeat(0, 10 ** 9))",
    "import itertools\nx = list(itertools.count())",
    "import itertools\nx = list(itertools.cycle('ab'))",
    "x = 0\nwhile True:\n    x += 1",
    "x = 0\nwhile x >= 0:\n    x += 1",
    "def f(n):\n    return f(n + 1)\nx = f(0)",
    "def f(n):\n    return g(n) + g(n)\ndef g(n):\n    return f(n) + f(n)\nx = f(0)",
    "def f(n):\n    return f(n - 1) + f(n - 2)\nx = f(unknown_name)",
    "def f():\n    yield from f()\nx = list(f())",
    "def f():\n    while True:\n        yield 1\nx = list(f())",
    "f = lambda: f()\nx = f()",
    "class A:\n    def __getattr__(self, name):\n        return getattr(self, name + 'x')\nx = A().y",
    "class A:\n    @property\n    def y(self):\n        return self.y\nx = A().y",
    "class A:\n    def __add__(self, other):\n        return self + other\nx = A() + 1",
    "x = []\nx.append(x)\nimport copy\nx = copy.deepcopy(x)\nx = str(x)",
    "x = {}\nx['x'] = x\nx = str(x)",
    "x = [1]\nfor _ in range(60):\n    x = [x, x]\ny = str(x)\nx = x == [x, x]",
    "x = {}\nfor _ in range(60):\n    x = {'a': x, 'b': x}\ny = f'{x}'\nx = x == {'a': x}",
    "from typing import NamedTuple\nclass P(NamedTuple):\n    a: object\n    b: object\nx = P(1, 2)\nfor _ in range(60):\n    x = P(x, x)\nx = x == 1",
    "import copy\nx = [1]\nfor _ in range(60):\n    x = [x, x]\nx = copy.deepcopy(x)",
    "import re\nx = re.sub('(a+)+$', '', 'a' * 40 + 'b')",
    "import json\nx = json.loads('[' * 100_000)",
    "x = int('9' * 99_999) * int('9' * 99_999)",
    "from datetime import timedelta\nx = timedelta(days=10 ** 9)",
    "from datetime import datetime, timedelta\nx = datetime.max + timedelta(1)",
]


@pytest.mark.parametrize("code", HOSTILE)
def test_it_ends_and_nothing_large_comes_out(code: str) -> None:
    found = known(code)
    assert found == UNKNOWN or len(repr(found)) < 500_000


def test_an_endless_loop_leaves_what_came_before() -> None:
    assert scope_of("x = 1\nwhile True:\n    pass\nx = 2", fuel=1000).look_up("x") is not None


MANY_TASKS = (
    "from airflow import DAG\n"
    "from airflow.operators.empty import EmptyOperator\n"
    "with DAG('many', schedule=None) as dag:\n"
    "    for number in range(100_000):\n"
    "        EmptyOperator(task_id=f't{number}')\n"
)


def test_a_hundred_thousand_tasks_are_said_to_be_more_than_we_read() -> None:
    settings = Settings(airflow_version="3.0")
    file = understand(SourceFile("many.py", MANY_TASKS, Path("many.py")), settings).file
    assert [dag.id_text() for dag in file.dags] == ["many"]
    assert not file.dags[0].complete
    assert not file.complete
    assert 1_000 < len(file.dags[0].tasks) < 100_000


def test_a_file_that_is_not_read_to_its_end_says_so_where_it_stops() -> None:
    text = f"{MANY_TASKS}DAG('never read', schedule='@daily')\n"
    (found,) = lint(SourceFile("many.py", text), Settings(airflow_version="3.0"))
    assert (found.code, found.span.start.line) == ("DAG000", 3)
    assert found.message == (
        "this does more than dag-lint follows: it is read in part, and what stands below it not at all"
    )
    assert lint(SourceFile("few.py", text.replace("_000", "")), Settings(airflow_version="3.0")) == []


def test_a_deep_nest_of_groups_is_survived() -> None:
    text = (
        "from airflow import DAG\n"
        "from airflow.utils.task_group import TaskGroup\n"
        "from airflow.operators.empty import EmptyOperator\n"
        "with DAG('deep') as dag:\n"
        "    group = None\n"
        "    for number in range(3_000):\n"
        "        group = TaskGroup(f'g{number}', parent_group=group, prefix_group_id=False)\n"
        "    EmptyOperator(task_id='t', task_group=group) >> group\n"
    )
    file = understand(SourceFile("deep.py", text, Path("deep.py")), Settings(airflow_version="3.0")).file
    assert not file.complete or file.dags[0].tasks


TURNS = [
    ("x = []\nwhile True:\n    i += 1\n    x.append(1)\n    x.sort()", 900),
    ("x = []\nwhile True:\n    i += 1\n    if i not in x:\n        x.append(i)", 900),
    (
        "x = [[n] for n in range(300)]\ny = [[n] for n in range(300)]\nwhile True:\n    i += 1\n    z = x == y",
        300,
    ),
    ("x = {n: n for n in range(300)}\nwhile True:\n    i += 1\n    y = {**x}", 900),
    ("x = {n: n for n in range(300)}\nwhile True:\n    i += 1\n    x.update(x)", 900),
    ("x = '{}' * 900\nwhile True:\n    i += 1\n    y = x.format(i)", 100),
    ("class A: pass\nwhile True:\n    i += 1\n    class B(A): pass\n    A = B", 400),
]
"""Loops whose turns do more than they say, and how many turns are enough for as much as 50,000 plain steps do."""


@pytest.mark.parametrize(("code", "most"), TURNS)
def test_what_a_turn_reads_is_paid_for(code: str, most: int) -> None:
    turns = known(f"i = 0\n{code}", "i")
    assert 10 < turns < most


def test_a_task_that_takes_all_results_before_it_is_paid_for() -> None:
    text = (
        "from airflow import DAG\nfrom airflow.decorators import task\n"
        "@task\ndef give(value):\n    return value\n"
        "with DAG('many'):\n    before = []\n    while True:\n        before.append(give(before))\n"
    )
    file = understand(SourceFile("many.py", text, Path("many.py")), Settings(airflow_version="3.0")).file
    assert 100 < len(file.tasks) < 1_000
    assert not file.complete


def test_lists_of_lists_in_a_dependency_are_looked_into_once() -> None:
    text = (
        "from airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n"
        "with DAG('d'):\n    x = [EmptyOperator(task_id='a')]\n    for _ in range(60):\n        x = [x, x]\n"
        "    x.append(x)\n    x >> EmptyOperator(task_id='b')\n"
    )
    file = understand(SourceFile("d.py", text, Path("d.py")), Settings(airflow_version="3.0")).file
    assert [list(task.upstream.values()) for task in file.tasks] == [[], [file.tasks[0]]]
