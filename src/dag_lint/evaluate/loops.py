"""`for` and `while`: turn by turn where the turns are known, once for any number where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.branches import read_both_ways
from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.targets import assign
from dag_lint.evaluate.values import truth
from dag_lint.known import Unknown

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter, Signal


def run_for(run: Interpreter, node: cst.For) -> Signal:
    items, open_ended = iterate(run, run.evaluate(node.iter))
    frame = run.frames[-1]
    doubt = 0
    run.loop_depth += 1
    try:
        for item in list(items):
            run.spend()
            assign(run, node.target, item)
            signal = run.execute(node.body)
            if signal in ("return", "raise"):
                return signal
            if signal == "break":
                return None
            if frame.maybe_left:
                # A `break` or `continue` that may have been taken makes the turns after it uncertain.
                frame.maybe_left = False
                run.doubt += 1
                doubt += 1
        if open_ended:
            return _unknown_turns(run, node)
    finally:
        run.loop_depth -= 1
        run.doubt -= doubt
    return run.execute(node.orelse.body) if node.orelse is not None and not doubt else None


def _unknown_turns(run: Interpreter, node: cst.For | cst.While) -> Signal:
    """Read a loop's body once for any number of turns."""

    def turn() -> Signal:
        if isinstance(node, cst.For):
            assign(run, node.target, Unknown(node.target))
        forget_assigned(run, node.body)
        signal = run.execute(node.body)
        return signal if signal == "return" else None

    run.world.enter_unknown_loop(run)
    signal = read_both_ways(run, turn, lambda: None, repeated=True)
    run.world.leave_unknown_loop(run)
    run.frames[-1].maybe_left = False
    return signal


def forget_assigned(run: Interpreter, body: cst.BaseSuite) -> None:
    """Names that a loop changes by `+=` hold anything at the start of a turn."""
    for statement in body.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.AugAssign) and isinstance(small.target, cst.Name):
                    run.bind(small.target.value, Unknown(small))


def run_while(run: Interpreter, node: cst.While) -> Signal:
    run.loop_depth += 1
    try:
        while True:
            run.spend()
            known = truth(run.evaluate(node.test))
            if known is False:
                return None
            if known is None:
                return _unknown_turns(run, node)
            signal = run.execute(node.body)
            if signal in ("return", "raise"):
                return signal
            if signal == "break":
                return None
            if run.frames[-1].maybe_left:
                run.frames[-1].maybe_left = False
                return _unknown_turns(run, node)
    finally:
        run.loop_depth -= 1
