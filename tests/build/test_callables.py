"""The functions that workers run."""

from __future__ import annotations

import pytest

CALLABLES = [
    ("def f(): ...", "f", "f"),
    ("", "lambda: 1", None),
    ("from functools import partial\ndef f(a): ...", "partial(f, 1)", "f"),
    ("def deco(g):\n    def inner(): g()\n    return inner\n@deco\ndef f(): ...", "f", "inner"),
    ("class K:\n    def f(self): ...", "K().f", "f"),
    ("class K:\n    @staticmethod\n    def f(): ...", "K.f", "f"),
    ("@anything\ndef f(): ...", "f", "f"),
    ("@task\ndef f(): ...", "f.function", "f"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given", "name"), CALLABLES)
def test_the_function_behind_a_python_callable(read, text, given, name):
    read = read(
        f'{text}\nwith DAG("d", schedule=None):\n    PythonOperator(task_id="t", python_callable={given})\n'
    )
    found = read.task("t").callable
    assert found is not None
    assert found.kind == "python_callable"
    assert name is None or found.name == name


@pytest.mark.parametrize("given", ["anything", '"f"', "None"])
def test_what_is_no_function_of_the_file_is_no_callable(read_inside, given):
    assert read_inside(f'PythonOperator(task_id="t", python_callable={given})').task("t").callable is None


def test_each_function_is_one_callable_however_many_tasks_run_it(read_inside):
    read = read_inside("x()\nx()\ny()")
    assert [(one.name, one.kind) for one in read.file.callables] == [("x", "decorated"), ("y", "decorated")]


def test_the_methods_of_an_operator_class_are_callables(read):
    read = read("class Own(BaseOperator):\n    def execute(self, context): ...\n    def other(self): ...")
    assert [(one.name, one.kind) for one in read.file.callables] == [("Own.execute", "method")]


def test_a_function_of_another_module_is_a_callable_where_it_is_named(read, project):
    root = project({"dags/work.py": "def f(): ...\n", "dags/dag.py": ""})
    text = 'from work import f\nwith DAG("d", schedule=None):\n    PythonOperator(task_id="t", python_callable=f)\n'
    (found,) = read(text, path=root / "dags/dag.py").file.callables
    assert found.use is not None


def test_what_a_bash_function_returns_is_known(read_inside):
    text = "@task.bash\ndef run(n):\n    m = n\n    def inner(): return 1\n"
    text += '    if n:\n        return "a.sh"\n    return m\nrun()'
    (found,) = (one for one in read_inside(text).file.callables if one.name == "run")
    assert [getattr(value, "value", None) for _, value in found.returns] == ["a.sh", None]


def returns_of_work(read, text, **more):
    """What the flow of `work` is said to move, for bodies that call others by name."""
    found = read(
        text + '\nwith DAG("d", schedule=None):\n    PythonOperator(task_id="t", python_callable=work)\n',
        **more,
    )
    return {evidence for one in found.file.callables if one.name == "work" for evidence in one.flow.evidence}


A_CLASS = """
import pandas as pd
class K:
    def load(self):
        return pd.read_csv('x').groupby('a').sum()
def work():
    return K().load()
"""
HELPED = [
    "import pandas as pd\ndef work():\n    df = pd.read_csv('x')\n    return df.groupby('a').sum()",
    "import pandas as pd\ndef load():\n    return pd.read_csv('x').groupby('a').sum()\ndef work():\n    return load()",
    A_CLASS,
]


@pytest.mark.parametrize("text", HELPED)
def test_what_a_function_of_the_file_does_counts_for_the_one_that_calls_it(read, text):
    assert returns_of_work(read, text)


def test_a_helper_of_another_module_is_followed(read, project):
    helper = "import pandas as pd\ndef load():\n    return pd.read_csv('x').groupby('a').sum()\n"
    root = project(
        {"dags/helper.py": helper, "dags/pkg/__init__.py": "", "dags/pkg/mod.py": helper, "dags/dag.py": ""}
    )
    for line, call in [
        ("from helper import load", "load()"),
        ("from pkg.mod import load as read", "read()"),
    ]:
        text = f"{line}\ndef work():\n    return {call}"
        assert returns_of_work(read, text, path=root / "dags/dag.py")
    inside = "def work():\n    from helper import load\n    return load()"
    assert returns_of_work(read, inside, path=root / "dags/dag.py")
