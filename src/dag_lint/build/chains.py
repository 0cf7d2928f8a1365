"""`chain`, `chain_linear` and `cross_downstream`: edges between many tasks at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dag_lint.build.edges import connect
from dag_lint.known import Constant, Sequence, Unknown, Value

if TYPE_CHECKING:
    from dag_lint.build.context import Building
    from dag_lint.evaluate import Interpreter
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle


def chain(run: Interpreter, building: Building, arguments: CallArguments, node: Handle) -> Value:
    """Each argument before the next; of two lists, each item before the one beside it."""
    values = [value for value, _ in arguments.positional]
    if arguments.open_positional:
        return _tied_unknown(run, building, values, node)
    for before, after in pairwise(values):
        if isinstance(before, Sequence) and isinstance(after, Sequence):
            if before.open_ended or after.open_ended:
                # Which of them stand beside each other is not known.
                _tied_unknown(run, building, [before, after], node)
                continue
            for up, down in zip(before.items, after.items, strict=False):
                connect(run, building, up, down)
        else:
            connect(run, building, before, after)
    return Constant(None, node)


def chain_linear(run: Interpreter, building: Building, arguments: CallArguments, node: Handle) -> Value:
    """Each argument before the next; of two lists, each item before all of the other. An empty list parts."""
    values = [value for value, _ in arguments.positional]
    if arguments.open_positional:
        return _tied_unknown(run, building, values, node)
    for before, after in pairwise(values):
        connect(run, building, before, after)
    return Constant(None, node)


def _tied_unknown(run: Interpreter, building: Building, values: list[Value], node: Handle) -> Value:
    """Edges that nobody knows between these values, and perhaps others."""
    for value in values:
        connect(run, building, value, Unknown(node))
        connect(run, building, Unknown(node), value)
    for dag in building.open_dags[-1:] or building.dags:
        dag.complete = False
    return Constant(None, node)


def cross_downstream(run: Interpreter, building: Building, arguments: CallArguments, node: Handle) -> Value:
    """Every task of the first list before every task of the second."""
    before, after = arguments.value(0, "from_tasks"), arguments.value(1, "to_tasks")
    if before is not None and after is not None:
        connect(run, building, before, after)
    return Constant(None, node)
