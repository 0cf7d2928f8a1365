"""Literals, displays and comprehensions: the expressions that spell a value out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from dag_lint.evaluate.containers import make_set, update
from dag_lint.evaluate.iteration import in_order, iterate
from dag_lint.evaluate.lazies import Lazy
from dag_lint.evaluate.protocols import truth_of
from dag_lint.evaluate.targets import assign, set_entry
from dag_lint.evaluate.text import format_text, interpolate
from dag_lint.evaluate.values import join_text, plain, repr_of, text_pieces
from dag_lint.evaluate.ways import read_both_ways
from dag_lint.known import Constant, Entry, Mapping, Sequence, Unknown, Value
from dag_lint.syntax import literal, literal_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.scope import Scope
    from dag_lint.evaluate.ways import Signal


def _integer(run: Interpreter, node: cst.Integer) -> Value:
    text = node.value
    return Constant(int(text.replace("_", ""), 0), node) if len(text) < 100 else Unknown(node)


def _float(run: Interpreter, node: cst.Float) -> Value:
    return Constant(float(node.value.replace("_", "")), node)


def _string(run: Interpreter, node: cst.SimpleString) -> Value:
    value = literal(node)
    return Unknown(node) if value is None else Constant(value, node)


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
        if type(part) is cst.FormattedStringText:
            pieces.append(literal_part(node, part))
        else:
            expression = cast(cst.FormattedStringExpression, part)
            pieces.extend(_inserted(run, expression, run.evaluate(expression.expression)))
    return run.spend_on(join_text(pieces, node))


def _inserted(run: Interpreter, expression: cst.FormattedStringExpression, value: Value) -> list[str | None]:
    """What stands for `{expression!r:specification}`."""
    if expression.equal:
        return [None]
    if expression.conversion:
        known, plain_value = plain(value)
        text = repr_of(plain_value) if known and expression.conversion == "r" else None
        if expression.conversion == "s":
            value = join_text(run.text_of_object(value), expression)
        else:
            value = Unknown(expression) if text is None else Constant(text, expression)
    if expression.format_spec:
        specification = interpolate(run, expression.format_spec)
        return text_pieces(format_text(value, specification, expression))
    return run.text_of_object(value, formatted=True)


def _elements(run: Interpreter, elements: Any) -> tuple[list[Value], bool, bool]:
    """What stands in a display, whether there may be more, and whether the order is not known."""
    items: list[Value] = []
    open_ended = unordered = False
    for element in elements:
        if type(element) is cst.StarredElement:
            value = run.evaluate(element.value)
            ordered = in_order(value)
            inner, more = iterate(run, value)
            items.extend(inner)
            open_ended = open_ended or more
            unordered = unordered or (not ordered and len(inner) > 1)
        else:
            items.append(run.evaluate(element.value))
    return items, open_ended, unordered


def _list(run: Interpreter, node: cst.List) -> Value:
    items, open_ended, unordered = _elements(run, node.elements)
    return Sequence("list", items, node, open_ended, unordered, run.doubts)


def _tuple(run: Interpreter, node: cst.Tuple) -> Value:
    items, open_ended, unordered = _elements(run, node.elements)
    return Sequence("tuple", items, node, open_ended, unordered)


def _set(run: Interpreter, node: cst.Set) -> Value:
    items, open_ended, _ = _elements(run, node.elements)
    return make_set(run, items, node, open_ended)


def _dict(run: Interpreter, node: cst.Dict) -> Value:
    result = Mapping({}, node, born=run.doubts)
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            key = run.evaluate(element.key)
            value = run.evaluate(element.value)
            set_entry(run, result, key, Entry(value, element.key, element.value))
        else:
            update(run, result, run.evaluate(element.value))
    return result


def _turns(
    run: Interpreter, clause: cst.CompFor, value: Value, collect: Callable[[], None]
) -> tuple[bool, bool]:
    """Call `collect` for each turn of a comprehension.

    Whether there may be more turns than those that were sure to come, and whether their order is not known.
    """
    ordered = in_order(value)
    items, open_ended = iterate(run, value)
    unordered = not ordered and len(items) > 1
    for item in list(items):
        more, mixed = _one_turn(run, clause, item, collect)
        open_ended, unordered = open_ended or more, unordered or mixed
    if open_ended:
        _maybe(run, lambda: _one_turn(run, clause, Unknown(clause), collect))
    return open_ended, unordered


def _one_turn(
    run: Interpreter, clause: cst.CompFor, item: Value, collect: Callable[[], None]
) -> tuple[bool, bool]:
    run.spend()
    assign(run, clause.target, item)
    sure = True
    for test in clause.ifs:
        known = truth_of(run, run.evaluate(test.test))
        if known is False:
            return False, False
        sure = sure and known is True

    def rest() -> tuple[bool, bool]:
        if clause.inner_for_in is not None:
            return _turns(run, clause.inner_for_in, run.evaluate(clause.inner_for_in.iter), collect)
        collect()
        return False, False

    if sure:
        return rest()
    _maybe(run, rest)
    return True, False


def _maybe(run: Interpreter, code: Callable[[], object]) -> None:
    """Run code that may not run."""

    def first() -> Signal:
        code()
        return None

    read_both_ways(run, first, lambda: None)


def _collection(run: Interpreter, node: cst.ListComp | cst.SetComp) -> Value:
    items, open_ended, unordered = _collect(run, node, run.scope, run.evaluate(node.for_in.iter))
    if isinstance(node, cst.SetComp):
        return make_set(run, items, node, open_ended)
    return Sequence("list", items, node, open_ended, unordered, run.doubts)


def _generator(run: Interpreter, node: cst.GeneratorExp) -> Value:
    scope, value = run.scope, run.evaluate(node.for_in.iter)

    def make() -> tuple[list[Value], bool]:
        items, open_ended, unordered = _collect(run, node, scope, value)
        return ([], True) if unordered else (items, open_ended)

    return Lazy(make, node, run.doubts)


def _collect(
    run: Interpreter, node: cst.ListComp | cst.SetComp | cst.GeneratorExp, scope: Scope, value: Value
) -> tuple[list[Value], bool, bool]:
    items: list[Value] = []
    with run.inner_scope(scope):
        before = run.doubts

        def collect() -> None:
            value = run.evaluate(node.elt)
            if run.doubts == before:
                items.append(value)

        open_ended, unordered = _turns(run, node.for_in, value, collect)
    return items, open_ended, unordered


def _dict_comprehension(run: Interpreter, node: cst.DictComp) -> Value:
    result = Mapping({}, node, born=run.doubts)

    def collect() -> None:
        key = run.evaluate(node.key)
        set_entry(run, result, key, Entry(run.evaluate(node.value), node.key, node.value))

    value = run.evaluate(node.for_in.iter)
    with run.inner_scope(run.scope):
        open_ended, _ = _turns(run, node.for_in, value, collect)
    result.open_ended = result.open_ended or open_ended
    return result


DISPLAYS: dict[type, Callable[[Interpreter, Any], Value]] = {
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
    cst.GeneratorExp: _generator,
    cst.DictComp: _dict_comprehension,
}
