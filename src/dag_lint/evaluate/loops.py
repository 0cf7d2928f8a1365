"""`for` and `while`: turn by turn where the turns are known, once for any number where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import libcst as cst

from dag_lint.evaluate.iteration import in_order, iterate
from dag_lint.evaluate.protocols import truth_of
from dag_lint.evaluate.targets import assign, disturb
from dag_lint.evaluate.values import either
from dag_lint.evaluate.ways import DeadEndError, Region, enter, leave, read_both_ways
from dag_lint.known import Sequence, Unknown, Value
from dag_lint.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Signal

_ADDS = frozenset({"add", "append", "extend", "setdefault"})
_LOSES = frozenset(
    {
        "appendleft", "clear", "discard", "extendleft", "insert", "pop", "popitem", "popleft", "remove", "reverse",
        "sort", "update",
    }
)  # fmt: skip
"""Methods that change what they are called on: those that leave what is in it where it is, and the others."""


_BINDS = frozenset({cst.AssignTarget, cst.AugAssign, cst.AnnAssign, cst.For, cst.NamedExpr, cst.CompFor})
"""What binds its `target`."""


def run_for(run: Interpreter, node: cst.For) -> Signal:
    """`for`."""
    value = run.evaluate(node.iter)
    ordered = in_order(value)
    items, open_ended = iterate(run, value)

    def turns(loop: Region) -> Signal:
        for item in list(items):
            run.spend()
            if not ordered:
                _forget_carried(run, node)
            signal = _turn(run, node, item)
            if signal is not None:
                return signal
        if not ordered and len(items) > 1:
            _forget_order(run, node)
        return _unknown_turns(run, node) if open_ended else None

    return _loop(run, node, turns)


def run_while(run: Interpreter, node: cst.While) -> Signal:
    """`while`."""

    def turns(loop: Region) -> Signal:
        while True:
            run.spend()
            known = truth_of(run, run.evaluate(node.test))
            if known is False:
                return None
            if known is None or run.doubts != loop.doubts:
                # It may be over, so that nobody knows how many turns there will be.
                return _unknown_turns(run, node)
            signal = _turn(run, node)
            if signal is not None:
                return signal

    return _loop(run, node, turns)


def _loop(run: Interpreter, node: cst.For | cst.While, turns: Callable[[Region], Signal]) -> Signal:
    """Run a loop with its `else`, which is left out by a `break`."""
    loop = enter(run, "loop")
    run.loop_depth += 1
    broken = False
    signal: Signal = "left"
    try:
        signal = turns(loop)
        broken = signal == "break"
        if signal is None and node.orelse is not None:
            loop.closed = True
            signal = run.execute(node.orelse.body)
    except DeadEndError:
        signal = "left"
    finally:
        run.loop_depth -= 1
        alive = leave(run, loop, broken or signal is None)
    return None if alive else signal


def _turn(run: Interpreter, node: cst.For | cst.While, item: Value | None = None) -> Signal:
    """One turn; None when another one may follow."""
    turn = enter(run, "turn")
    signal: Signal = "left"
    try:
        if isinstance(node, cst.For) and item is not None:
            assign(run, node.target, item)
        signal = run.execute(node.body)
    except DeadEndError:
        signal = "left"
    finally:
        alive = leave(run, turn, signal in (None, "continue"))
    return None if alive else signal


def _unknown_turns(run: Interpreter, node: cst.For | cst.While) -> Signal:
    """Read a loop's body once for any number of turns."""

    def turn() -> Signal:
        _forget_carried(run, node)
        _forget_changed(run, node)
        return _turn(run, node, Unknown(node.target) if isinstance(node, cst.For) else None)

    run.world.enter_unknown_loop(run)
    signal = read_both_ways(run, turn, lambda: None, repeated=True)
    run.world.leave_unknown_loop(run)
    return signal


def _forget_carried(run: Interpreter, node: cst.For | cst.While) -> None:
    """Names that a loop binds may hold what an earlier turn, nobody knows which, gave them."""
    for name in _bound_names(node.body):
        before = run.scope.holder(name).names.get(name)
        if before is not None:
            run.bind(name, either([before, Unknown(before.node)]))


def _forget_changed(run: Interpreter, node: cst.For | cst.While) -> None:
    """Lists and dicts that a loop changes may have been changed by earlier turns."""
    for name, loses in _changed_names(node).items():
        value = run.scope.look_up(name)
        if value is not None:
            disturb(value, loses)


def _forget_order(run: Interpreter, node: cst.For) -> None:
    """After a loop over things in no order: what the last turn left, and in which order lists were filled."""
    for name in [*_bound_names(node.body), *_bound_names(node.target)]:
        before = run.scope.holder(name).names.get(name)
        if before is not None:
            run.bind(name, either([before, Unknown(before.node)]))
    for name in _changed_names(node):
        value = run.scope.look_up(name)
        if isinstance(value, Sequence):
            value.unordered = True


def _bound_names(node: cst.CSTNode) -> list[str]:
    """The names that code assigns to, once each."""
    found: dict[str, None] = {}
    if isinstance(node, cst.BaseExpression):
        _add_targets(node, found)
    for inner in walk(node):
        if type(inner) in _BINDS:
            _add_targets(cast("cst.AssignTarget", inner).target, found)
        elif type(inner) is cst.AsName:
            _add_targets(inner.name, found)
    return list(found)


def _add_targets(target: cst.BaseExpression, found: dict[str, None]) -> None:
    if isinstance(target, cst.Name):
        found[target.value] = None
    elif isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            _add_targets(element.value, found)


def _changed_names(node: cst.For | cst.While) -> dict[str, bool]:
    """The names through which a loop's body changes things, and whether these may lose what they hold."""
    found: dict[str, bool] = {}
    for inner in walk(node.body):
        owner: cst.BaseExpression | None = None
        loses = True
        if type(inner) is cst.Call and type(inner.func) is cst.Attribute:
            method = inner.func.attr.value
            owner = inner.func.value if method in _ADDS or method in _LOSES else None
            loses = method in _LOSES
        elif type(inner) is cst.AssignTarget or type(inner) is cst.AugAssign:
            owner = inner.target
            loses = not isinstance(owner, cst.Name)
        while isinstance(owner, (cst.Subscript, cst.Attribute)):
            owner = owner.value
        if isinstance(owner, cst.Name) and (loses or not isinstance(inner, cst.AssignTarget)):
            found[owner.value] = found.get(owner.value, False) or loses
    return found
