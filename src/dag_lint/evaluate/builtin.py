"""Python's built-in functions over values that may be unknown."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any, Literal

from dag_lint.evaluate.attempts import fails
from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.containers import make_set, update
from dag_lint.evaluate.iteration import MAXIMUM_ITEMS, in_order, iterate
from dag_lint.evaluate.lazies import Lazy
from dag_lint.evaluate.objects import CallArguments
from dag_lint.evaluate.ordering import sort_keys, sorted_items
from dag_lint.evaluate.protocols import special
from dag_lint.evaluate.targets import disturb
from dag_lint.evaluate.values import arithmetic, either, join_text, lift, plain, repr_of, truth
from dag_lint.known import Constant, Entry, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

    BuiltIn = Callable[[Interpreter, CallArguments, Handle], Value]

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {"__import__"}

_PURE: dict[str, Callable[..., Any]] = {
    "int": int, "float": float, "bool": bool, "abs": abs, "round": round,
    "ord": ord, "chr": chr, "hex": hex, "bin": bin, "oct": oct, "divmod": divmod,
}  # fmt: skip


def _pure(name: str) -> BuiltIn:
    function = _PURE[name]

    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        known = [plain(value) for value, _ in arguments.positional]
        if arguments.keywords or not arguments.complete or not all(is_known for is_known, _ in known):
            return Unknown(node)
        try:
            return lift(function(*(value for _, value in known)), node)
        except Exception as error:
            fails(run, type(error).__name__)
            return Unknown(node)

    return build


def _str(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    return Constant("", node) if value is None else join_text(run.text_of_object(value), node)


def _repr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    known, value = plain(arguments.value(0) or Unknown(node))
    text = repr_of(value) if known else None
    return Text((None,), node) if text is None else Constant(text, node)


def _len(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes, range)):
        return Constant(len(value.value), node)
    if isinstance(value, Sequence) and not value.open_ended and value.kind != "iterator":
        return Constant(len(value.items), node)
    if isinstance(value, Mapping) and not value.open_ended:
        return Constant(len(value.entries), node)
    if isinstance(value, Class) and value.is_enum():
        return Constant(len(value.members()), node)
    if isinstance(value, Instance):
        found = special(run, value, "__len__", [], node)
        return found if found is not None else _len_of_record(value, node)
    return Unknown(node)


def _len_of_record(value: Instance, node: Handle) -> Value:
    items = value.as_items()
    return Unknown(node) if items is None else Constant(len(items), node)


def _range(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    numbers = [value.value for value, _ in arguments.positional if isinstance(value, Constant)]
    bounds = [number for number in numbers if isinstance(number, int)]
    if not arguments.complete or len(bounds) != len(arguments.positional) or not 1 <= len(bounds) <= 3:
        return Unknown(node)
    try:
        found = range(*bounds)
        return Constant(found, node) if len(found) <= MAXIMUM_ITEMS else Unknown(node)
    except (ValueError, OverflowError):
        return Unknown(node)


def _collect(kind: Literal["list", "tuple"]) -> BuiltIn:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        value = arguments.value(0)
        if value is None:
            return Sequence(kind, [], node, arguments.open_positional, born=run.doubts)
        ordered = in_order(value)
        items, open_ended = iterate(run, value)
        return Sequence(kind, list(items), node, open_ended, not ordered and len(items) > 1, run.doubts)

    return build


def _set(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    items, open_ended = iterate(run, value) if value is not None else ([], arguments.open_positional)
    return make_set(run, list(items), node, open_ended)


def _iter(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None or len(arguments.positional) != 1:
        return Unknown(node)
    return value if isinstance(value, Lazy) else _iterator(run, value, node)


def _iterator(run: Interpreter, value: Value, node: Handle) -> Sequence:
    """The items of a value as an iterator, which gives them once."""
    ordered = in_order(value)
    items, open_ended = iterate(run, value)
    return Sequence("iterator", list(items), node, open_ended, not ordered and len(items) > 1, run.doubts)


def _dict(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    result = Mapping({}, node, arguments.open_keywords or arguments.open_positional, run.doubts)
    if arguments.positional:
        update(run, result, arguments.positional[0][0])
    for name, argument in arguments.keywords.items():
        result.entries[name] = Entry(argument.value, argument.key, argument.node)
    return result


def _enumerate(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, start = arguments.value(0), arguments.value(1, "start")
    if value is None:
        return Unknown(node)
    inner = _iterator(run, value, node)
    first = 0 if start is None else start.value if isinstance(start, Constant) else None
    known = isinstance(first, int) and in_order(inner)
    pairs: list[Value] = [
        Sequence("tuple", [Constant(first + index, node) if known else Unknown(node), item], node)  # type: ignore[operator]
        for index, item in enumerate(inner.items)
    ]
    return Sequence("iterator", pairs, node, inner.open_ended, inner.unordered, run.doubts)


def _zip(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    given = [value for value, _ in arguments.positional]
    shared = len({id(value) for value in given}) < len(given)
    columns = [_iterator(run, value, node) for value in given]
    # An iterator that is given twice is read in turns.
    if shared or arguments.open_positional or not all(in_order(column) for column in columns):
        return Sequence("iterator", [], node, open_ended=True)
    lengths = {len(column.items) for column in columns}
    strict = arguments.keywords.get("strict")
    if strict is not None and truth(strict.value) is not False and len(lengths) > 1:
        # Python raises on the way: what has been zipped until then is used.
        return Sequence("iterator", [], node, open_ended=True)
    rows: list[Value] = [
        Sequence("tuple", list(row), node) for row in zip(*(column.items for column in columns), strict=False)
    ]
    return Sequence("iterator", rows, node, born=run.doubts)


def _sorted(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    items, open_ended = iterate(run, value)
    order = None if open_ended else sorted_items(run, list(items), arguments, node)
    if order is None:
        return Sequence("list", list(items), node, open_ended, not open_ended and len(items) > 1, run.doubts)
    return Sequence("list", order, node, born=run.doubts)


def _extreme(name: str) -> BuiltIn:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        first, default = arguments.value(0), arguments.keywords.get("default")
        if first is None or not arguments.complete:
            return Unknown(node)
        single = len(arguments.positional) == 1
        items, open_ended = (
            iterate(run, first) if single else ([*(v for v, _ in arguments.positional)], False)
        )
        if not items and not open_ended:
            return default.value if default is not None else Unknown(node)
        keys = None if open_ended else sort_keys(run, arguments, list(items), node)
        if keys is None:
            return either([*items, Unknown(node)])
        try:
            pick = max if name == "max" else min
            return items[pick(range(len(items)), key=lambda index: keys[index])]
        except TypeError:
            return Unknown(node)

    return build


def _reversed(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    made = _iterator(run, value, node)
    made.items.reverse()
    return made


def _next(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, default = arguments.value(0), arguments.value(1)
    if isinstance(value, Lazy):
        value = value.spread()
    if not isinstance(value, Sequence) or value.kind != "iterator":
        return Unknown(node)
    if in_order(value) and run.sure_of(value.born):
        if value.items:
            return value.items.pop(0)
        return default if default is not None else Unknown(node)
    found = either([*value.items, default or Unknown(node), Unknown(node)])
    disturb(value)
    return found


def _all_any(seek: bool) -> BuiltIn:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        value = arguments.value(0)
        items, open_ended = iterate(run, value) if value is not None else ([], True)
        results = [truth(item) for item in items]
        if seek in results:
            return Constant(seek, node)
        return Unknown(node) if open_ended or None in results else Constant(not seek, node)

    return build


def _map(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    function = arguments.value(0)
    columns = [_iterator(run, value, node) for value, _ in arguments.positional[1:]]
    if function is None or not columns or not all(in_order(column) for column in columns):
        return Sequence("iterator", [], node, open_ended=True)
    rows = list(zip(*(column.items for column in columns), strict=False))

    def make() -> tuple[list[Value], bool]:
        return [
            run.call(function, CallArguments([(item, node) for item in row]), None) for row in rows
        ], False

    return Lazy(make, node, run.doubts)


def _filter(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    function, value = arguments.value(0), arguments.value(1)
    if function is None or value is None:
        return Unknown(node)
    inner = _iterator(run, value, node)

    def make() -> tuple[list[Value], bool]:
        kept: list[Value] = []
        open_ended = not in_order(inner)
        for item in inner.items:
            by = (
                item
                if plain(function) == (True, None)
                else run.call(function, CallArguments([(item, node)]), None)
            )
            known = truth(by)
            kept += [item] if known is True else []
            open_ended = open_ended or known is None
        return kept, open_ended

    return Lazy(make, node, run.doubts)


def _sum(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    items, open_ended = iterate(run, value)
    total = arguments.value(1, "start") or Constant(0, node)
    if open_ended:
        return Unknown(node)
    for item in items:
        run.spend()
        total = arithmetic("+", total, item, node)
    return total


BUILTIN_CALLS: dict[str, BuiltIn] = {
    **{f"builtins.{name}": _pure(name) for name in _PURE},
    "builtins.str": _str,
    "builtins.repr": _repr,
    "builtins.len": _len,
    "builtins.range": _range,
    "builtins.list": _collect("list"),
    "builtins.tuple": _collect("tuple"),
    "builtins.set": _set,
    "builtins.frozenset": _set,
    "builtins.dict": _dict,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.sorted": _sorted,
    "builtins.max": _extreme("max"),
    "builtins.min": _extreme("min"),
    "builtins.reversed": _reversed,
    "builtins.iter": _iter,
    "builtins.next": _next,
    "builtins.all": _all_any(False),
    "builtins.any": _all_any(True),
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.sum": _sum,
}
