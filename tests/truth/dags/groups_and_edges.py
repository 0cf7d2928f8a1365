"""Edges to groups before, while and after they are filled; groups in lists; groups of groups."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup

with DAG("groups_and_edges", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    start, end = EmptyOperator(task_id="start"), EmptyOperator(task_id="end")
    with TaskGroup("one") as one:
        a = EmptyOperator(task_id="a")
        start >> one
        b = EmptyOperator(task_id="b")
        a >> b
        c = EmptyOperator(task_id="c")
    one >> end
    with TaskGroup("two") as two:
        with TaskGroup("inner") as inner:
            d, e = [EmptyOperator(task_id=name) for name in "de"]
        f = EmptyOperator(task_id="f")
        inner >> f
        with TaskGroup("bare", prefix_group_id=False) as bare:
            EmptyOperator(task_id="g") >> EmptyOperator(task_id="h")
        f >> bare
    [one, start] >> two
    two >> Label("finally") >> end
    later = TaskGroup("later")
    with later:
        i = EmptyOperator(task_id="i")
    with later:
        j = EmptyOperator(task_id="j")
        i >> j
    end >> later
    explicit = EmptyOperator(task_id="k", task_group=later)
    j >> explicit
    groups = {name: TaskGroup(name) for name in ("x", "y")}
    for name, group in groups.items():
        for number in range(2):
            EmptyOperator(task_id=f"t{number}", task_group=group)
    groups["x"] >> groups["y"]
    groups["x"].set_upstream(later)
