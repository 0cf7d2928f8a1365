"""@task called again and again, overridden, handed around."""
from datetime import datetime

from airflow.decorators import dag, task
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator


class Work:
    @staticmethod
    @task
    def static(x):
        return x


@task
def add(x, y=0):
    return x + y


@task.branch(task_id="choose")
def pick():
    return "add"


@task.short_circuit
def check():
    return True


@task.bash
def shell():
    return "echo"


@task.sensor(poke_interval=5, mode="reschedule")
def wait():
    return True


@dag(start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False, tags=["x"])
def taskflow_calls(limit=3):
    one = add(1)
    two = add(one, y=add(2))
    three = add.override(task_id="three", trigger_rule="all_done")(two)
    four = add.override(task_id="add")(three)
    numbers = [add(n) for n in range(2)]
    add(numbers, y={"k": [four, {"deep": one}]})
    pick() >> [one, three]
    check() >> two
    shell() >> wait()
    BashOperator(task_id="templated", bash_command="echo", env={"A": two, "B": "x"})
    BashOperator(task_id="ignored", bash_command="echo", doc_md="x").set_upstream(four)
    Work.static(one)
    one.operator >> EmptyOperator(task_id="by_operator")
    three["key"] >> EmptyOperator(task_id="by_key")


taskflow_calls()
