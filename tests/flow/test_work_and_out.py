"""WORK and OUT: what is done to bulk data, and where it goes."""

from __future__ import annotations

import pytest
from snippets import examine, facts, is_heavy

from dag_lint.flow import Kind


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("df.merge(other)", "WORK merges it"),
        ("pd.merge(df, other)", "WORK merges it"),
        ("df['a'].apply(len)", "WORK transforms it"),
        ("df.a.map(len)", "WORK transforms it"),
        ("df.fillna(0).pivot_table(index='a')", "WORK pivots it"),
        ("df[df.a > 3].explode('a')", "WORK explodes it"),
        ("df.sort_values('a')", "WORK~ sorts it"),
        ("(df if flag else None).melt()", "WORK unpivots it"),
        ("pd.concat([df, df])", "WORK concatenates it"),
        ("df.append(other)", "WORK concatenates it"),
        ("-df.melt()", "WORK unpivots it"),
        ("(df + 1).melt()", "WORK unpivots it"),
        ("df.T.copy().melt()", "WORK unpivots it"),
        ("pd.to_datetime(df.a).to_frame().melt()", "WORK unpivots it"),
        ("pd.get_dummies(df)", "WORK encodes it"),
        ("clean(df).melt()", "WORK unpivots it"),
    ],
)
def test_frames_are_worked_on(line, words):
    code = f"""
    def f(flag, other):
        df = pd.read_csv("a.csv")
        {line}
    """
    assert facts(code)[1] == words


def test_groups_are_worked_on_and_looped_over():
    code = """
    def f():
        df = pd.read_csv("a.csv")
        for key, group in df.groupby("a"):
            group.to_csv(f"{key}.csv")
        df.groupby("a").rolling(3).sum()
    """
    assert facts(code)[1:] == [
        "WORK groups it",
        "OUT writes it with to_csv",
        "WORK loops over its rows",
        "WORK groups it",
        "WORK aggregates it",
    ]


def test_work_on_literals_and_on_nothing_is_none():
    assert facts("def f():\n    pd.merge([1], [2])\n    pd.get_dummies()\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "session.merge(thing)",
        "Model(x).fit(thing)",
        "SomeOperator(task_id='x').execute({})",
        "hook.apply(thing)",
        "thing.explode()",
        "gc.collect()",
        "print('df.merge(other) in spark, INSERT INTO x')",
        "PostgresHook('x').run('INSERT INTO a SELECT * FROM b JOIN c')",
        "bigquery.Client().query('SELECT * FROM a').result()",
        "emr.submit_job(thing)",
        "PostgresHook('x').copy_expert('COPY a FROM STDIN', 'a.csv')",
    ],
)
def test_methods_that_only_share_a_name_and_work_elsewhere_are_no_evidence(line):
    code = f"""
    import gc
    from google.cloud import bigquery
    from airflow.operators.python import SomeOperator
    from sqlalchemy.orm import Session
    from models import Model
    session = Session()
    def f(hook, emr, thing, x):
        {line}
    """
    assert facts(code) == []


def test_a_loop_over_rows_is_little_and_over_the_rows_of_a_frame_is_work():
    fetched = (
        "def f():\n    for row in PostgresHook('x').get_records('SELECT * FROM a'):\n        print(row)\n"
    )
    assert facts(fetched)[-1] == "WORK~ loops over its rows"
    frame = """
    def f():
        for i, row in pd.read_csv('a.csv').iterrows():
            print(row)
        else:
            pass
    """
    assert facts(frame)[-1] == "WORK loops over its rows"
    enumerated = frame.replace(
        "pd.read_csv('a.csv').iterrows()", "enumerate(pd.read_csv('a.csv').itertuples())"
    )
    assert facts(enumerated)[-1] == "WORK loops over its rows"


def test_records_rebuilt_from_a_whole_document_are_work():
    code = """
    def f():
        found = []
        for line in S3Hook("x").read_key("a.jsonl").splitlines():
            found.append({"id": json.loads(line)["id"]})
        return found
    """
    assert facts(code) == ["IN reads a.jsonl whole", "WORK loops over its rows", "XCOM returns it"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("df.to_sql('t', engine)", "writes it with to_sql"),
        ("df.to_csv('/data/b.csv')", "writes it with to_csv"),
        ("df.to_excel(writer)", "writes it with to_excel"),
        ("S3Hook('x').load_string(df.to_csv(), 'k')", "uploads it with load_string"),
        ("boto3.client('s3').put_object(Body=df.to_json())", "uploads it with put_object"),
        ("boto3.resource('s3').Object('b', 'k').put(Body=df.to_csv().encode())", "uploads it with put"),
        ("PostgresHook('x').insert_rows('t', df.values.tolist())", "writes it with insert_rows"),
        ("psycopg2.connect(d).cursor().executemany(sql, df.to_numpy())", "writes it with executemany"),
        ("client.load_table_from_dataframe(df, 't')", "loads it with load_table_from_dataframe"),
        ("save_to_lake(df, 't')", "hands it to save_to_lake()"),
        ("lake.upload(df)", "hands it to upload()"),
        ("wr.s3.to_parquet(df=df, path='p')", "writes it with to_parquet"),
        ("json.dump(df.to_dict('records'), out)", "dumps it as JSON"),
        ("requests.post(url, json=df.to_dict())", "sends it with post"),
        ("open('x', 'w').write(df.to_csv())", "writes it to disk"),
        ("Path('x').write_text(df.to_csv())", "writes it to disk"),
        ("csv.writer(open('x', 'w')).writerows(df.values)", "writes it with csv"),
    ],
)
def test_writers_carry_it_out(line, words):
    code = f"""
    import awswrangler as wr
    def f(engine, writer, sql, client, lake, url, out, d):
        df = pd.read_csv("a.csv")
        {line}
    """
    assert facts(code)[1] == f"OUT {words}"


@pytest.mark.parametrize(
    "line",
    [
        "df.to_csv()",
        "df.to_csv(buffer)",
        "print(df)",
        "logger.info(df)",
        "json.dump({'a': 1}, out)",
        "S3Hook('x').load_string('done', 'k')",
        "S3Hook('x').load_file('/data/unknown.csv', 'k')",
        "csv.writer(out).writerow(['a', 'b'])",
        "open('x', 'w').write('done')",
        "requests.post(url, json={'rows': len(df)})",
        "load_model(df)",
    ],
)
def test_what_is_small_or_stays_is_not_carried_out(line):
    code = f"""
    def f(out, url, logger):
        buffer = io.StringIO()
        df = pd.read_csv("a.csv")
        {line}
    """
    assert not examine(code).of(Kind.OUT)


def test_what_was_written_to_a_path_is_carried_on():
    by_name = """
    def f(path):
        pd.read_csv("a.csv").to_csv(path)
        S3Hook("x").load_file(path, "k")
    """
    assert facts(by_name)[-1] == "OUT uploads it with load_file"
    by_text = by_name.replace("f(path)", "f()").replace("path", "'/tmp/b.csv'")
    assert facts(by_text)[-1] == "OUT uploads it with load_file"
    by_file = """
    def f():
        with open("/tmp/b.csv", "w") as out:
            writer = csv.writer(out)
            writer.writerow(["a"])
            for row in PostgresHook("x").get_records("SELECT * FROM a"):
                writer.writerow(row)
        S3Hook("x").load_file("/tmp/b.csv", "k")
    """
    assert facts(by_file)[-1] == "OUT uploads it with load_file"


def test_a_buffer_holds_what_was_written_into_it():
    code = """
    def f():
        buffer = io.StringIO()
        pd.read_csv("a.csv").to_csv(buffer)
        buffer.seek(0)
        psycopg2.connect(d).cursor().copy_expert("COPY a FROM STDIN", buffer)
    """
    assert facts(code)[-1] == "OUT copies it into the database"


def test_a_file_that_is_streamed_is_not_read():
    code = """
    def f():
        with open("/data/a.csv", "rb") as file:
            S3Hook("x").load_file_obj(file, "k")
    """
    assert not is_heavy(code)


def test_a_loop_that_carries_page_by_page_is_bulk():
    code = """
    def f(urls):
        for url in urls:
            S3Hook("x").load_bytes(requests.get(url).content, url)
    """
    gathered = ["IN gathers the answers of url in a loop", "OUT uploads it with load_bytes"]
    assert [fact for fact in facts(code) if fact in gathered] == gathered


def test_chunks_move_every_row_all_the_same():
    code = """
    def f():
        for chunk in pd.read_sql("SELECT * FROM a", conn, chunksize=1000):
            chunk.to_sql("b", engine, chunksize=None)
    """
    assert is_heavy(code)
    fetched = """
    def f():
        cursor = psycopg2.connect(d).cursor()
        cursor.execute("SELECT * FROM a")
        rows = cursor.fetchmany(1000)
        while rows:
            PostgresHook("x").insert_rows("b", rows)
            rows = cursor.fetchmany(1000)
    """
    assert is_heavy(fetched)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM 'a.parquet'", ["IN queries a.parquet with duckdb"]),
        ("SELECT 1", []),
        ("PRAGMA version", []),
        ("SELECT a, sum(b) FROM t GROUP BY a", ["IN queries t with duckdb", "WORK groups it"]),
        (
            "COPY (SELECT * FROM t JOIN u USING (a)) TO 'out.parquet'",
            ["IN queries t with duckdb", "WORK joins it", "OUT writes the result"],
        ),
        ("CREATE TABLE a AS SELECT * FROM b", ["IN queries b with duckdb", "OUT writes the result"]),
        ("INSERT INTO a VALUES (?)", []),
    ],
)
def test_duckdb_works_in_the_worker(query, expected):
    assert facts(f"def f():\n    con = duckdb.connect('x')\n    con.execute({query!r})\n") == expected


def test_duckdb_reads_and_writes_files_and_names_that_are_not_known():
    code = """
    def f(query):
        duckdb.sql(query).write_csv("a.csv")
        duckdb.read_parquet("b.parquet").aggregate("sum(a)").df().to_csv("c.csv")
    """
    assert facts(code) == [
        "IN queries query with duckdb",
        "OUT writes it with write_csv",
        "IN reads b.parquet into duckdb",
        "WORK aggregates it",
        "OUT writes it with to_csv",
    ]


def test_spark_is_a_driver_in_the_worker_and_what_it_collects():
    code = """
    from pyspark.sql import SparkSession
    def f():
        spark = SparkSession.builder.master("local[*]").appName("x").getOrCreate()
        frame = spark.read.option("a", "b").parquet("a").filter("x")
        frame.toPandas().to_csv("a.csv")
    """
    assert facts(code) == [
        "COMPUTE runs a Spark driver",
        "IN collects data into pandas",
        "OUT writes it with to_csv",
    ]
    remote = code.replace('master("local[*]").appName("x")', 'remote("sc://x")')
    assert facts(remote)[:1] == ["IN collects data into pandas"]


def test_xcom_is_told_apart():
    code = """
    def f(ti):
        df = pd.read_csv("a.csv")
        ti.xcom_push(key="rows", value=df.to_dict("records"))
        ti.xcom_push("count", len(df))
    """
    assert [one.words for one in examine(code).of(Kind.XCOM)] == ["pushes it to XCom"]


def test_clickhouse_gives_rows_at_once_and_takes_them():
    code = """
    from clickhouse_driver import Client
    def f():
        client = Client("x")
        rows = client.execute("SELECT * FROM a")
        client.execute("INSERT INTO b VALUES", rows)
        client.execute("TRUNCATE TABLE c")
    """
    assert facts(code) == ["IN fetches a", "OUT writes it with execute"]


def test_sheets_and_orm_and_documents():
    code = """
    import gspread
    from airflow import settings
    from pymongo import MongoClient
    def f():
        rows = gspread.authorize(c).open("x").worksheet("y").get_all_records()
        pd.DataFrame(rows).to_sql("t", engine)
        session = settings.Session()
        found = session.query(Model).filter(a).all()
        session.query(Model).count()
        MongoClient("x")["db"]["fruits"].insert_many(found)
    """
    assert facts(code) == [
        "IN reads a whole sheet",
        "IN reads a whole sheet into pandas",
        "OUT writes it with to_sql",
        "IN fetches data by the ORM",
        "OUT writes it with insert_many",
    ]
