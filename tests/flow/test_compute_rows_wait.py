"""COMPUTE, ROWS and WAIT: heavy by itself, row by row, asleep."""

from __future__ import annotations

import pytest
from snippets import examine, facts, is_heavy

from dag_lint.flow import Grade, Kind
from dag_lint.flow.verdict import grade


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            "from sklearn.linear_model import LinearRegression; LinearRegression().fit(X, y)",
            "trains LinearRegression",
        ),
        ("import xgboost as xgb; xgb.train({}, X)", "trains a model with xgboost"),
        ("import joblib; joblib.load('m').predict(X)", "predicts with a model"),
        ("import mlflow; mlflow.pyfunc.load_model('m').predict(X)", "predicts with a model"),
        ("import torch; loss(X).backward()", "trains a network"),
        (
            "from transformers import AutoModel; AutoModel.from_pretrained('x')",
            "runs a model with AutoModel",
        ),
        ("from selenium import webdriver; webdriver.Chrome(options=o)", "drives a browser"),
        ("from playwright.sync_api import sync_playwright as p; p()", "drives a browser"),
        ("import whisper; whisper.load_model('x').transcribe(a)", "transcribes with whisper"),
        ("import cv2; cv2.imread('a.png')", "works on images with cv2"),
        ("from PIL import Image; Image.open(path)", "works on images with Image"),
        ("subprocess.run(['ffmpeg', '-i', path])", "runs ffmpeg in a child process"),
        ("subprocess.run(f'/usr/bin/ogr2ogr {path}', shell=True)", "runs ogr2ogr in a child process"),
        ("os.system('python3 jobs/train_model.py --x')", "runs train_model.py in a child process"),
        ("subprocess.check_call(['mysqldump', 'db'])", "runs mysqldump in a child process"),
        ("from concurrent.futures import ProcessPoolExecutor as P; P(4)", "runs a pool of processes"),
        ("from langchain_chroma import Chroma; Chroma.from_documents(d)", "builds a vector index"),
        ("crunch(X)", "calls crunch"),
        ("import lib; lib.crunch(X)", "calls lib.crunch"),
    ],
)
def test_heavy_by_itself(lines, words):
    code = f"def crunch(x):\n    pass\n\ndef f(X, y, loss, a, d, o, path):\n    {lines}\n"
    evidence = examine(code, heavy=("crunch", "lib.crunch")).of(Kind.COMPUTE)
    assert evidence[0].words == words
    assert is_heavy(code, heavy=("crunch", "lib.crunch"))


@pytest.mark.parametrize(
    "lines",
    [
        "from selenium import webdriver; webdriver.Remote('http://grid')",
        "from sklearn.linear_model import LinearRegression; LinearRegression().fit([[1], [2]], [1, 2])",
        "from sklearn.datasets import load_iris; X = load_iris(); M().fit(X)",
        "from sklearn.datasets import load_iris as l; from sklearn.svm import SVC; SVC().fit(l())",
        "from sklearn.metrics import accuracy_score; accuracy_score(X, y)",
        "subprocess.run(['echo', 'ffmpeg'])",
        "subprocess.run(command)",
        "subprocess.run('say \"something')",
        "subprocess.run([*command])",
        "subprocess.run([])",
        "subprocess.run('')",
        "subprocess.run()",
        "os.system('python3 jobs/report.py')",
        "os.system('spark-submit job.py')",
        "crunch(X)",
    ],
)
def test_light_whatever_it_looks_like(lines):
    code = f"def crunch(x):\n    pd.read_csv(x).melt()\n\ndef f(X, y, command):\n    {lines}\n"
    assert facts(code, light=("crunch",)) == []


def test_preparing_data_is_work_and_needs_data():
    code = """
    from sklearn.preprocessing import StandardScaler
    def f(X):
        StandardScaler().fit_transform(Y)
        StandardScaler().fit_transform(pd.read_csv("a.csv"))
    """
    assert facts(code)[-1] == "WORK fits StandardScaler to it"
    assert not is_heavy(code.replace('pd.read_csv("a.csv")', "Z"))


@pytest.mark.parametrize(
    ("loop", "statement", "words"),
    [
        (
            "for row in PostgresHook('x').get_records('SELECT * FROM a'):",
            "cursor.execute('INSERT INTO b VALUES (%s)', row)",
            "inserts",
        ),
        (
            "for i, row in pd.read_csv('a.csv').iterrows():",
            "hook.run(f'UPDATE b SET x = {row.x}')",
            "runs an UPDATE",
        ),
        (
            "for n, row in enumerate(PostgresHook('x').get_records('SELECT * FROM a')):",
            "cursor.execute('DELETE FROM b WHERE id = %s', (row[0],))",
            "runs a DELETE",
        ),
        ("for row in csv.reader(open('a.csv')):", "cursor.execute(sql, row)", "writes"),
        (
            "for row in json.load(open('a.json')):",
            "cursor.execute('WITH x AS (SELECT 1) SELECT %s', row)",
            "runs a query",
        ),
        ("for url in pd.read_csv('a.csv')['url']:", "requests.get(url)", "sends a request"),
        ("for url in pd.read_csv('a.csv')['url']:", "session.post(url)", "sends a request"),
        (
            "for text in pd.read_csv('a.csv').text:",
            "client.chat.completions.create(x=text)",
            "asks a language model",
        ),
        ("for row in requests.get(u).json():", "collection.update_one({}, row)", "writes"),
        (
            "for row in requests.get(u).json():",
            "cursor.execute('OPTIONS ' + str(row), row)",
            "runs a statement",
        ),
    ],
)
def test_one_call_for_each_row(loop, statement, words):
    code = f"""
    from openai import OpenAI
    from pymongo import MongoClient
    def f(sql, u):
        hook = PostgresHook("y")
        cursor = hook.get_conn().cursor()
        session = requests.Session()
        client = OpenAI()
        collection = MongoClient("x").db.fruits
        {loop}
            {statement}
    """
    rows = examine(code).of(Kind.ROWS)
    assert [one.words for one in rows] == [f"{words} for each row"]
    assert grade(rows[0].origins) >= Grade.FETCHED


@pytest.mark.parametrize(
    ("loop", "statement"),
    [
        ("for row in [1, 2, 3]:", "cursor.execute('INSERT INTO b VALUES (%s)', row)"),
        ("for row in FRUITS:", "cursor.execute('INSERT INTO b VALUES (%s)', row)"),
        ("for row in rows():", "cursor.execute('ALTER TABLE b ADD x')"),
        (
            "for row in PostgresHook('x').get_records('SELECT * FROM a'):",
            "cursor.execute(f'DROP TABLE {row[0]}')",
        ),
        ("for row in PostgresHook('x').get_records('SELECT * FROM a'):", "cursor.execute(row[0])"),
        (
            "for row in PostgresHook('x').get_records('SELECT * FROM a'):",
            "cursor.execute('INSERT INTO log VALUES (1)')",
        ),
        (
            "for row in PostgresHook('x').get_records('SELECT * FROM a'):",
            "MyOperator(task_id=row[0]).execute({})",
        ),
        ("while True:", "cursor.execute('INSERT INTO b VALUES (1)')"),
    ],
)
def test_no_row_no_rows(loop, statement):
    code = f"""
    from airflow.operators.x import MyOperator
    FRUITS = {{"a": 1}}
    def rows():
        return [1, 2]
    def f():
        cursor = PostgresHook("y").get_conn().cursor()
        {loop}
            {statement}
    """
    assert not examine(code).of(Kind.ROWS)


def test_a_statement_for_each_row_in_a_helper_is_told_once():
    code = """
    def write(cursor, row):
        cursor.execute("INSERT INTO a VALUES (%s)", row)

    def f():
        cursor = PostgresHook("x").get_conn().cursor()
        for index, row in pd.read_csv("a.csv").iterrows():
            write(cursor, row)
    """
    assert facts(code) == ["IN reads a.csv into pandas", "ROWS inserts for each row"]
    assert not is_heavy(code), "a finding of DAG303 alone"


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("time.sleep(10)", 10),
        ("sleep(10)", 10),
        ("time.sleep(PAUSE)", 90),
        ("time.sleep(PAUSE * 2 + 1)", 181),
        ("time.sleep(PAUSE / 3)", 30),
        ("time.sleep(int(5))", 5),
        ("time.sleep(local)", 7),
        ("time.sleep(-1)", -1),
        ("time.sleep(0x10)", None),
        ("time.sleep(PAUSE - 1)", None),
        ("time.sleep(unknown)", None),
        ("time.sleep(either)", None),
        ("asyncio.sleep(1.5)", 1.5),
        ("time.sleep()", None),
    ],
)
def test_sleeps_say_their_seconds(line, seconds):
    code = f"""
    from time import sleep
    PAUSE = 90
    def f(unknown, flag):
        local = 7
        either = 3
        if flag:
            either = 4
        {line}
    """
    (wait,) = examine(code).of(Kind.WAIT)
    assert wait.seconds == seconds
    assert wait.loop is None


def test_a_sleep_knows_its_loop_and_whether_the_loop_gathers():
    code = """
    def f(pages):
        while not done():
            time.sleep(1)
        for page in pages:
            time.sleep(2)
        found = []
        while pages:
            found.append(requests.get("https://a.example").json())
            time.sleep(3)
        else:
            time.sleep(4)
    """
    waits = examine(code).of(Kind.WAIT)
    assert [(wait.seconds, wait.loop, wait.pauses) for wait in waits] == [
        (1, "while", False),
        (2, "for", False),
        (3, "while", True),
        (4, None, False),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "while True:\n  try:\n   return get()\n  except ValueError:\n   time.sleep(3)\n",
        "while n < 3:\n  try:\n   get()\n   break\n  except ValueError:\n   n += 1\n  time.sleep(3)\n",
        "for n in x:\n  try:\n   get()\n  except ValueError:\n   pass\n  else:\n   return n\n  time.sleep(3)\n",
    ],
)
def test_a_pause_before_something_is_tried_again(body):
    (wait,) = examine(f"def f(n, x, get):\n {body}").of(Kind.WAIT)
    assert wait.retries


def test_a_poll_that_survives_errors_is_a_poll():
    code = """
    def f(get):
        while not get():
            try:
                if get():
                    break
            except ValueError:
                pass
            time.sleep(3)
    """
    (wait,) = examine(code).of(Kind.WAIT)
    assert not wait.retries
