"""Operators of the project that are mapped: their `__init__` runs in the worker only."""
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import BaseOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator


class LoadOperator(BaseOperator):
    template_fields = ("source",)

    def __init__(self, *, source, trigger_rule="all_done", **kwargs):
        super().__init__(trigger_rule=trigger_rule, **kwargs)
        self.source = source

    def execute(self, context):
        return self.source


class Shell(BashOperator):
    ui_color = "#fff"


class Plain(LoadOperator):
    pass


with DAG("mapped_project_operators", start_date=datetime(2024, 1, 1), schedule=None):
    first = EmptyOperator(task_id="first")
    listed = Shell(task_id="listed", bash_command="echo 1")
    load = LoadOperator.partial(task_id="load").expand(source=["a", "b"])
    plain = Plain.partial(task_id="plain", trigger_rule="one_failed").expand(source=listed.output)
    shell = Shell.partial(task_id="shell", retries=2).expand_kwargs([{"bash_command": "true"}])
    first >> load >> shell
    for name in ("x", "y"):
        Plain.partial(task_id=f"plain_{name}").expand(source=[name]) << load
