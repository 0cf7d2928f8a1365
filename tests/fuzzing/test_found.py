"""What fuzzing has found: each of these texts broke a law once. `python -m fuzzing` prints such entries."""

from __future__ import annotations

import pytest

from fuzzing.laws import Case, hold

FOUND = [
    # nothing raises: AttributeError at dags.py:94 schedule_of (default_arguments.py)
    (
        "from airflow import DAG\n"
        "from airflow.operators.empty import EmptyOperator\n"
        "with DAG(schedule=EmptyOperator(task_id='t')):\n"
        "    pass\n"
        "with DAG(schedule=DAG('other')):\n"
        "    pass\n"
    ),
    # nothing raises: IndexError at outlook.py:95 (scopes.py): Airflow 2 does not see the DAG that 3 sees
    (
        "try:\n"
        "    from airflow.sdk import DAG\n"
        "except 0:\n"
        "    pass\n"
        "with DAG(schedule='@daily') as scopes:\n"
        "    pass\n"
    ),
    # nothing raises: ValueError at dates.py:102 __add__ (dag601_catchup.py): the first day of all
    (
        "import pendulum\n"
        "from airflow import DAG\n"
        "with DAG('d', schedule='@hourly', start_date=pendulum.datetime(1, 1, 1)):\n"
        "    pass\n"
        "with DAG('e', schedule='@hourly', start_date=pendulum.datetime(1, 1, 1, tz='Asia/Seoul')):\n"
        "    pass\n"
        "with DAG('f', schedule='@yearly', start_date=pendulum.datetime(9999, 12, 31, 23, tz='America/New_York')):\n"
        "    pass\n"
    ),
    # bounded: 20 s at file.py:174 _builds (f1224.py): each function of a loop was looked at again
    (
        "from airflow import DAG\n"
        "with DAG('d', schedule=None):\n"
        "    for number in range(500):\n"
        "        def key(row):\n"
        "            return [row.get('a'), row.get('b'), number]\n"
    ),
    # layout does not matter: DAG303 (f1372.py): of an f-string with escapes the flow read the spelling
    (
        "import requests\n"
        "from airflow.decorators import task\n"
        "from airflow.providers.postgres.hooks.postgres import PostgresHook\n"
        "@task()\n"
        "def load():\n"
        "    write(PostgresHook(postgres_conn_id=0), requests.get().json())\n"
        "def write(hook, rows):\n"
        "    with hook.get_conn() as connection:\n"
        "        with connection.cursor as cursor:\n"
        "            for number, row in rows:\n"
        '                query = f"""\n'
        "                INSERT INTO {table} ({columns})\n"
        '                """\n'
        "                cursor.execute(query, row)\n"
    ),
    # nothing raises: OutOfFuelError at interpreter.py:171 evaluate (f18.py): what was left was nothing
    (
        "from airflow.sdk import dag, task\n"
        "@dag\n"
        "def build():\n"
        "    @task.bash\n"
        "    def run():\n"
        "        return 0\n"
        "    def loop():\n"
        "        while True:\n"
        "            pass\n"
        "    loop()\n"
    ),
]


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found_once_holds_for_good(text: str) -> None:
    hold(Case(text))
