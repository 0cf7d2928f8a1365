"""Groups."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.models.baseoperator import chain
    from airflow.utils.task_group import TaskGroup
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("groups", start_date=datetime(2024, 1, 1), schedule=None, default_args={"trigger_rule": "all_done"}):
    begin = EmptyOperator(task_id="begin")
    with TaskGroup("outer", default_args={"trigger_rule": "one_failed"}) as outer:
        a = EmptyOperator(task_id="a")
        with TaskGroup("inner") as inner:
            b = EmptyOperator(task_id="b", trigger_rule="always")
            c = EmptyOperator(task_id="c")
            b >> c
        a >> inner
    with TaskGroup("flat", prefix_group_id=False) as flat:
        d = EmptyOperator(task_id="d")
        with TaskGroup("deep"):
            EmptyOperator(task_id="e")
    end = EmptyOperator(task_id="end")
    begin >> outer >> flat >> end
    chain(begin, [a, d], end)
