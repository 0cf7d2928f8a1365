"""Names bound again and again, deleted, shadowed; walrus, ternaries, chained comparisons."""
from datetime import datetime as DAG_START

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator as Operator
from airflow.providers.standard.operators.empty import EmptyOperator

str = "text"
max = lambda *values: values[0]
start = DAG_START(2024, 1, 1)

with DAG("shadowed", start_date=start, schedule=None) as dag:
    task = EmptyOperator(task_id=f"one_{str}")
    task >> (task := EmptyOperator(task_id="two")) >> (task := EmptyOperator(task_id="three"))
    op = Operator(task_id="a", bash_command="1")
    op >> task
    op = Operator(task_id="b", bash_command="2")
    op >> task
    del op
    op = EmptyOperator
    op(task_id="c")
    limit = 5
    EmptyOperator(task_id="low" if 1 < limit <= 5 != 6 else "high")
    EmptyOperator(task_id=f"max_{max(3, 9)}")
    if (size := len("four")) == 4 and not size > 4 > 3:
        EmptyOperator(task_id=f"size_{size}")
    names = ["x"]
    names, old = names + ["y"], names
    EmptyOperator(task_id=f"lists_{len(names)}_{len(old)}")
    value = None or 0 or "" or "last"
    EmptyOperator(task_id=value)
