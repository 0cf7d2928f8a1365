"""Python as nobody writes it, made of libcst's own nodes: it breaks no law either."""

from __future__ import annotations

import io

import hypothesmith
import libcst as cst
from hypothesis import given

from fuzzing.laws import Case, findings_lie_inside, hold, nothing_raises, positions_are_right, the_same_twice

LAWS = (nothing_raises, findings_lie_inside, the_same_twice, positions_are_right)

CALLS = hypothesmith.from_node(cst.Call, auto_target=False)


def case(text: str) -> Case:
    """The text as flake8 and dag-lint read it: each line ends with a line feed."""
    return Case(io.StringIO(text, newline=None).read())


@given(hypothesmith.from_node(cst.Assign, auto_target=False))
def test_any_statement(code: str) -> None:
    hold(case(f"import airflow\n{code}\n"), LAWS)


@given(CALLS)
def test_any_call_as_an_argument(call: str) -> None:
    text = (
        "from airflow import DAG\n"
        "from airflow.operators.bash import BashOperator\n"
        f"with DAG('d', schedule=({call}), catchup=False):\n"
        f"    BashOperator(task_id='a', bash_command=({call}))\n"
    )
    hold(case(text), LAWS)
