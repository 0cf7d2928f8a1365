"""try bodies that fail, and those that do not."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

CONFIG = {"retries": "3", "bad": "three"}

try:
    retries = int(CONFIG["retries"])
except ValueError:
    retries = 0

try:
    wrong = int(CONFIG["bad"])
except ValueError:
    wrong = -1

try:
    missing = CONFIG["missing"]
except KeyError:
    missing = "fallback"
else:
    missing = "never"
finally:
    cleaned = "yes"


def check(name):
    if name.startswith("x"):
        raise ValueError(name)
    return name


def guarded(name):
    try:
        return EmptyOperator(task_id=check(name))
    except ValueError as error:
        return EmptyOperator(task_id=f"rejected_{len(name)}")


with DAG("failing_tries", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = guarded("a")
    b = guarded("xyz")
    a >> b
    EmptyOperator(task_id=f"cleaned_{cleaned}")
    try:
        first = EmptyOperator(task_id="in_try")
        raise RuntimeError("done")
        EmptyOperator(task_id="dead_code")
    except (TypeError, RuntimeError):
        first >> EmptyOperator(task_id="in_handler")
    except Exception:
        EmptyOperator(task_id="wrong_handler")
    else:
        EmptyOperator(task_id="in_else")
