"""IN: what counts as bulk data coming in, and what does not."""

from __future__ import annotations

import pytest
from snippets import examine, facts, is_heavy

from dag_lint.flow import Grade, Kind


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("pd.read_csv('/data/a.csv')", "reads a.csv into pandas"),
        ("pd.read_parquet('s3://b/events.parquet')", "reads events.parquet into pandas"),
        ("pd.read_csv(path)", "reads path into pandas"),
        ("pd.read_csv(f'/data/{day}/orders.csv')", "reads orders.csv into pandas"),
        ("pd.read_csv('/data/' + day)", "reads data into pandas"),
        ("pd.read_sql('SELECT * FROM shop.orders', conn)", "reads shop.orders into pandas"),
        ("pd.read_sql(query, conn)", "reads a query into pandas"),
        ("pd.read_sql(f'SELECT * FROM {table}', conn)", "reads a query into pandas"),
        ("pd.read_sql('WITH a AS (SELECT 1 FROM b) SELECT * FROM a', conn)", "reads b into pandas"),
        ("pd.read_csv(make_path())", "reads make_path() into pandas"),
        ("pd.read_csv(paths[0])", "reads data into pandas"),
        ("pl.scan_parquet('a.parquet')", "reads a.parquet into polars"),
        ("PostgresHook('x').get_pandas_df('SELECT * FROM a')", "reads a into pandas"),
        ("PostgresHook('x').get_records('SELECT * FROM a')", "fetches a"),
        ("PostgresHook('x').get_records(sql=QUERY)", "fetches fruits"),
        ("S3Hook('x').read_key('a/b.json')", "reads b.json whole"),
        ("boto3.client('s3').get_object(Bucket='b', Key='k/x.csv')['Body'].read()", "reads x.csv whole"),
        ("boto3.resource('s3').Object('b', 'x.csv').get()['Body'].read()", "reads data whole"),
        ("duckdb.sql(\"SELECT * FROM 'a.parquet'\").df()", "queries a.parquet with duckdb"),
        ("self_made.fetchall()", "fetches a query"),
        ("requests.get('https://api.example.com/a?b=c').json()", "requests api.example.com"),
        ("requests.request('GET', url)", "requests url"),
        ("open('/data/big.csv').read()", "reads big.csv"),
    ],
)
def test_a_reader_says_what_it_reads(line, words):
    code = f"""
    QUERY = "SELECT * FROM fruits"
    def f(path, day, table, conn, query, url, paths):
        x = {line}
    """
    assert facts(code) == [f"IN {words}"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM a",
        "SELECT max(x), min(y) FROM a WHERE z > 1",
        "SELECT COALESCE(MAX(x), 0) FROM a",
        "SELECT * FROM a LIMIT 10",
        "SELECT TOP 5 * FROM a",
        "SELECT 1",
        "SHOW TABLES",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM a WHERE id = %s",
        "-- all of it\nSELECT count(*) FROM a",
        "PRAGMA table_info(a)",
    ],
)
def test_a_small_result_is_no_bulk(query):
    code = f"def f():\n    pd.DataFrame(PostgresHook('x').get_records({query!r})).to_csv('a.csv')\n"
    assert facts(code) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM a",
        "SELECT * FROM a LIMIT 100000",
        "SELECT * FROM a LIMIT 100 OFFSET 300",
        "SELECT * FROM (SELECT * FROM a LIMIT 5) JOIN b ON true",
        "SELECT x, count(*) OVER (PARTITION BY y) FROM a",
        "SELECT id, (SELECT max(x) FROM b) FROM a",
        "",
    ],
)
def test_a_large_or_unknown_result_is_bulk(query):
    code = f"def f():\n    pd.DataFrame(PostgresHook('x').get_records({query!r})).to_csv('a.csv')\n"
    assert is_heavy(code)


def test_groups_are_bulk_only_together_with_work_and_a_write():
    query = "SELECT a, count(*) FROM b GROUP BY a"
    code = f"def f():\n    PostgresHook('x').insert_rows('t', PostgresHook('x').get_records({query!r}))\n"
    assert examine(code).of(Kind.IN)[0].grade is Grade.FETCHED
    assert not is_heavy(code)


def test_a_cursor_remembers_its_statement():
    code = """
    def f():
        cursor = PostgresHook("x").get_conn().cursor()
        cursor.execute("SELECT * FROM orders")
        cursor.execute("SELECT count(*) FROM orders")
        return cursor.fetchall()
    """
    assert facts(code) == []
    assert facts(code.replace("count(*)", "*"))[0] == "IN fetches orders"


def test_rows_fetched_one_by_one_are_bulk():
    code = """
    def f():
        cursor = psycopg2.connect(dsn).cursor()
        cursor.execute("SELECT * FROM orders")
        while True:
            row = cursor.fetchone()
            if not row:
                break
            requests.post("https://example.com", json=row)
    """
    assert facts(code)[:2] == ["IN fetches orders row by row", "ROWS sends a request for each row"]


def test_one_row_is_none():
    code = """
    def f():
        cursor = psycopg2.connect(dsn).cursor()
        cursor.execute("SELECT * FROM orders")
        return cursor.fetchone()
    """
    assert facts(code) == []


def test_a_downloaded_file_is_bulk_when_it_is_opened():
    code = """
    def f():
        with tempfile.NamedTemporaryFile() as temporary:
            S3Hook("x").download_file(key="orders.json", local_path=temporary.name)
            with open(temporary.name) as file:
                orders = json.load(file)
        return [{"id": order["id"]} for order in orders]
    """
    assert facts(code) == ["IN downloads orders.json", "WORK loops over its rows", "XCOM returns it"]


def test_a_downloaded_file_is_bulk_when_a_frame_reads_it():
    code = """
    def f(path):
        S3Hook("x").download_file("orders.csv", local_path=path)
        pd.read_csv(path).to_sql("orders", engine)
    """
    assert facts(code) == ["IN downloads orders.csv", "OUT writes it with to_sql"]


def test_a_download_into_a_buffer():
    code = """
    def f():
        buffer = io.BytesIO()
        boto3.client("s3").download_fileobj("b", "x.zip", buffer)
        zipfile.ZipFile(buffer).extractall("/data")
    """
    assert facts(code) == ["IN downloads b", "WORK unpacks it"]


@pytest.mark.parametrize(
    "loop",
    [
        "while True:",
        "for page in range(pages):",
        "for url in urls:",
    ],
)
def test_answers_gathered_in_a_loop_are_bulk(loop):
    code = f"""
    def f(pages, urls):
        found = []
        {loop}
            answer = requests.get("https://api.example.com/x").json()
            found.extend(answer["items"])
        json.dump(found, open("a.json", "w"))
    """
    assert "IN gathers the answers of api.example.com in a loop" in facts(code)
    assert is_heavy(code)


@pytest.mark.parametrize(
    "loop", ["for attempt in range(3):", "for city in ['a', 'b']:", "for city in CITIES:"]
)
def test_answers_gathered_over_a_literal_are_few(loop):
    code = f"""
    CITIES = ["a", "b"]
    def f():
        found = []
        {loop}
            found.append(requests.get("https://api.example.com/x").json())
        json.dump(found, open("a.json", "w"))
    """
    assert not is_heavy(code)


def test_pages_gathered_by_a_comprehension_and_by_a_generator():
    comprehension = """
    def f(urls):
        json.dump([requests.get(url).json() for url in urls], open("a.json", "w"))
    """
    generator = """
    def pages(urls):
        for url in urls:
            yield requests.get(url).json()

    def f(urls):
        json.dump(list(pages(urls)), open("a.json", "w"))
    """
    assert is_heavy(comprehension)
    assert is_heavy(generator)


def test_one_answer_is_light_until_it_is_worked_on_and_written():
    assert not is_heavy("def f():\n    json.dump(requests.get(u).json(), open('a.json', 'w'))\n")
    code = """
    def f():
        rows = []
        for item in requests.get("https://example.com/x").json():
            rows.append((item["a"], item["b"]))
        PostgresHook("x").insert_rows("t", rows)
    """
    assert is_heavy(code)


def test_a_frame_of_an_answer_is_bulk():
    code = "def f():\n    pd.DataFrame(requests.get('https://a.example/x').json()).to_sql('t', engine)\n"
    assert facts(code) == [
        "IN requests a.example",
        "IN requests a.example into pandas",
        "OUT writes it with to_sql",
    ]


def test_the_whole_body_of_an_answer_that_is_written_is_a_download():
    assert is_heavy("def f(u):\n    open('a.bin', 'wb').write(requests.get(u).content)\n")
    assert is_heavy("def f(u):\n    zipfile.ZipFile(io.BytesIO(requests.get(u).content)).extractall('d')\n")


@pytest.mark.parametrize(
    "line",
    [
        "pd.DataFrame({'a': [1, 2]}).to_csv('a.csv')",
        "pd.DataFrame(FRUITS).groupby('a').sum().to_csv('a.csv')",
        "pd.DataFrame(default).to_csv('a.csv')",
        "pd.DataFrame().to_csv('a.csv')",
        "pd.DataFrame([{'day': day}]).to_sql('log', engine)",
        "pd.concat([pd.DataFrame(FRUITS), pd.DataFrame()]).to_csv('a.csv')",
        "pd.read_csv('a.csv').head(5).to_csv('b.csv')",
        "print(len(pd.read_csv('a.csv').columns))",
    ],
)
def test_frames_of_literals_and_few_rows_are_light(line):
    code = f"""
    FRUITS = [{{"a": 1}}, {{"a": 2}}]
    def f(day, default=[1, 2]):
        {line}
    """
    assert not is_heavy(code)


def test_a_frame_that_another_task_made_is_bulk_if_its_type_says_so():
    assert is_heavy("def f(orders: pd.DataFrame):\n    orders.to_sql('t', engine)\n")
    assert is_heavy("def f(orders: 'x', shops: pl.DataFrame):\n    shops.write_parquet('a')\n")
    assert not is_heavy("def f(orders):\n    return orders\n")


def test_a_frame_from_who_knows_where_needs_work_and_a_write():
    work = "def f(data):\n    frame = pd.DataFrame(data)\n    frame = frame.groupby('a').sum()\n"
    assert not is_heavy(work)
    assert is_heavy(work + "    frame.to_sql('t', engine)\n")
    assert is_heavy(work + "    return frame.merge(frame)\n")
    assert is_heavy(
        "def f(spec):\n    frame = spec.load()\n    frame.groupby('a').sum().to_sql('t', engine)\n"
    )


def test_grades_and_helpers_are_told():
    code = """
    def read():
        return pd.read_csv("a.csv")

    def f():
        return read()
    """
    evidence = examine(code).evidence
    assert [(one.kind, one.grade, one.helper) for one in evidence] == [
        (Kind.IN, Grade.BULK, "read"),
        (Kind.XCOM, Grade.BULK, None),
    ]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ("cursor", "fetches orders"),
        ("connection.execute('SELECT * FROM fruits')", "fetches fruits"),
        ("bigquery.Client().query('SELECT * FROM fruits').result()", "fetches fruits"),
        ("settings.Session().query(Model)", "fetches data by the ORM"),
        ("KafkaConsumer('topic')", "consumes messages"),
        ("Salesforce(x).query_all('SELECT Id FROM Account')['records']", "asks an API"),
        ("build('sheets').spreadsheets().values().get(x=1).execute()['values']", "asks an API"),
    ],
)
def test_what_is_iterated_is_fetched(over, words):
    code = f"""
    from airflow import settings
    from google.cloud import bigquery
    from googleapiclient.discovery import build
    from kafka import KafkaConsumer
    from simple_salesforce import Salesforce
    def f(x):
        connection = psycopg2.connect(x)
        cursor = connection.cursor()
        cursor.execute("SELECT * FROM orders")
        for row in {over}:
            print(row)
    """
    assert f"IN {words}" in facts(code)


def test_a_small_result_is_iterated_all_the_same():
    code = """
    def f(x):
        for row in psycopg2.connect(x).execute("SELECT * FROM a LIMIT 3"):
            print(row)
        for row in psycopg2.connect(x).execute("SELECT a, count(*) FROM a GROUP BY a"):
            print(row)
    """
    assert [one.grade for one in examine(code).of(Kind.IN)] == [Grade.FETCHED]


def test_a_client_library_is_asked_page_by_page_and_told_row_by_row():
    code = """
    from notion_client import Client
    def f(x):
        client, found = Client(auth=x), []
        while True:
            found.extend(client.databases.query(database_id=x)["results"])
        for row in found:
            client.pages.create(properties=row)
    """
    assert is_heavy(code)
    assert "ROWS sends a request for each row" in facts(code)
