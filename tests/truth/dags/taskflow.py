"""Taskflow."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow.decorators import dag, task

import pendulum


@dag(schedule="@hourly", start_date=pendulum.datetime(2024, 1, 1), catchup=False)
def taskflow_etl(limit: int = 5):
    @task
    def extract(n=1):
        return [n]

    @task(task_id="change", trigger_rule="all_done")
    def transform(rows, factor=2):
        return rows

    @task
    def load(rows):
        pass

    one, two = extract(), extract(2)
    changed = transform(one, factor=two)
    load.override(task_id="save")(changed)
    load.partial().expand(rows=[changed, one])
    transform.override(trigger_rule="one_success")({"a": [two]})


taskflow_etl()
