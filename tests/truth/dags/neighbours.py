"""Neighbours."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from lake import naming
from lake.settings import DEFAULTS, schedules
from lake.tasks import bookends

for name in sorted(schedules):
    with DAG(naming.dag_id(name), schedule=schedules[name], **DEFAULTS):
        first, last = bookends(naming.PREFIX)
        first >> EmptyOperator(task_id=name) >> last
