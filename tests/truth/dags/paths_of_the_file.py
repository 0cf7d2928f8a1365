"""os.path and pathlib on __file__, json of a literal."""
import json
import os
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

HERE = Path(__file__)
NAME = os.path.splitext(os.path.basename(__file__))[0]
FOLDER = os.path.basename(os.path.dirname(os.path.abspath(__file__)))
CONFIG = json.loads("""
{"tables": [{"name": "orders", "keys": ["id"]}, {"name": "users", "keys": ["id", "mail"]}],
 "enabled": true, "limit": null, "schedule": "10 3 * * *"}
""")

with DAG(NAME, start_date=datetime(2024, 1, 1), schedule=CONFIG["schedule"], catchup=not CONFIG["enabled"]) as dag:
    EmptyOperator(task_id=f"in_{FOLDER}")
    EmptyOperator(task_id=HERE.stem + HERE.suffix.replace(".", "_"))
    EmptyOperator(task_id=HERE.resolve().parent.name)
    EmptyOperator(task_id=(Path("/data") / "raw" / "x.csv").with_suffix(".parquet").name)
    EmptyOperator(task_id=os.path.join("a", "b", "c.sql").replace(os.sep, "."))
    for table in CONFIG["tables"]:
        keys = [EmptyOperator(task_id=f"{table['name']}_{key}") for key in table["keys"]]
        EmptyOperator(task_id=f"{table['name']}_done") << keys
    if CONFIG["limit"] is None:
        EmptyOperator(task_id="no_limit")
