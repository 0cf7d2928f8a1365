"""partial, expand, expand_kwargs, map, zip: what is mapped and what it waits for."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.providers.standard.operators.bash import BashOperator

with DAG("mapped_tasks", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [1, 2]

    @task
    def add(x, y=1):
        return x + y

    @task
    def total(values):
        return sum(values)

    source = numbers()
    added = add.partial(y=5).expand(x=source)
    total(added)
    add.expand(x=[1, 2], y=source)
    add.expand_kwargs([{"x": 1}, {"x": 2, "y": 3}])
    BashOperator.partial(task_id="shell", trigger_rule="all_done").expand(bash_command=["a", "b"]) >> added
    BashOperator.partial(task_id="kwargs", bash_command="x").expand_kwargs(source.map(lambda n: {"env": {"N": str(n)}}))
    total.override(task_id="zipped").expand(values=source.zip(added))

    @task_group
    def pair(x):
        first = add(x)
        return total.override(task_id="last")([first])

    pair.expand(x=source) >> BashOperator(task_id="after", bash_command="true")
