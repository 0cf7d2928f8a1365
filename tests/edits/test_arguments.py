"""A new argument of a call is laid out like those that are there, and nothing else of the text changes."""

from __future__ import annotations

import ast

import pytest
from mended import fixable, mended

from dag_lint.settings import Settings

AIRFLOW_2 = Settings(airflow_version="2.10")
HEAD = "import pendulum\nfrom airflow import DAG\nS = pendulum.datetime(2024, 1, 1)\n"

LAYOUTS = {
    "one line": (
        "dag = DAG('a', schedule='@daily', start_date=S)\n",
        "dag = DAG('a', schedule='@daily', start_date=S, catchup=False)\n",
    ),
    "one line, in the middle": (
        "with DAG('a', start_date=S, schedule='@daily', tags=['x']) as dag:\n    pass\n",
        "with DAG('a', start_date=S, schedule='@daily', catchup=False, tags=['x']) as dag:\n    pass\n",
    ),
    "one line, trailing comma": (
        "dag = DAG('a', schedule='@daily', start_date=S,)\n",
        "dag = DAG('a', schedule='@daily', start_date=S, catchup=False,)\n",
    ),
    "one line, no spaces behind commas": (
        "dag = DAG('a',schedule='@daily',start_date=S)\n",
        "dag = DAG('a',schedule='@daily',start_date=S,catchup=False)\n",
    ),
    "no spaces, one argument": ("dag = DAG('a')\n", "dag = DAG('a', catchup=False)\n"),
    "spaces around the equal sign": (
        "dag = DAG('a', schedule = '@daily', start_date = S )\n",
        "dag = DAG('a', schedule = '@daily', start_date = S, catchup = False )\n",
    ),
    "one argument a line": (
        "dag = DAG(\n    'a',\n    schedule='@daily',\n    start_date=S,\n)\n",
        "dag = DAG(\n    'a',\n    schedule='@daily',\n    start_date=S,\n    catchup=False,\n)\n",
    ),
    "one argument a line, no trailing comma": (
        "dag = DAG(\n\t'a',\n\tschedule='@daily',\n\tstart_date=S\n)\n",
        "dag = DAG(\n\t'a',\n\tschedule='@daily',\n\tstart_date=S,\n\tcatchup=False\n)\n",
    ),
    "hanging": (
        "dag = DAG('a',\n          schedule='@daily',\n          start_date=S)\n",
        "dag = DAG('a',\n          schedule='@daily',\n          start_date=S,\n          catchup=False)\n",
    ),
    "hanging, the first argument": (
        "dag = DAG(start_date=S,\n          dag_id='a')\n",
        "dag = DAG(start_date=S,\n          catchup=False,\n          dag_id='a')\n",
    ),
    "several a line": (
        "dag = DAG(\n    'a', schedule='@daily', start_date=S\n)\n",
        "dag = DAG(\n    'a', schedule='@daily', start_date=S, catchup=False\n)\n",
    ),
    "several a line, the comma at its end": (
        "dag = DAG(\n    'a', schedule='@daily', start_date=S,\n)\n",
        "dag = DAG(\n    'a', schedule='@daily', start_date=S,\n    catchup=False,\n)\n",
    ),
    "comments stay with their arguments": (
        "dag = DAG(\n    'a',  # one\n    start_date=S,  # two\n    # of tags\n    tags=['x'],\n)\n",
        "dag = DAG(\n    'a',  # one\n    start_date=S,  # two\n    catchup=False,\n    # of tags\n    tags=['x'],\n)\n",
    ),
    "a comment behind the last": (
        "dag = DAG(\n    'a',\n    start_date=S  # two\n    # end\n)\n",
        "dag = DAG(\n    'a',\n    start_date=S,  # two\n    catchup=False\n    # end\n)\n",
    ),
    "a comma at the beginning of the line": (
        "dag = DAG('a'\n    , start_date=S\n    , tags=['x'])\n",
        "dag = DAG('a'\n    , start_date=S, catchup=False\n    , tags=['x'])\n",
    ),
    "nested calls and parentheses": (
        "dag = DAG('a', tags=list(('x',)), start_date=(S), params=dict(a=(1), b=2))\n",
        "dag = DAG('a', tags=list(('x',)), start_date=(S), catchup=False, params=dict(a=(1), b=2))\n",
    ),
    "an argument over several lines": (
        "dag = DAG(\n    'a',\n    start_date=S,\n    default_args={\n        'retries': 1,\n    },\n)\n",
        "dag = DAG(\n    'a',\n    start_date=S,\n    catchup=False,\n    default_args={\n        'retries': 1,\n    },\n)\n",
    ),
    "a dict behind **": (
        "dag = DAG('a', **{'schedule': '@daily', 'start_date': S})\n",
        "dag = DAG('a', **{'schedule': '@daily', 'start_date': S}, catchup=False)\n",
    ),
    "a backslash at the end of the line": (
        "dag = DAG('a', schedule='@daily', \\\n    start_date=S)\n",
        "dag = DAG('a', schedule='@daily', \\\n    start_date=S,\n    catchup=False)\n",
    ),
    "a name before the call": (
        "import airflow.models as models\ndag = models.DAG('a', start_date=S)\n",
        "import airflow.models as models\ndag = models.DAG('a', start_date=S, catchup=False)\n",
    ),
    "a decorator": (
        "from airflow.decorators import dag\n\n\n@dag(schedule='@daily', start_date=S)  # why\ndef a():\n    pass\n\n\na()\n",
        "from airflow.decorators import dag\n\n\n@dag(schedule='@daily', start_date=S, catchup=False)  # why\ndef a():\n    pass\n\n\na()\n",
    ),
    "in a function, after wide characters": (
        "def make(n):\n    x = '가나'; return DAG(f'가{n}', start_date=S)\n\n\nmake(1)\n",
        "def make(n):\n    x = '가나'; return DAG(f'가{n}', start_date=S, catchup=False)\n\n\nmake(1)\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), LAYOUTS.values(), ids=LAYOUTS)
def test_an_argument_is_laid_out_like_its_neighbours(before: str, after: str) -> None:
    if "start_date" not in before:
        before, after = before + "dag.start_date = S\n", after + "dag.start_date = S\n"
    assert mended(HEAD + before, "DAG102", AIRFLOW_2) == HEAD + after


@pytest.mark.parametrize("before", [before for before, _ in LAYOUTS.values()], ids=LAYOUTS)
@pytest.mark.parametrize("tabs", [False, True], ids=["spaces", "tabs"])
def test_python_reads_the_same_call_with_one_more_argument(before: str, tabs: bool) -> None:
    if "start_date" not in before:
        before += "dag.start_date = S\n"
    before = HEAD + (before.replace("    ", "\t") if tabs else before)
    tree = ast.parse(mended(before, "DAG102", AIRFLOW_2))
    added = 0
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            kept = [one for one in call.keywords if one.arg != "catchup"]
            added += len(call.keywords) - len(kept)
            call.keywords = kept
    assert added == 1
    assert ast.dump(tree) == ast.dump(ast.parse(before))


SILENT = {
    "a class of the project": (
        "class Mine(DAG):\n    def __init__(self, name):\n"
        "        super().__init__(name, start_date=S, schedule='@daily')\n\n\nMine('a')\n"
    ),
    "a name that is bound twice": "try:\n    DAG = DAG\nexcept Exception:\n    pass\nDAG('a', start_date=S)\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_a_call_that_may_take_other_arguments_is_left_alone(text: str) -> None:
    assert fixable(HEAD + text, "DAG102", AIRFLOW_2) == []


def test_both_ways_of_importing_a_class_will_do() -> None:
    text = (
        "import pendulum\ntry:\n    from airflow.sdk import DAG\nexcept ImportError:\n    from airflow import DAG\n"
        "DAG('a', start_date=pendulum.datetime(2024, 1, 1))\n"
    )
    after = text.replace("1, 1))", "1, 1), catchup=False)")
    assert mended(text, "DAG102", AIRFLOW_2) == after
