"""What each kind of expression evaluates to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from dag_lint.evaluate.builtin import BUILTINS
from dag_lint.evaluate.containers import set_operation
from dag_lint.evaluate.displays import DISPLAYS
from dag_lint.evaluate.iteration import in_order, iterate
from dag_lint.evaluate.objects import CallArguments, Function, Object
from dag_lint.evaluate.protocols import compare_values, truth_of
from dag_lint.evaluate.subscripts import subscript
from dag_lint.evaluate.text import percent
from dag_lint.evaluate.values import arithmetic, either
from dag_lint.evaluate.ways import DeadEndError, read_both_ways
from dag_lint.known import Constant, Either, External, Mapping, Sequence, Text, Unknown, Value
from dag_lint.model import Argument

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Signal

OPERATORS: dict[type, str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%",
    cst.Power: "**", cst.BitOr: "|", cst.BitAnd: "&", cst.BitXor: "^", cst.LeftShift: "<<", cst.RightShift: ">>",
    cst.MatrixMultiply: "@", cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*",
    cst.DivideAssign: "/", cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**",
    cst.BitOrAssign: "|", cst.BitAndAssign: "&", cst.BitXorAssign: "^", cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>", cst.MatrixMultiplyAssign: "@",
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip

_NAMED_CONSTANTS = {"True": True, "False": False, "None": None}


def _name(run: Interpreter, node: cst.Name) -> Value:
    name = node.value
    found = run.frames[-1].scope.look_up(name)
    if found is not None:
        return found
    if name in _NAMED_CONSTANTS:
        return Constant(_NAMED_CONSTANTS[name], node)
    if name in BUILTINS and not run.scope.module.open_ended:
        return External(f"builtins.{name}", node)
    return Unknown(node)


def _attribute(run: Interpreter, node: cst.Attribute) -> Value:
    return run.attribute(run.evaluate(node.value), node.attr.value, node)


def _boolean(run: Interpreter, node: cst.BooleanOperation) -> Value:
    left = run.evaluate(node.left)
    known = truth_of(run, left)
    is_and = isinstance(node.operator, cst.And)
    if known is not None:
        return run.evaluate(node.right) if known == is_and else left
    return _one_of(run, lambda: run.evaluate(node.right), lambda: left)


def _one_of(run: Interpreter, first: Callable[[], Value], second: Callable[[], Value]) -> Value:
    """The value of one of two expressions, of which only that one is evaluated."""
    found: list[Value] = []

    def keep(value: Value) -> Signal:
        found.append(value)
        return None

    read_both_ways(run, lambda: keep(first()), lambda: keep(second()))
    if not found:
        raise DeadEndError
    return either(found)


def _unary(run: Interpreter, node: cst.UnaryOperation) -> Value:
    value = run.evaluate(node.expression)
    if isinstance(node.operator, cst.Not):
        known = truth_of(run, value)
        return Unknown(node) if known is None else Constant(not known, node)
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        number = value.value
        if isinstance(node.operator, cst.Minus):
            return Constant(-number, node)
        if isinstance(node.operator, cst.Plus):
            return Constant(+number, node)
        return Constant(~number, node) if isinstance(number, int) else Unknown(node)
    if isinstance(value, Constant) and isinstance(node.operator, cst.Minus):
        return arithmetic("*", value, Constant(-1), node)
    return Unknown(node)


def _binary(run: Interpreter, node: cst.BinaryOperation) -> Value:
    # `a >> b >> c ...` nests to the left, once for each arrow: followed by a loop, so that a long chain
    # needs no deep recursion.
    chain: list[cst.BinaryOperation] = []
    current: cst.BaseExpression = node
    while type(current) is cst.BinaryOperation:
        chain.append(current)
        current = current.left
    value = run.evaluate(current)
    for operation in reversed(chain):
        run.spend()
        value = operate(
            run, OPERATORS[type(operation.operator)], value, run.evaluate(operation.right), operation
        )
    return value


def operate(run: Interpreter, symbol: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    """`left symbol right`, asking objects first, as Python does."""
    if isinstance(left, Either) or isinstance(right, Either):
        return _operate_each(run, symbol, left, right, node)
    if isinstance(left, Object):
        result = left.operate(run, symbol, right, node, False)
        if result is not None:
            return result
    if isinstance(right, Object):
        result = right.operate(run, symbol, left, node, True)
        if result is not None:
            return result
    if symbol == "%" and isinstance(left, (Constant, Text)):
        result = percent(run, left, right, node)
        if result is not None:
            return result
    if symbol in (">>", "<<"):
        _shift_lists(run, symbol, left, right, node)
    if isinstance(left, Sequence) and left.kind == "set" and symbol in ("|", "&", "-", "^"):
        return set_operation(run, symbol, left, right, node)
    return run.spend_on(arithmetic(symbol, left, right, node))


def _shift_lists(run: Interpreter, symbol: str, left: Value, right: Value, node: cst.CSTNode) -> None:
    """Something unknown beside a list: what is in the list takes part all the same."""
    for one, other, reflected in ((left, right, False), (right, left, True)):
        if isinstance(one, Sequence) and isinstance(other, Unknown):
            for item in one.items:
                if isinstance(item, Object):
                    item.operate(run, symbol, other, node, reflected)


def _operate_each(run: Interpreter, symbol: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    """An operator between things of which at least one is not known to be which."""
    firsts = _choices(left)
    seconds = _choices(right)
    for one in firsts:
        for other in seconds:
            run.spend()
            with run.doubtful():
                operate(run, symbol, one, other, node)
    # `a >> b` gives b; of what else an operator gives nothing is known.
    return right if symbol in (">>", "<<") else Unknown(node)


def _choices(value: Value) -> list[Value]:
    if not isinstance(value, Either):
        return [value]
    return [*value.values, Unknown(value.node)] if value.others else list(value.values)


def _comparison(run: Interpreter, node: cst.Comparison) -> Value:
    left = run.evaluate(node.left)
    result: bool | None = True
    for target in node.comparisons:
        right = run.evaluate(target.comparator)
        found = compare_values(run, OPERATORS[type(target.operator)], left, right)
        if found is False:
            return Constant(False, node)
        if found is None:
            result = None
        left = right
    return Unknown(node) if result is None else Constant(True, node)


def _conditional(run: Interpreter, node: cst.IfExp) -> Value:
    known = truth_of(run, run.evaluate(node.test))
    if known is not None:
        return run.evaluate(node.body if known else node.orelse)
    return _one_of(run, lambda: run.evaluate(node.body), lambda: run.evaluate(node.orelse))


def _lambda(run: Interpreter, node: cst.Lambda) -> Value:
    return Function(node, run.scope, default_values(run, node.params))


def default_values(run: Interpreter, parameters: cst.Parameters) -> dict[str, Value]:
    """The defaults of a function's parameters, evaluated where it is defined."""
    every = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    return {param.name.value: run.evaluate(param.default) for param in every if param.default is not None}


def _walrus(run: Interpreter, node: cst.NamedExpr) -> Value:
    value = run.evaluate(node.value)
    scope = run.scope
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    run.bind(cast(cst.Name, node.target).value, value, scope)
    return value


def _call(run: Interpreter, node: cst.Call) -> Value:
    callee = run.evaluate(node.func)
    return run.call(callee, call_arguments(run, node), node)


def call_arguments(run: Interpreter, node: cst.Call | cst.ClassDef) -> CallArguments:
    """The arguments of a call, evaluated in order."""
    found = CallArguments()
    for arg in node.args if isinstance(node, cst.Call) else node.keywords:
        value = run.evaluate(arg.value)
        if arg.star == "**":
            _spread_keywords(found, value)
        elif arg.star == "*":
            ordered = in_order(value)
            items, open_ended = iterate(run, value)
            if not ordered and len(items) > 1:
                items, open_ended = [], True
            if not found.open_positional:
                found.positional.extend((item, arg.value) for item in items)
            found.open_positional = found.open_positional or open_ended
        elif arg.keyword is not None:
            found.keywords[arg.keyword.value] = Argument(arg.keyword.value, value, arg.value, arg.keyword)
        elif not found.open_positional:
            found.positional.append((value, arg.value))
    return found


def _spread_keywords(found: CallArguments, value: Value) -> None:
    if not isinstance(value, Mapping):
        found.open_keywords = True
        return
    for key, entry in value.entries.items():
        if isinstance(key, str):
            node = entry.value_node if entry.value_node is not None else entry.value.node
            found.keywords[key] = Argument(key, entry.value, node, entry.key_node)
    found.open_keywords = found.open_keywords or value.open_ended


def _yield(run: Interpreter, node: cst.Yield) -> Value:
    frame = run.frames[-1]
    if isinstance(node.value, cst.From):
        items, open_ended = iterate(run, run.evaluate(node.value.item))
        if run.doubts == frame.doubts:
            frame.yields.extend(items)
        frame.open_yields = frame.open_yields or open_ended
    else:
        value = Constant(None, node) if node.value is None else run.evaluate(node.value)
        if run.doubts == frame.doubts:
            frame.yields.append(value)
        if frame.at_yield is not None:
            block, frame.at_yield = frame.at_yield, None
            block(value)
    frame.open_yields = frame.open_yields or run.doubts != frame.doubts
    return Unknown(node)


def _await(run: Interpreter, node: cst.Await) -> Value:
    return run.evaluate(node.expression)


EXPRESSIONS: dict[type, Callable[[Interpreter, Any], Value]] = {
    **DISPLAYS,
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Lambda: _lambda,
    cst.NamedExpr: _walrus,
    cst.Subscript: subscript,
    cst.Call: _call,
    cst.Yield: _yield,
    cst.Await: _await,
}
