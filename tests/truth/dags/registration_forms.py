"""Which DAGs are registered, and which are not."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import dag
from airflow.providers.standard.operators.empty import EmptyOperator

START = datetime(2024, 1, 1)


def local(name, keep=True):
    made = DAG(name, start_date=START, schedule=None)
    EmptyOperator(task_id="t", dag=made)
    return made if keep else None


def by_with(name):
    with DAG(name, start_date=START, schedule=None):
        EmptyOperator(task_id="t")


_private = local("reg_private")
in_list = [local("reg_in_list")]
in_dict = {"k": local("reg_in_dict")}
local("reg_dropped")
by_with("reg_by_with")
overwritten = local("reg_overwritten")
overwritten = local("reg_overwriting")
deleted = local("reg_deleted")
del deleted
for index in range(2):
    globals()[f"made_{index}"] = local(f"reg_globals_{index}")
for loop_dag in [local("reg_loop_1"), local("reg_loop_2")]:
    pass
globals().update({"updated": local("reg_updated")})
vars()["by_vars"] = local("reg_vars")
with DAG("reg_unnamed", start_date=START, schedule=None):
    EmptyOperator(task_id="t")
with DAG("reg_manual", start_date=START, schedule=None, auto_register=False):
    EmptyOperator(task_id="t")
with DAG("reg_manual_bound", start_date=START, schedule=None, auto_register=False) as bound:
    EmptyOperator(task_id="t")


class Holder:
    held = local("reg_in_class")


@dag(start_date=START, schedule=None)
def reg_never_called():
    EmptyOperator(task_id="t")


@dag(dag_id="reg_called", start_date=START, schedule=None)
def called():
    EmptyOperator(task_id="t")


called()


def factory(name):
    @dag(dag_id=f"reg_inner_{name}", start_date=START, schedule=None)
    def inner():
        EmptyOperator(task_id=name)

    return inner()


for name in ("a", "b"):
    factory(name)
a = b = local("reg_twice")
first, second = local("reg_pair_1"), local("reg_pair_2")
if __name__ == "__main__":
    main_only = local("reg_main")
