"""itertools, functools.reduce and operator: walking through things."""

from __future__ import annotations

import itertools
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

import libcst as cst

from dag_lint.evaluate.iteration import in_order, iterate
from dag_lint.evaluate.objects import CallArguments, Object
from dag_lint.evaluate.subscripts import item_of
from dag_lint.evaluate.values import arithmetic, plain
from dag_lint.known import Constant, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

    Library = Callable[[Interpreter, CallArguments, Handle], Value]

MAXIMUM_ROWS = 10_000


def _iterator(run: Interpreter, items: list[Value], node: Handle, open_ended: bool = False) -> Sequence:
    return Sequence("iterator", items, node, open_ended, born=run.doubts)


def _columns(run: Interpreter, arguments: CallArguments) -> list[list[Value]] | None:
    """The items of each argument in order, None when they are not known."""
    if not arguments.complete:
        return None
    found = []
    for value, _ in arguments.positional:
        ordered = in_order(value)
        items, open_ended = iterate(run, value)
        if open_ended or (not ordered and len(items) > 1):
            return None
        found.append(list(items))
    return found


def _chain(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    items: list[Value] = []
    open_ended, unordered = arguments.open_positional, False
    for value, _ in arguments.positional:
        ordered = in_order(value)
        inner, more = iterate(run, value)
        items.extend(inner)
        open_ended, unordered = open_ended or more, unordered or (not ordered and len(inner) > 1)
    return Sequence("iterator", items, node, open_ended, unordered, run.doubts)


def _chain_from_iterable(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    rows = _columns(run, arguments)
    if rows is None or len(rows) != 1:
        return _iterator(run, [], node, open_ended=True)
    return _chain(run, CallArguments([(row, node) for row in rows[0]]), node)


def _rows(combine: Callable[..., Any]) -> Library:
    """What an itertools function of known sequences gives, each row a tuple."""

    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        columns = _columns(run, arguments)
        if columns is None or arguments.keywords:
            return _iterator(run, [], node, open_ended=True)
        rows = list(itertools.islice(combine(*columns), MAXIMUM_ROWS + 1))
        run.spend(len(rows))
        made: list[Value] = [Sequence("tuple", list(row), node) for row in rows]
        return _iterator(run, made[:MAXIMUM_ROWS], node, len(rows) > MAXIMUM_ROWS)

    return build


def _selection(combine: Callable[[list[Value], int], Any]) -> Library:
    """combinations and permutations, with their number of members."""

    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        size = arguments.value(1, "r")
        known = size.value if isinstance(size, Constant) and isinstance(size.value, int) else None
        columns = _columns(run, CallArguments(arguments.positional[:1]))
        if columns is None or not columns or known is None or not 0 <= known <= 20:
            return _iterator(run, [], node, open_ended=True)
        return _rows(lambda items: combine(items, known))(run, CallArguments(arguments.positional[:1]), node)

    return build


def _group_by(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    key = arguments.value(1, "key")
    columns = _columns(run, CallArguments(arguments.positional[:1]))
    groups: list[tuple[Value, object, list[Value]]] = []
    for item in columns[0] if columns else ():
        by = item if key is None else run.call(key, CallArguments([(item, node)]), None)
        known, plain_key = plain(by)
        if not known:
            return _iterator(run, [], node, open_ended=True)
        if not groups or plain_key != groups[-1][1]:
            groups.append((by, plain_key, []))
        groups[-1][2].append(item)
    pairs: list[Value] = [
        Sequence("tuple", [by, _iterator(run, members, node)], node) for by, _, members in groups
    ]
    return _iterator(run, pairs, node, columns is None)


def _zip_longest(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    columns = _columns(run, arguments)
    fill = arguments.keywords.get("fillvalue")
    filler = fill.value if fill is not None else Constant(None, node)
    rows = [] if columns is None else list(zip_longest(*columns, fillvalue=filler))
    return _iterator(run, [Sequence("tuple", list(row), node) for row in rows], node, columns is None)


def _slice(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    columns = _columns(run, CallArguments(arguments.positional[:1]))
    bounds = [plain(value) for value, _ in arguments.positional[1:]]
    numbers = [bound for known, bound in bounds if known and (bound is None or isinstance(bound, int))]
    if not columns or not numbers or len(numbers) != len(bounds):
        return _iterator(run, [], node, open_ended=True)
    try:
        return _iterator(run, list(itertools.islice(columns[0], *numbers)), node)
    except ValueError:
        return Unknown(node)


def _repeat(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, times = arguments.value(0, "object"), arguments.value(1, "times")
    count = times.value if isinstance(times, Constant) and isinstance(times.value, int) else None
    if value is None or count is None or count > MAXIMUM_ROWS:
        return _iterator(run, [], node, open_ended=True)
    return _iterator(run, [value] * count, node)


def _reduce(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    function, start = arguments.value(0), arguments.value(2)
    columns = _columns(run, CallArguments(arguments.positional[1:2]))
    if function is None or not columns:
        return Unknown(node)
    items = columns[0] if start is None else [start, *columns[0]]
    if not items:
        return Unknown(node)
    result = items[0]
    for item in items[1:]:
        result = run.call(function, CallArguments([(result, node), (item, node)]), None)
    return result


class Getter(Object):
    """`operator.itemgetter(...)`, `operator.attrgetter(...)`."""

    __slots__ = ("_attributes", "_keys")

    def __init__(self, keys: list[Value], attributes: bool, node: Handle) -> None:
        self.node = node
        self._keys = keys
        self._attributes = attributes

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:

        value = arguments.value(0)
        if value is None or node is None:
            return self._of(run, value or Unknown(node), cst.Name("itemgetter"))
        return self._of(run, value, node)

    def _of(self, run: Interpreter, value: Value, node: cst.CSTNode) -> Value:
        found: list[Value] = []
        for key in self._keys:
            current = value
            if not self._attributes:
                found.append(item_of(run, current, key, node))
                continue
            for name in str(getattr(key, "value", "")).split("."):
                current = run.attribute(current, name, node)
            found.append(current)
        return found[0] if len(found) == 1 else Sequence("tuple", found, node)


def _getter(attributes: bool) -> Library:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        keys = [value for value, _ in arguments.positional]
        if not keys or not arguments.complete or not all(isinstance(key, Constant) for key in keys):
            return Unknown(node)
        return Getter(keys, attributes, node)

    return build


def _operator(symbol: str) -> Library:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        left, right = arguments.value(0), arguments.value(1)
        return Unknown(node) if left is None or right is None else arithmetic(symbol, left, right, node)

    return build


ITERATOR_CALLS: dict[str, Library] = {
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_from_iterable,
    "itertools.product": _rows(itertools.product),
    "itertools.pairwise": _rows(pairwise),
    "itertools.combinations": _selection(itertools.combinations),
    "itertools.permutations": _selection(itertools.permutations),
    "itertools.groupby": _group_by,
    "itertools.zip_longest": _zip_longest,
    "itertools.islice": _slice,
    "itertools.repeat": _repeat,
    "functools.reduce": _reduce,
    "operator.itemgetter": _getter(attributes=False),
    "operator.attrgetter": _getter(attributes=True),
    "operator.add": _operator("+"),
    "operator.mul": _operator("*"),
}
