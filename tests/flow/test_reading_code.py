"""Every kind of statement and expression lets the data through, and none of them raises."""

from __future__ import annotations

import pytest
from snippets import examine, facts

from dag_lint.flow import Grade, Kind
from dag_lint.flow.verdict import grade

READ = "df = pd.read_csv('a.csv')"
MELTED = ["IN reads a.csv into pandas", "WORK unpivots it"]


@pytest.mark.parametrize(
    "body",
    [
        "df: object = pd.read_csv('a.csv')\ndf.melt()",
        "df: object\ndf = pd.read_csv('a.csv')\ndf.melt()",
        "df = other = pd.read_csv('a.csv')\nother.melt()",
        "(df, n) = pd.read_csv('a.csv'), 1\ndf.melt()",
        "df, *rest = (pd.read_csv('a.csv'), 1)\ndf.melt()",
        "[df, n] = [pd.read_csv('a.csv'), 1]\ndf.melt()",
        "if (df := pd.read_csv('a.csv')) is not None:\n    df.melt()",
        "if x:\n    df = None\nelif y:\n    df = pd.read_csv('a.csv')\nelse:\n    df = None\ndf.melt()",
        "df = None\nif x:\n    df = pd.read_csv('a.csv')\ndf.melt()",
        (
            "df = None\ntry:\n    df = pd.read_csv('a.csv')\nexcept ValueError:\n    df = None\n"
            "else:\n    pass\nfinally:\n    x\ndf.melt()"
        ),
        "try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    pd.read_csv('a.csv').melt()",
        "try:\n    pass\nfinally:\n    pd.read_csv('a.csv').melt()",
        "match x:\n    case 1:\n        df = pd.read_csv('a.csv')\n    case _:\n        df = None\ndf.melt()",
        "with x as y, open(y) as z:\n    pd.read_csv('a.csv').melt()",
        "for _ in [1]:\n    df = pd.read_csv('a.csv')\nelse:\n    x\ndf.melt()",
        "for _ in x:\n    pd.read_csv('a.csv').melt()\n    continue",
        "while x:\n    df = pd.read_csv('a.csv')\n    break\ndf.melt()",
        "df = {'a': pd.read_csv('a.csv')}['a']\npd.DataFrame(df).melt()",
        "pd.DataFrame([pd.read_csv('a.csv')]).melt()",
        "df = (pd.read_csv('a.csv'))['x'] > 3\ndf.melt()",
        "df = pd.read_csv('a.csv') if x else None\ndf.melt()",
        "df = x or pd.read_csv('a.csv')\ndf.melt()",
        "df = pd.read_csv('a.csv')\ndf.x = 1\ndf['y'] = df.x\ndf.loc[0, 'z':'w'] = 3\ndf[::2].melt()",
        "df = pd.read_csv('a.csv')\ndf += 1\ndf.melt()",
        "df = pd.read_csv('a.csv')\nassert df is not None, 'x'\ndel x, df.y\ndf.melt()",
        "lambda: 1\ndf = (lambda path: pd.read_csv(path))('a.csv')\ndf.melt()",
        "df = [f for f in [pd.read_csv('a.csv')]][0]\ndf.melt()",
        "import pandas\npandas.read_csv('a.csv').melt()",
        "import pandas as p\np.read_csv('a.csv').melt()",
        "from pandas import read_csv as r, DataFrame\nr('a.csv').melt()",
        "import fireducks.pandas as p\np.read_csv('a.csv').melt()",
        "(await_ := pd.read_csv('a.csv'))\nawait_.melt()",
        "class Inner:\n    pass\npd.read_csv('a.csv').melt()",
        "global df\nnonlocal_ = 1\npd.read_csv('a.csv').melt()",
        "pd.read_csv('a' '.csv').melt()",
        "pd.read_csv('/x/' + 'a.csv').melt()",
        "pd.read_csv(os.path.join('/x', 'a.csv')).melt()",
        "pd.read_csv(str('a.csv')).melt()",
        "pd.read_csv(Path('a.csv')).melt()",
        "pd.read_csv('a.csv'.strip()).melt()",
    ],
)
def test_data_flows_through(body):
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    assert [
        fact.replace("reads data", "reads a.csv") for fact in facts(f"def f(x, y):\n{indented}")
    ] == MELTED


@pytest.mark.parametrize(
    "body",
    [
        "return\npd.read_csv('a.csv').melt()",
        "raise ValueError(x)\npd.read_csv('a.csv').melt()",
        "raise\npd.read_csv('a.csv').melt()",
        "while x:\n    break\n    pd.read_csv('a.csv').melt()",
        "df = pd.read_csv\ndf = None\ndf.melt()",
    ],
)
def test_what_cannot_run_is_not_read(body):
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    assert facts(f"def f(x):\n{indented}") == []


@pytest.mark.parametrize(
    "expression",
    [
        "{row['a'] for row in rows}",
        "{row['a']: row['b'] for row in rows if row}",
        "[row['a'] for row in rows]",
        "list(row['a'] for row in rows)",
        "[cell for row in rows for cell in row]",
        "[*rows]",
        "[1, *rows, 2]",
        "{'a': rows, **x}",
        "rows[3:]",
        "rows[x]",
        "rows + [1]",
        "[] + rows",
        "sorted(rows, key=len)",
        "list(zip(rows, x))",
        "list(enumerate(rows))",
        "list(map(str, rows))",
        "list(filter(None, rows))",
        "list(itertools.chain(rows, x))",
        "copy.deepcopy(rows)",
        "json.dumps(rows)",
        "f'{rows}'",
        "'\\n'.join(rows)",
        "','.join(str(row) for row in rows)",
        "typing.cast(list, rows)",
        "(rows, 1)",
        "rows if x else []",
        "dict(rows).items()",
        "dict(rows).keys()",
        "next(iter(rows))",
        "tqdm(rows)",
    ],
)
def test_rows_flow_through_expressions(expression):
    code = f"""
    import copy, itertools, typing
    from tqdm import tqdm
    def f(x):
        rows = PostgresHook("x").get_records("SELECT * FROM a")
        S3Hook("x").load_string({expression}, "k")
    """
    assert examine(code).of(Kind.OUT)


@pytest.mark.parametrize(
    "expression",
    [
        "len(rows)",
        "rows[0]",
        "rows[-1][2]",
        "rows == x",
        "not rows",
        "max(rows)",
        "rows is None",
        "1 + 2",
        "2 * 3.5 / 7 - 1",
        "-1",
        "1_000",
        "0b1",
        "1j",
        "...",
        "b'x'",
        "f'{1}'",
        "'a' 'b' f'{x}'",
        "[1, 2][0]",
        "(1, 2)[5]",
        "(1, 2)[x]",
        "{}",
        "{1, 2}",
        "set()",
        "str()",
        "int('3')",
        "zip([1], [2])",
        "print",
        "unknown_name",
        "range(x)",
        "map()",
        "cast()",
        "partial()",
    ],
)
def test_numbers_and_single_rows_are_no_data(expression):
    code = f"""
    from functools import partial
    from typing import cast
    def f(x):
        rows = PostgresHook("x").get_records("SELECT * FROM a")
        S3Hook("x").load_string({expression}, "k")
    """
    assert all(grade(out.origins) is Grade.HANDED for out in examine(code).of(Kind.OUT))


def test_augmented_assignments_gather_or_count():
    code = """
    def f():
        total, rows, text = 0, [], ""
        for row in PostgresHook("x").get_records("SELECT * FROM a"):
            total += row[0]
            rows += [row]
            text += row[1]
            x.y[0].z += row[2]
        S3Hook("x").load_string(total, "k")
        S3Hook("x").load_string(rows, "k")
        S3Hook("x").load_string(text, "k")
    """
    assert len(examine(code).of(Kind.OUT)) == 2


def test_collections_grow():
    code = """
    def f(queue):
        found, seen, by_id = [], set(), {}
        for row in PostgresHook("x").get_records("SELECT * FROM a"):
            found.append(row)
            seen.add(row[0])
            by_id[row[0]] = row
            by_id.setdefault(row[1], []).append(row)
            queue.put(row)
        for thing in (found, seen, by_id, queue):
            json.dump(thing, open("x.json", "w"))
    """
    assert examine(code).of(Kind.OUT)


def test_generators_give_what_they_yield():
    code = """
    def chunks():
        for chunk in pd.read_csv("a.csv", chunksize=10):
            yield chunk
        yield from []
        yield

    def f():
        for chunk in chunks():
            pd.DataFrame(chunk).to_sql("t", e)
    """
    assert facts(code)[0] == "IN reads a.csv into pandas"
    assert examine(code).of(Kind.OUT)


def test_objects_in_stores_and_their_paths():
    code = """
    from airflow.io.path import ObjectStoragePath
    base = ObjectStoragePath("s3://bucket")
    def f():
        path = base / "a.jsonl"
        with path.open("r") as source, (base / "b.jsonl").open("w") as target:
            for line in source:
                target.write(line)
        data = path.read_text()
        for blob in boto3.resource("s3").Bucket("b").objects.filter(Prefix="x"):
            body = blob.get()["Body"].read()
    """
    assert facts(code) == [
        "IN reads an object whole",
        "OUT writes it to disk",
        "WORK~ loops over its rows",
        "IN reads data whole",
        "IN reads data whole",
    ]


def test_files_are_read_by_name_and_by_what_parses_them():
    code = """
    def f(path):
        with Path("x.json").open() as file:
            json.load(file)
        json.load(open(path))
        csv.reader(open(path))
        json.load(open(path, "w"))
        open()
        open(S3Hook("x").download_file("k"))
    """
    assert facts(code) == ["IN reads x.json", "IN reads path", "IN reads path", "IN downloads k"]


def test_parsed_pages_and_attributes_of_answers():
    code = """
    from bs4 import BeautifulSoup
    from urllib.request import urlopen
    def f(u):
        answer = requests.get(u)
        if answer.status_code != 200 or not answer.ok:
            raise ValueError(answer.text)
        for link in BeautifulSoup(answer.content, "html").find_all("a"):
            print(link.text, link["href"])
        rows = [{"a": x.text} for x in BeautifulSoup(urlopen(u).read()).select("tr")]
        S3Hook("x").load_string(json.dumps(rows), "k")
    """
    assert facts(code) == [
        "IN requests u",
        "WORK~ loops over its rows",
        "IN requests u",
        "WORK~ loops over its rows",
        "OUT uploads it with load_string",
    ]


def test_deep_and_long_code_is_bounded():
    nested = "def f(x):\n    return " + "g(" * 90 + "x" + ")" * 90 + "\n"
    chained = "def f(x):\n    return x" + ".a().b[0]" * 400 + "\n"
    added = "def f(x):\n    return " + " + ".join(["x"] * 900) + "\n"
    glued = "def f():\n    return " + " ".join(["'x'"] * 400) + "\n"
    elifs = "def f(x):\n    if x == 0:\n        pass\n" + "".join(
        f"    elif x == {n}:\n        pass\n" for n in range(300)
    )
    blocks = "def f(x):\n" + "".join(f"{'    ' * n}if x:\n" for n in range(1, 80)) + "    " * 80 + "pass\n"
    for code in (nested, chained, added, glued, elifs, blocks):
        assert examine(code).evidence == ()
