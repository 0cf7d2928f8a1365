"""Literals, displays and comprehensions: the expressions that spell a value out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import libcst as cst

from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.targets import assign
from dag_lint.evaluate.text import format_text, interpolate
from dag_lint.evaluate.values import join_text, same, text_pieces, truth
from dag_lint.known import Constant, Entry, External, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter


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
    cst.GeneratorExp: _collection,
    cst.DictComp: _dict_comprehension,
}
