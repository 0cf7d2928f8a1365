"""What each kind of expression evaluates to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from dag_lint.evaluate.builtin import BUILTINS
from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.objects import CallArguments, Function, Object
from dag_lint.evaluate.targets import assign
from dag_lint.evaluate.text import format_text, interpolate
from dag_lint.evaluate.values import arithmetic, compare, join_text, same, text_pieces, truth
from dag_lint.known import Constant, Entry, External, Mapping, Sequence, Text, Unknown, Value
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


def _integer(run: Interpreter, node: cst.Integer) -> Value:
    text = node.value
    return Constant(int(text.replace("_", ""), 0), node) if len(text) < 100 else Unknown(node)


def _float(run: Interpreter, node: cst.Float) -> Value:
    return Constant(float(node.value.replace("_", "")), node)


def _string(run: Interpreter, node: cst.SimpleString) -> Value:
    text = node.value
    if "\\" not in text and text[0] == text[-1] and "\r" not in text:
        # Nothing is escaped and there is no prefix: what stands between the quotes is the value.
        quotes = 3 if len(text) > 5 and text[:3] == text[0] * 3 else 1
        return Constant(text[quotes:-quotes], node)
    try:
        return Constant(node.evaluated_value, node)
    except Exception:
        # A literal that CPython refuses, such as a truncated escape.
        return Unknown(node)


def _concatenated(run: Interpreter, node: cst.ConcatenatedString) -> Value:
    # Nested to the right, one level for each literal: flattened, since hundreds of them are ordinary SQL.
    parts: list[cst.BaseExpression] = []
    rest: cst.BaseExpression = node
    while isinstance(rest, cst.ConcatenatedString):
        parts.append(rest.left)
        rest = rest.right
    parts.append(rest)
    values = [run.evaluate(part) for part in parts]
    if any(isinstance(value, Constant) and isinstance(value.value, bytes) for value in values):
        return Unknown(node)
    return join_text([piece for value in values for piece in text_pieces(value)], node)


def _formatted(run: Interpreter, node: cst.FormattedString) -> Value:
    pieces: list[str | None] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text = part.value.replace("{{", "{").replace("}}", "}")
            if "\\" in text and not node.prefix.lower().count("r"):
                evaluated = _unescape(text)
                pieces.append(evaluated)
            else:
                pieces.append(text)
        else:
            expression = cast(cst.FormattedStringExpression, part)
            value = run.evaluate(expression.expression)
            if expression.conversion or expression.equal:
                pieces.append(None)
            elif expression.format_spec:
                specification = interpolate(run, expression.format_spec)
                pieces.extend(text_pieces(format_text(value, specification, part)))
            else:
                pieces.extend(run.text_of_object(value))
    return join_text(pieces, node)


def _unescape(text: str) -> str | None:
    try:
        return cast(str, cst.SimpleString('"""' + text.replace('"', '\\"') + '"""').evaluated_value)
    except Exception:
        return None


def _elements(run: Interpreter, elements: Any) -> tuple[list[Value], bool]:
    items: list[Value] = []
    open_ended = False
    for element in elements:
        if isinstance(element, cst.StarredElement):
            inner, more = iterate(run, run.evaluate(element.value))
            items.extend(inner)
            open_ended = open_ended or more
        else:
            items.append(run.evaluate(element.value))
    return items, open_ended


def _list(run: Interpreter, node: cst.List) -> Value:
    items, open_ended = _elements(run, node.elements)
    return Sequence("list", items, node, open_ended)


def _tuple(run: Interpreter, node: cst.Tuple) -> Value:
    items, open_ended = _elements(run, node.elements)
    return Sequence("tuple", items, node, open_ended)


def _set(run: Interpreter, node: cst.Set) -> Value:
    items, open_ended = _elements(run, node.elements)
    unique: list[Value] = []
    for item in items:
        if not any(same(item, other) for other in unique):
            unique.append(item)
    return Sequence("set", unique, node, open_ended)


def _dict(run: Interpreter, node: cst.Dict) -> Value:
    result = Mapping({}, node)
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            key = run.evaluate(element.key)
            value = run.evaluate(element.value)
            put(result, key, Entry(value, element.key, element.value))
        else:
            inner = run.evaluate(element.value)
            if isinstance(inner, Mapping):
                result.entries.update(inner.entries)
                result.open_ended = result.open_ended or inner.open_ended
            else:
                # What is spread may replace any key that stands before it.
                result.entries = {key: Entry(Unknown(node)) for key in result.entries}
                result.open_ended = True
    return result


def put(mapping: Mapping, key: Value, entry: Entry) -> None:
    """`mapping[key] = value`; an unknown key may be any key."""
    if isinstance(key, (Constant, External)):
        plain_key = key.value if isinstance(key, Constant) else key.path
        try:
            mapping.entries[plain_key] = entry
        except TypeError:
            mapping.open_ended = True
    else:
        mapping.open_ended = True


def _comprehension(run: Interpreter, node: cst.BaseComp, collect: Callable[[], None]) -> bool:
    """Call `collect` for each turn of a comprehension; True when there may be more, or fewer, turns."""
    return _turns(run, node.for_in, collect)


def _turns(run: Interpreter, clause: cst.CompFor, collect: Callable[[], None]) -> bool:
    items, open_ended = iterate(run, run.evaluate(clause.iter))
    if open_ended:
        items = [*items, Unknown(clause)]
    for item in items:
        run.spend()
        assign(run, clause.target, item)
        tests = [truth(run.evaluate(test.test)) for test in clause.ifs]
        if False in tests:
            continue
        unsure = None in tests or isinstance(item, Unknown)
        if unsure:
            run.doubt += 1
        try:
            if clause.inner_for_in is not None:
                open_ended = _turns(run, clause.inner_for_in, collect) or open_ended
            else:
                collect()
        finally:
            if unsure:
                run.doubt -= 1
        open_ended = open_ended or unsure
    return open_ended


def _collection(run: Interpreter, node: cst.ListComp | cst.SetComp | cst.GeneratorExp) -> Value:
    kind = "set" if isinstance(node, cst.SetComp) else "list"
    items: list[Value] = []

    def collect() -> None:
        value = run.evaluate(node.elt)
        if run.doubt == before:
            items.append(value)

    before = run.doubt
    with run.inner_scope():
        open_ended = _comprehension(run, node, collect)
    return Sequence(kind, items, node, open_ended)  # type: ignore[arg-type]


def _dict_comprehension(run: Interpreter, node: cst.DictComp) -> Value:
    result = Mapping({}, node)
    before = run.doubt

    def collect() -> None:
        key = run.evaluate(node.key)
        value = run.evaluate(node.value)
        if run.doubt == before:
            put(result, key, Entry(value, node.key, node.value))

    with run.inner_scope():
        open_ended = _comprehension(run, node, collect)
    result.open_ended = result.open_ended or open_ended
    return result


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
        from dag_lint.evaluate.text import percent

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
    frame.open_yields = frame.open_yields or run.doubt > frame.base_doubt
    return Unknown(node)


def _await(run: Interpreter, node: cst.Await) -> Value:
    return run.evaluate(node.expression)


EXPRESSIONS: dict[type, Callable[[Interpreter, Any], Value]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.SimpleString: _string,
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: _formatted,
    cst.List: _list,
    cst.Tuple: _tuple,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.ListComp: _collection,
    cst.SetComp: _collection,
    cst.GeneratorExp: _collection,
    cst.DictComp: _dict_comprehension,
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
