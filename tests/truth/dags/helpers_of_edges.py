"""chain, chain_linear, cross_downstream, set_upstream and shifts of lists and tuples."""
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain, chain_linear, cross_downstream
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup

with DAG("helpers_of_edges", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    t = {n: EmptyOperator(task_id=f"t{n}") for n in range(20)}
    chain(t[0], [t[1], t[2]], [t[3], t[4]], t[5])
    chain(*[t[n] for n in range(5, 8)])
    chain_linear(t[7], [t[8], t[9]], [t[10], t[11]])
    cross_downstream([t[10], t[11]], [t[12], t[13]])
    t[13] << [t[14], t[15]]
    t[14] >> (t[16], t[17]) >> t[18]
    t[0] >> Label("x") >> [t[14], t[15]]
    t[19].set_upstream([t[18], t[17]])
    with TaskGroup("g") as g:
        a, b = EmptyOperator(task_id="a"), EmptyOperator(task_id="b")
    chain(t[19], Label("into"), g)
    g.set_downstream(EmptyOperator(task_id="last"))
    [t[1], t[2]] >> t[16] << t[3] << t[0]
    t[8] >> [] >> t[9]
