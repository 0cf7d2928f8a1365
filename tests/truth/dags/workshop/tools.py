"""Makers of DAGs."""
from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

from .defaults import COMMON, START


def make_dag(dag_id, names, schedule=None):
    with DAG(dag_id, start_date=START, schedule=schedule, **COMMON) as dag:
        for name in names:
            EmptyOperator(task_id=name)
    return dag


class Pipeline:
    def __init__(self, name):
        self.name = name
        self.steps = []

    def with_steps(self, *steps):
        self.steps.extend(steps)
        return self

    def build(self):
        dag = DAG(self.name, start_date=START, schedule=None)
        before = None
        for step in self.steps:
            task = EmptyOperator(task_id=step, dag=dag)
            if before:
                before >> task
            before = task
        return dag
