"""Which calls make tasks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dag_lint.airflow.operators import operator

if TYPE_CHECKING:
    from dag_lint.evaluate.objects import CallArguments

_ENDINGS = ("Operator", "Sensor", "SensorAsync", "OperatorAsync")
_BASES = frozenset({"BaseOperator", "BaseSensorOperator", "BaseBranchOperator", "BaseOperatorLink"})


@lru_cache(maxsize=1024)
def _is_named_operator(path: str) -> bool:
    name = path.rpartition(".")[2]
    if not name[:1].isupper() or name.endswith("Link"):
        return False
    return name.endswith(_ENDINGS) or operator(path) is not None


def is_operator(path: str, arguments: CallArguments) -> bool:
    """Whether calling this imported class makes a task: a known operator, one by its name, or a class that
    is given a task_id."""
    if _is_named_operator(path):
        return True
    name = path.rpartition(".")[2]
    return (
        "task_id" in arguments.keywords
        and name[:1].isupper()
        and not path.startswith(("airflow.models.", "airflow.utils."))
    )


def class_name(path: str) -> str:
    """The class as Airflow shows it: an old name stands for the new class (`DummyOperator`)."""
    facts = operator(path)
    return path.rpartition(".")[2] if facts is None else facts.name
