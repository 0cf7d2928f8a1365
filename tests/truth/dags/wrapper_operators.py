"""Operators of the project: subclasses, wrappers, mixins, functions that make them."""
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import BaseOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sensors.base import BaseSensorOperator


class Loud:
    prefix = "loud"

    def full(self, name):
        return f"{self.prefix}_{name}"


class LoadOperator(BaseOperator):
    template_fields = ("source",)

    def __init__(self, source, trigger_rule="all_done", **kwargs):
        super().__init__(trigger_rule=trigger_rule, **kwargs)
        self.source = source

    def execute(self, context):
        return self.source


class DailyLoad(Loud, LoadOperator):
    def __init__(self, *, name, **kwargs):
        kwargs.setdefault("source", name)
        super().__init__(task_id=self.full(name), **kwargs)


class Shell(BashOperator):
    ui_color = "#fff"

    def __init__(self, command, **kwargs):
        super().__init__(bash_command=command, **kwargs)


class Wait(BaseSensorOperator):
    def poke(self, context):
        return True


def python(name, **kwargs):
    return PythonOperator(task_id=name, python_callable=lambda: name, **kwargs)


class Builder:
    operator = Shell

    def __init__(self, dag):
        self.dag = dag
        self.made = []

    def shell(self, name):
        self.made.append(self.operator(command="true", task_id=name, dag=self.dag))
        return self

    def __rshift__(self, other):
        self.made[-1] >> other
        return other

    def __iter__(self):
        return iter(self.made)


with DAG("wrapper_operators", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    load = LoadOperator(task_id="load", source="s")
    daily = DailyLoad(name="orders", trigger_rule="one_success")
    upstream = LoadOperator(task_id="from_output", source=load.output, trigger_rule="all_success")
    Wait(task_id="wait") >> load >> Shell(command="echo", task_id="shell") >> daily
    builder = Builder(dag).shell("b1").shell("b2")
    builder >> python("p", trigger_rule="none_failed")
    for task in builder:
        upstream >> task
