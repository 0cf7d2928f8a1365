"""dag= arguments, adoption, several DAGs at once, tasks outside of all of them."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

first = DAG("explicit_first", start_date=datetime(2024, 1, 1), schedule=None)
second = DAG(dag_id="explicit_second", start_date=datetime(2024, 1, 1), schedule="0 12 * * *", catchup=True)

a = EmptyOperator(task_id="a", dag=first)
b = EmptyOperator(task_id="b")
a >> b
with first:
    c = EmptyOperator(task_id="c")
    elsewhere = EmptyOperator(task_id="d", dag=second)
    with second:
        nested = EmptyOperator(task_id="e")
    back = EmptyOperator(task_id="f")
c >> back
elsewhere >> nested
nobody = EmptyOperator(task_id="nobody")
same = BashOperator(task_id="same", bash_command="1", dag=first)
same = BashOperator(task_id="same", bash_command="2", dag=second)
same << elsewhere
first.doc_md = "x"
second.catchup = False
with second as alias:
    EmptyOperator(task_id="g") << same
