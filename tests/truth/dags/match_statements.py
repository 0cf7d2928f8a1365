"""match on values, sequences, mappings, classes."""
from dataclasses import dataclass
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator


@dataclass
class Copy:
    source: str
    target: str


def operator_for(spec):
    match spec:
        case str(name) if name.startswith("sh:"):
            return BashOperator(task_id=name[3:], bash_command="true")
        case "nothing" | "none":
            return EmptyOperator(task_id="nothing")
        case str():
            return EmptyOperator(task_id=f"text_{spec}")
        case ["seq", first, *rest]:
            head = EmptyOperator(task_id=f"seq_{first}_{len(rest)}")
            for one in rest:
                head >> operator_for(one)
            return head
        case {"kind": "copy", "to": target, **others}:
            return EmptyOperator(task_id=f"copy_{target}_{len(others)}")
        case {"kind": kind}:
            return EmptyOperator(task_id=f"kind_{kind}")
        case Copy(source, target="hell"):
            return EmptyOperator(task_id=f"to_hell_{source}")
        case Copy(source=s, target=t):
            return EmptyOperator(task_id=f"{s}_{t}")
        case (int() | float()) as number:
            return EmptyOperator(task_id=f"number_{number}")
        case None:
            return EmptyOperator(task_id="null")
        case _:
            return EmptyOperator(task_id="default")


SPECS = ["sh:one", "none", "two", ["seq", "x", "sh:y", "z"], {"kind": "copy", "to": "t", "a": 1}, {"kind": "move"},
         Copy("a", "hell"), Copy("b", "c"), 5, None, (1, 2)]

with DAG("match_statements", start_date=datetime(2024, 1, 1), schedule=None):
    before = None
    for spec in SPECS:
        task = operator_for(spec)
        if before:
            before >> task
        before = task
