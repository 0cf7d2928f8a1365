"""Edges."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
    from airflow.decorators import dag
    from airflow.models.baseoperator import chain, cross_downstream
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator

try:
    from airflow.sdk import Label, chain_linear
except ImportError:
    from airflow.models.baseoperator import chain_linear
    from airflow.utils.edgemodifier import Label

with DAG("edges", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    t = [EmptyOperator(task_id=f"t{n}") for n in range(12)]
    t[0] >> [t[1], t[2]] >> t[3]
    t[3] << t[4]
    (t[4], t[5]) >> t[6]
    t[6] >> Label("yes") >> t[7]
    chain(t[7], [t[8], t[9]], [t[10], t[11]])
    cross_downstream([t[0], t[1]], [t[10], t[11]])
    t[5].set_upstream([t[2], t[1]])
    t[2].set_downstream(t[9])
    chain_linear([t[8], t[9]], t[11])
    t[1] >> [] >> t[2]
