"""What depends on the environment exists or does not."""
import os
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

SWITCH = os.environ.get("DAG_TRUTH")

if SWITCH:
    NAME, RULE = "switched", "all_done"
else:
    NAME, RULE = "plain", "all_success"

with DAG("unknown_conditions", start_date=datetime(2024, 1, 1), schedule="@daily" if SWITCH else None, catchup=False) as dag:
    start = EmptyOperator(task_id="start")
    end = EmptyOperator(task_id="end", trigger_rule=RULE)
    named = EmptyOperator(task_id=f"named_{NAME}")
    if SWITCH:
        extra = BashOperator(task_id="extra", bash_command="true")
        start >> extra >> end
        extra2 = EmptyOperator(task_id="extra2")
        extra >> extra2
    else:
        start >> end
    one = EmptyOperator(task_id="one") if SWITCH else EmptyOperator(task_id="other")
    one >> end
    operators = {"a": EmptyOperator(task_id="a"), "b": EmptyOperator(task_id="b")}
    chosen = operators["a" if SWITCH else "b"]
    chosen >> end
    chosen.trigger_rule = "none_failed"
    later = [start]
    if SWITCH:
        later.append(end)
    EmptyOperator(task_id="after_later") << later
    for name in ["x", "y", "z"]:
        if SWITCH and name == "y":
            break
        EmptyOperator(task_id=name)
    end >> EmptyOperator(task_id="fin")
