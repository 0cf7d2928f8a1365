"""Classes."""

try:
    from airflow.sdk import DAG, TaskGroup, chain, cross_downstream, dag, task, task_group
except ImportError:
    from airflow import DAG
import pendulum
from airflow.providers.standard.operators.bash import BashOperator


class Loud(BashOperator):
    ui_color = "#fff"

    def __init__(self, *, words, loud=True, **kwargs):
        super().__init__(bash_command=f"echo {words.upper() if loud else words}", **kwargs)
        self.words = words


class Pipeline:
    rules = ("all_success", "all_done")

    def __init__(self, name, size):
        self.name = name
        self.tasks = []
        self.size = size

    def add(self, task):
        if self.tasks:
            self.tasks[-1] >> task
        self.tasks.append(task)
        return self

    def build(self):
        with DAG(self.name, schedule=None, start_date=pendulum.datetime(2024, 1, 1)) as dag:
            for n in range(self.size):
                self.add(Loud(task_id=f"say_{n}", words="hi", trigger_rule=self.rules[n % 2]))
        return dag


small = Pipeline("small_pipeline", 2).build()
Pipeline("big_pipeline", 4).build()
