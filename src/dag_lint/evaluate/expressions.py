"""What each kind of expression evaluates to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from dag_lint.evaluate.builtin import BUILTINS
from dag_lint.evaluate.displays import DISPLAYS
from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.objects import CallArguments, Function, Object
from dag_lint.evaluate.targets import assign
from dag_lint.evaluate.text import percent
from dag_lint.evaluate.values import arithmetic, compare, same, truth
from dag_lint.known import Constant, External, Mapping, Sequence, Text, Unknown, Value
from dag_lint.model import Argument

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter

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
    found = run.scope.look_up(name)
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
    known = truth(left)
    is_and = isinstance(node.operator, cst.And)
    if known is not None:
        return run.evaluate(node.right) if known == is_and else left
    with run.doubtful():
        right = run.evaluate(node.right)
    if is_and and truth(right) is False:
        return Constant(False, node)
    return left if same(left, right) else Unknown(node)


def _unary(run: Interpreter, node: cst.UnaryOperation) -> Value:
    value = run.evaluate(node.expression)
    if isinstance(node.operator, cst.Not):
        known = truth(value)
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
    while isinstance(current, cst.BinaryOperation):
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
    if isinstance(left, Object):
        result = left.operate(run, symbol, right, node, False)
        if result is not None:
            return result
    if isinstance(right, Object):
        result = right.operate(run, symbol, left, node, True)
        if result is not None:
            return result
    if symbol == "%" and isinstance(left, (Constant, Text)):
        result = percent(left, right, node)
        if result is not None:
            return result
    return arithmetic(symbol, left, right, node)


def _comparison(run: Interpreter, node: cst.Comparison) -> Value:
    left = run.evaluate(node.left)
    result: bool | None = True
    for target in node.comparisons:
        right = run.evaluate(target.comparator)
        found = compare(OPERATORS[type(target.operator)], left, right)
        if found is False:
            return Constant(False, node)
        if found is None:
            result = None
        left = right
    return Unknown(node) if result is None else Constant(True, node)


def _conditional(run: Interpreter, node: cst.IfExp) -> Value:
    known = truth(run.evaluate(node.test))
    if known is not None:
        return run.evaluate(node.body if known else node.orelse)
    with run.doubtful():
        first, second = run.evaluate(node.body), run.evaluate(node.orelse)
    return first if same(first, second) else Unknown(node)


def _lambda(run: Interpreter, node: cst.Lambda) -> Value:
    return Function(node, run.scope, default_values(run, node.params))


def default_values(run: Interpreter, parameters: cst.Parameters) -> dict[str, Value]:
    """The defaults of a function's parameters, evaluated where it is defined."""
    every = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    return {param.name.value: run.evaluate(param.default) for param in every if param.default is not None}


def _walrus(run: Interpreter, node: cst.NamedExpr) -> Value:
    value = run.evaluate(node.value)
    assign(run, node.target, value)
    return value


def _subscript(run: Interpreter, node: cst.Subscript) -> Value:
    value = run.evaluate(node.value)
    if len(node.slice) != 1:
        return Unknown(node)
    index = node.slice[0].slice
    if isinstance(index, cst.Slice):
        return _slice(run, value, index, node)
    return item_of(run, value, run.evaluate(cast(cst.Index, index).value), node)


def item_of(run: Interpreter, value: Value, key: Value, node: cst.CSTNode) -> Value:
    """`value[key]`."""
    if isinstance(value, Object):
        return value.get_item(run, key, node)
    if isinstance(value, Mapping) and isinstance(key, (Constant, External)):
        try:
            entry = value.get(key.value if isinstance(key, Constant) else key.path)
        except TypeError:
            entry = None
        return Unknown(node) if entry is None else entry.value
    if isinstance(key, Constant) and isinstance(key.value, int):
        if isinstance(value, Sequence) and value.kind != "set" and not value.open_ended:
            return (
                value.items[key.value] if -len(value.items) <= key.value < len(value.items) else Unknown(node)
            )
        if isinstance(value, Constant) and isinstance(value.value, str):
            return (
                Constant(value.value[key.value], node)
                if -len(value.value) <= key.value < len(value.value)
                else Unknown(node)
            )
    if isinstance(value, External):
        return run.external_item(value, key, node)
    return Unknown(node)


def _slice(run: Interpreter, value: Value, index: cst.Slice, node: cst.Subscript) -> Value:
    bounds: list[int | None] = []
    for part in (index.lower, index.upper, index.step):
        bound = Constant(None) if part is None else run.evaluate(part)
        if not isinstance(bound, Constant) or not isinstance(bound.value, (int, type(None))):
            return Unknown(node)
        bounds.append(bound.value)
    if bounds[2] == 0:
        return Unknown(node)
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes)):
        return Constant(value.value[slice(*bounds)], node)
    if isinstance(value, Sequence) and value.kind != "set" and not value.open_ended:
        return Sequence(value.kind, value.items[slice(*bounds)], node)
    return Unknown(node)


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
            items, open_ended = iterate(run, value)
            found.positional.extend((item, arg.value) for item in items)
            found.open_positional = found.open_positional or open_ended
        elif arg.keyword is not None:
            found.keywords[arg.keyword.value] = Argument(arg.keyword.value, value, arg.value, arg.keyword)
        else:
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
        frame.yields.extend(items)
        frame.open_yields = frame.open_yields or open_ended
    else:
        value = Constant(None, node) if node.value is None else run.evaluate(node.value)
        frame.yields.append(value)
        if frame.at_yield is not None:
            block, frame.at_yield = frame.at_yield, None
            block(value)
    frame.open_yields = frame.open_yields or run.doubt > frame.base_doubt
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
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.Yield: _yield,
    cst.Await: _await,
}
