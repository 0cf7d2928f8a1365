"""Helpers: followed through parameters and returns, one module further at most, and never for ever."""

from __future__ import annotations

from types import SimpleNamespace

import libcst as cst
import pytest
from snippets import examine, facts, is_heavy
from syntactic import SyntacticSurroundings

from dag_lint.flow import Grade, Kind
from dag_lint.flow import examine as examine_once
from dag_lint.flow.examiner import Examiner
from dag_lint.flow.verdict import grade

WRITES = ["IN reads a.csv into pandas", "OUT writes it with to_sql"]


@pytest.mark.parametrize(
    "helpers",
    [
        "def read():\n    return pd.read_csv('a.csv')\ndef write(df):\n    df.to_sql('t', e)\n",
        "def read(path='a.csv'):\n    return pd.read_csv(path)\ndef write(df, /):\n    df.to_sql('t', e)\n",
        (
            "def read():\n    df = pd.read_csv('a.csv')\n    return df\n"
            "def write(*frames):\n    frames[0].to_sql('t', e)\n"
        ),
        "read = lambda: pd.read_csv('a.csv')\ndef write(df, *, name='t'):\n    df.to_sql(name, e)\n",
    ],
)
def test_frames_flow_through_helpers(helpers):
    code = "def f():\n    write(read())\n" + helpers.replace(
        "read = lambda", "def read():\n    return (lambda"
    )
    code = code.replace("pd.read_csv('a.csv')\ndef write(df, *", "pd.read_csv('a.csv'))()\ndef write(df, *")
    assert facts(code) == WRITES


def test_frames_flow_by_keyword_and_spread():
    code = """
    def write(first, df=None, **rest):
        df.to_sql("t", e)
        rest["x"].to_sql("t", e)

    def f(options):
        write(1, df=pd.read_csv("a.csv"), x=pd.read_csv("b.csv"))
        write(*options, **options)
    """
    grades = [grade(out.origins) for out in examine(code).of(Kind.OUT)]
    assert grades == [Grade.BULK, Grade.BULK, Grade.HANDED, Grade.HANDED]


def test_nested_functions_see_the_names_around_them():
    code = """
    def f():
        df = pd.read_csv("a.csv")
        total = []

        def inner():
            df.to_sql("t", e)
            total.append(df)

        inner()
        json.dump(total, out)
    """
    assert facts(code) == [*WRITES, "OUT dumps it as JSON"]


@pytest.mark.parametrize(
    "line",
    [
        "asyncio.run(main())",
        "asyncio.gather(main(), main())",
        "executor.submit(main)",
        "functools.partial(main, 1)()",
        "retry(main)",
        "Thread(target=main).start()",
        "df.apply(lambda row: main())",
        "list(map(lambda row: main(), [1]))",
        "list(map(main))",
    ],
)
def test_functions_that_are_handed_on_run(line):
    code = f"""
    import functools
    from threading import Thread

    async def main():
        await asyncio.sleep(20)

    def f(executor, retry):
        df = pd.read_csv("a.csv")
        {line}
    """
    seconds = [wait.seconds for wait in examine(code).of(Kind.WAIT)]
    assert set(seconds) == ({20.0} if line != "list(map(main))" else set())


def test_methods_follow_self_and_remember_its_attributes():
    code = """
    class Base:
        def write(self, df):
            df.to_sql("t", self.engine)

    class Copy(Base):
        def __init__(self, table):
            self.hook = PostgresHook("x")
            self.rows = []

        @staticmethod
        def name(part):
            return f"{part}.csv"

        @property
        def frame(self):
            return self.hook.get_pandas_df("SELECT * FROM a")

        def execute(self, context):
            self.df = pd.read_csv(self.name("a"))
            self.write(self.df)
            self.write(self.frame)
            self.rows.append(self.df)
            self.missing.nothing()
            json.dump(self.rows, context)
    """
    assert facts(code, name="execute", class_name="Copy") == [
        *WRITES,
        "IN reads a into pandas",
        "OUT writes it with to_sql",
        "OUT dumps it as JSON",
    ]


def test_what_an_operator_does_in_init_is_not_the_task():
    code = """
    class Copy:
        def __init__(self):
            self.df = pd.read_csv("a.csv")

        def execute(self, context):
            print(self.other)
    """
    assert facts(code, name="execute", class_name="Copy") == []


def test_objects_of_the_project_are_followed():
    code = """
    class Client:
        def __init__(self, path):
            self.df = pd.read_csv(path)

        def write(self):
            self.df.to_sql("t", e)

    def f():
        client = Client("a.csv")
        client.write()
        client.unknown()
        print(client.df)
    """
    assert facts(code) == WRITES


def test_recursion_and_depth_end():
    assert facts("def f(x):\n    f(x)\n    pd.read_csv('a.csv').melt()\n") == [
        "IN reads a.csv into pandas",
        "WORK unpivots it",
    ]
    chain = "".join(f"def f{n}():\n    f{n + 1}()\n" for n in range(20))
    assert facts(chain + "def f20():\n    time.sleep(1)\n", name="f0") == []


def test_a_large_body_is_not_read_to_its_end():
    code = "def f():\n    pd.read_csv('a.csv').melt()\n" + "    x = g(1, 2, 3)\n" * 9000
    flow = examine(code)
    assert not flow.complete
    assert len(flow.evidence) == 2
    assert examine("def f():\n    pass\n").complete


def test_a_helper_is_read_once_for_the_same_arguments():
    code = """
    def read():
        df = pd.read_csv("a.csv")
        df.melt()
        return [df]

    def f():
        read()[0].to_sql("t", e)
        read()[0].to_sql("t", e)
    """
    flow = examine(code)
    assert [one.kind for one in flow.evidence] == [Kind.IN, Kind.WORK, Kind.OUT] * 2
    outs = flow.of(Kind.OUT)
    assert [out.origins[0] for out in outs] == flow.of(Kind.IN)
    assert outs[0].origins != outs[1].origins


def test_module_level_things_are_known_by_what_made_them():
    code = """
    from sqlalchemy import create_engine
    from airflow.providers.x import OracleHook, HttpHook
    engine = create_engine("x")
    hook = OracleHook("x")
    http = HttpHook("GET")
    DF = pd.read_csv("x.csv")
    LIMIT = 5
    def f():
        with engine.connect() as conn:
            conn.execute("SELECT * FROM a").fetchall()
        hook.get_records("SELECT * FROM b")
        http.run("x")
        hook.run(endpoint="y").json()
        print(DF, LIMIT)
    """
    assert facts(code) == ["IN fetches a", "IN fetches b", "IN requests x", "IN requests y"]


# Other modules


def project(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "dag.py"


def test_one_module_further_and_no_more(tmp_path):
    path = project(
        tmp_path,
        {
            "near.py": (
                "import time, far\nfrom far import wait\n"
                "def nap():\n    time.sleep(5)\n    wait()\n    far.wait()\n    late()\n"
                "def late():\n    time.sleep(6)\n"
            ),
            "far.py": "import time\ndef wait():\n    time.sleep(99)\n",
        },
    )
    code = """
    import near
    from near import late
    def f():
        near.nap()
        late()
        from near import nap
        nap()
    """
    waits = examine(code, path=path).of(Kind.WAIT)
    assert [wait.seconds for wait in waits] == [5, 6, 6, 5, 6]
    assert {wait.elsewhere for wait in waits} == {str(tmp_path / "near.py")}
    # a fact of another file stands at the call in this one
    assert [cst.Module([]).code_for_node(wait.node) for wait in waits] == [
        "near.nap()",
        "near.nap()",
        "late()",
        "nap()",
        "nap()",
    ]


def test_frames_go_through_what_is_too_far(tmp_path):
    path = project(
        tmp_path,
        {
            "near.py": "from far import clean\ndef load(df):\n    df = clean(df)\n    return df\n",
            "far.py": "def clean(df):\n    return 1\n",
        },
    )
    code = "from near import load\ndef f():\n    load(pd.read_csv('a.csv')).to_sql('t', e)\n"
    assert facts(code, path=path) == WRITES


def test_relative_imports_in_the_body(tmp_path):
    path = project(tmp_path, {"near.py": "import time\ndef nap():\n    time.sleep(5)\n"})
    code = """
    def f():
        from .near import nap
        from . import near as other
        import os.path as p
        from x import *
        nap()
    """
    assert [wait.seconds for wait in examine(code, path=path).of(Kind.WAIT)] == [5]


def test_one_shot_and_lambda():
    module = cst.parse_module("import pandas as pd\nf = lambda: pd.read_csv('a.csv').to_sql('t', e)\n")
    node = module.body[1].body[0].value
    surroundings = SyntacticSurroundings(module)
    settings = SimpleNamespace(heavy_calls=frozenset(), light_calls=frozenset())
    flow = examine_once(node, surroundings, settings)
    assert [one.words for one in flow.evidence] == ["reads a.csv into pandas", "writes it with to_sql"]
    assert Examiner(settings).examine(node, surroundings).complete


def test_frames_through_code_that_cannot_be_read():
    code = """
    from lib import clean, Cleaner
    def f():
        df = clean(pd.read_csv("a.csv"))
        cleaner = Cleaner(df)
        df.to_sql("t", e)
    """
    assert facts(code) == WRITES
    assert is_heavy(code)


def test_many_large_bodies_share_what_a_file_may_cost():
    body = "    x = g(1, 2, 3)\n" * 3000
    module = cst.parse_module("".join(f"def f{n}():\n{body}" for n in range(8)))
    surroundings = SyntacticSurroundings(module)
    settings = SimpleNamespace(heavy_calls=frozenset(), light_calls=frozenset())
    examiner = Examiner(settings)
    complete = [examiner.examine(node, surroundings).complete for node in surroundings.functions.values()]
    assert complete[0]
    assert not complete[-1]
