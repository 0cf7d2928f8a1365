"""What each kind of statement does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from dag_lint.evaluate.attempts import assert_, attempt, raise_, try_
from dag_lint.evaluate.containers import change_in_place
from dag_lint.evaluate.definitions import define_class, define_function
from dag_lint.evaluate.expressions import OPERATORS, operate
from dag_lint.evaluate.imports import import_from, import_names
from dag_lint.evaluate.loops import run_for, run_while
from dag_lint.evaluate.matching import match
from dag_lint.evaluate.objects import GeneratorManager, Object
from dag_lint.evaluate.protocols import truth_of
from dag_lint.evaluate.targets import assign, delete
from dag_lint.evaluate.ways import leave_by, read_both_ways
from dag_lint.known import Constant, Unknown, Value
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Signal


def _line(run: Interpreter, node: cst.SimpleStatementLine) -> Signal:
    return run.execute(node.body)


def _expression(run: Interpreter, node: cst.Expr) -> Signal:
    run.evaluate(node.value)
    if type(node.value) is cst.Call:
        name = dotted_name(node.value.func)
        if name in ("sys.exit", "exit", "quit", "os._exit") and (run.doubts or len(run.frames) > 1):
            return "raise"
    return None


def _assign(run: Interpreter, node: cst.Assign) -> Signal:
    value = run.evaluate(node.value)
    for target in node.targets:
        assign(run, target.target, value)
    return None


def _annotated(run: Interpreter, node: cst.AnnAssign) -> Signal:
    if run.scope.kind == "class" and isinstance(node.target, cst.Name):
        run.frames[-1].fields.append(node.target.value)
    if node.value is not None:
        assign(run, node.target, run.evaluate(node.value))
    return None


def _augmented(run: Interpreter, node: cst.AugAssign) -> Signal:
    current = run.evaluate(cast(cst.BaseExpression, node.target))
    other = run.evaluate(node.value)
    symbol = OPERATORS[type(node.operator)]
    if not change_in_place(run, current, symbol, other):
        assign(run, node.target, operate(run, symbol, current, other, node))
    return None


def _return(run: Interpreter, node: cst.Return) -> Signal:
    value = Constant(None, node) if node.value is None else run.evaluate(node.value)
    run.frames[-1].returns.append(value)
    return leave_by(run, "call", "return")


def _break(run: Interpreter, node: cst.Break) -> Signal:
    return leave_by(run, "loop", "break")


def _continue(run: Interpreter, node: cst.Continue) -> Signal:
    return leave_by(run, "turn", "continue")


def _delete(run: Interpreter, node: cst.Del) -> Signal:
    delete(run, node.target)
    return None


def _global(run: Interpreter, node: cst.Global) -> Signal:
    run.scope.global_names.update(item.name.value for item in node.names)
    return None


def _nonlocal(run: Interpreter, node: cst.Nonlocal) -> Signal:
    run.scope.nonlocal_names.update(item.name.value for item in node.names)
    return None


def _if(run: Interpreter, node: cst.If) -> Signal:
    # `elif` nests: followed by a loop, so that a long ladder needs no deep recursion.
    current: cst.If | cst.Else | None = node
    while isinstance(current, cst.If):
        known = truth_of(run, run.evaluate(current.test))
        if known is True:
            return run.execute(current.body)
        if known is None:
            return _either(run, current.body, current.orelse)
        current = current.orelse
    return None if current is None else run.execute(current.body)


def _either(run: Interpreter, body: cst.BaseSuite, orelse: cst.If | cst.Else | None) -> Signal:
    def otherwise() -> Signal:
        if orelse is None:
            return None
        return _if(run, orelse) if isinstance(orelse, cst.If) else run.execute(orelse.body)

    return read_both_ways(run, lambda: run.execute(body), otherwise)


def _with(run: Interpreter, node: cst.With) -> Signal:
    return _with_items(run, node, 0)


def _with_items(run: Interpreter, node: cst.With, index: int) -> Signal:
    if index == len(node.items):
        return run.execute(node.body)
    item = node.items[index]
    manager = run.evaluate(item.item)
    if isinstance(manager, GeneratorManager):
        return _around_yield(run, node, index, manager)
    if isinstance(manager, Unknown) and manager.origin == "contextlib.suppress":
        return attempt(run, lambda: _with_items(run, node, index + 1), lambda raised: None)
    value: Value = Unknown(item.item, manager.origin if isinstance(manager, Unknown) else None)
    if isinstance(manager, Object):
        value = manager.enter(run, item.item)
    if item.asname is not None:
        assign(run, item.asname.name, value)
    try:
        return _with_items(run, node, index + 1)
    finally:
        if isinstance(manager, Object):
            manager.leave(run)


def _around_yield(run: Interpreter, node: cst.With, index: int, manager: GeneratorManager) -> Signal:
    """Run a function under `@contextmanager`; where it yields, the block runs."""
    outer = run.frames[-1]
    signals: list[Signal] = []

    def block(value: Value) -> None:
        run.frames.append(outer)
        try:
            asname = node.items[index].asname
            if asname is not None:
                assign(run, asname.name, value)
            signals.append(_with_items(run, node, index + 1))
        finally:
            run.frames.pop()

    run.at_yield = block
    run.call(manager.function, manager.arguments, None)
    run.at_yield = None
    return signals[0] if signals else _with_items(run, node, index + 1)


STATEMENTS: dict[type, Callable[[Interpreter, Any], Signal]] = {
    cst.SimpleStatementLine: _line,
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: raise_,
    cst.Assert: assert_,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Del: _delete,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.If: _if,
    cst.For: run_for,
    cst.While: run_while,
    cst.With: _with,
    cst.Try: try_,
    cst.TryStar: try_,
    cst.Match: match,
    cst.FunctionDef: define_function,
    cst.ClassDef: define_class,
    cst.Import: import_names,
    cst.ImportFrom: import_from,
}
