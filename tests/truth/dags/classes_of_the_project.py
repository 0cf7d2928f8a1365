"""Class and instance attributes, inheritance, super(), properties, class methods."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator


class Pipeline:
    schedule = "@daily"
    steps = ("extract", "load")
    built = []

    def __init__(self, name):
        self.name = name
        self.built.append(name)
        self.tasks = {}

    @property
    def dag_id(self):
        return f"pipeline_{self.name}"

    @classmethod
    def named(cls, *names):
        return [cls(name) for name in names]

    @staticmethod
    def command(step):
        return f"echo {step}"

    def make(self, step):
        return BashOperator(task_id=step, bash_command=self.command(step))

    def build(self):
        with DAG(self.dag_id, start_date=datetime(2024, 1, 1), schedule=self.schedule, catchup=False) as dag:
            previous = None
            for step in self.steps:
                task = self.tasks[step] = self.make(step)
                if previous is not None:
                    previous >> task
                previous = task
        return dag


class Checked(Pipeline):
    schedule = "30 6 * * *"
    steps = Pipeline.steps + ("check",)

    def __init__(self, name, strict=False):
        super().__init__(name + "_checked")
        self.strict = strict

    def make(self, step):
        task = super().make(step)
        if step == "check":
            task.trigger_rule = "all_done" if not self.strict else "all_success"
        return task


class Left:
    def label(self):
        return "left"


class Right(Left):
    def label(self):
        return "right+" + super().label()


class Other(Left):
    def label(self):
        return "other+" + super().label()


class Both(Right, Other):
    pass


dags = [pipeline.build() for pipeline in Pipeline.named("a", "b") + [Checked("c"), Checked("d", strict=True)]]
special = Pipeline("e")
special.schedule = None
special.steps = ["only"]
built_e = special.build()

with DAG("pipelines_summary", start_date=datetime(2024, 1, 1), schedule=None):
    for built in Pipeline.built:
        EmptyOperator(task_id=f"saw_{built}")
    EmptyOperator(task_id=Both().label().replace("+", "_"))
    EmptyOperator(task_id=f"default_{Pipeline.schedule[1:]}_{len(Checked.steps)}")
