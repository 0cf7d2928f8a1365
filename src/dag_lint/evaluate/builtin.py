"""Python's built-in functions over values that may be unknown."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.iteration import MAXIMUM_ITEMS, iterate
from dag_lint.evaluate.objects import CallArguments, Class, Function, Instance
from dag_lint.evaluate.values import join_text, lift, plain, truth
from dag_lint.known import Constant, Entry, External, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

    BuiltIn = Callable[[Interpreter, CallArguments, Handle], Value]

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {"__import__"}

_PURE: dict[str, Callable[..., Any]] = {
    "int": int, "float": float, "bool": bool, "abs": abs, "round": round, "sum": sum,
    "ord": ord, "chr": chr, "hex": hex, "divmod": divmod,
}  # fmt: skip


def _pure(name: str) -> BuiltIn:
    function = _PURE[name]

    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        known = [plain(value) for value, _ in arguments.positional]
        if arguments.keywords or not arguments.complete or not all(is_known for is_known, _ in known):
            return Unknown(node)
        try:
            return lift(function(*(value for _, value in known)), node)
        except Exception:
            return Unknown(node)

    return build


def _str(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    return Constant("", node) if value is None else join_text(run.text_of_object(value), node)


def _len(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes, range)):
        return Constant(len(value.value), node)
    if isinstance(value, Sequence) and not value.open_ended:
        return Constant(len(value.items), node)
    if isinstance(value, Mapping) and not value.open_ended:
        return Constant(len(value.entries), node)
    return Unknown(node)


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


def _collect(kind: str) -> BuiltIn:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        value = arguments.value(0)
        if value is None:
            return Sequence(kind, [], node)  # type: ignore[arg-type]
        items, open_ended = iterate(run, value)
        return Sequence(kind, list(items), node, open_ended)  # type: ignore[arg-type]

    return build


def _dict(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    result = Mapping({}, node, arguments.open_keywords or arguments.open_positional)
    first = arguments.value(0)
    if isinstance(first, Mapping):
        result.entries.update(first.entries)
        result.open_ended = result.open_ended or first.open_ended
    elif first is not None:
        items, open_ended = iterate(run, first)
        for item in items:
            if isinstance(item, Sequence) and len(item.items) == 2 and isinstance(item.items[0], Constant):
                result.entries[item.items[0].value] = Entry(
                    item.items[1], item.items[0].node, item.items[1].node
                )
            else:
                open_ended = True
        result.open_ended = result.open_ended or open_ended
    for name, argument in arguments.keywords.items():
        result.entries[name] = Entry(argument.value, argument.key, argument.node)
    return result


def _enumerate(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, start = arguments.value(0), arguments.value(1, "start")
    first = start.value if isinstance(start, Constant) and isinstance(start.value, int) else 0
    if value is None or (start is not None and not isinstance(start, Constant)):
        return Unknown(node)
    items, open_ended = iterate(run, value)
    pairs: list[Value] = [
        Sequence("tuple", [Constant(index, node), item], node) for index, item in enumerate(items, first)
    ]
    return Sequence("list", pairs, node, open_ended)


def _zip(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    columns = [iterate(run, value) for value, _ in arguments.positional]
    rows: list[Value] = [
        Sequence("tuple", list(row), node) for row in zip(*(items for items, _ in columns), strict=False)
    ]
    return Sequence("list", rows, node, arguments.open_positional or any(more for _, more in columns))


def _keys(
    run: Interpreter, arguments: CallArguments, items: list[Value], node: Handle
) -> list[object] | None:
    """What each item is compared by: itself, or what `key=` makes of it; None when one is not known."""
    key = arguments.keywords.get("key")
    by = (
        items if key is None else [run.call(key.value, CallArguments([(item, node)]), None) for item in items]
    )
    known = [plain(value) for value in by]
    return [value for _, value in known] if all(is_known for is_known, _ in known) else None


def _sorted(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    items, open_ended = iterate(run, value)
    reverse = arguments.keywords.get("reverse")
    backwards = truth(reverse.value) if reverse is not None else False
    keys = None if open_ended or backwards is None else _keys(run, arguments, items, node)
    if keys is None:
        return Sequence("list", list(items), node, open_ended=True)
    try:
        order = sorted(range(len(items)), key=lambda index: keys[index], reverse=bool(backwards))  # type: ignore[arg-type, return-value]
    except TypeError:
        return Unknown(node)
    return Sequence("list", [items[index] for index in order], node)


def _extreme(name: str) -> BuiltIn:
    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        first = arguments.value(0)
        single = len(arguments.positional) == 1 and first is not None
        items, open_ended = (
            iterate(run, first) if single and first is not None else ([*arguments.values()], False)
        )
        if "default" in arguments.keywords or (not single and arguments.keywords):
            return Unknown(node)
        keys = None if open_ended or not items else _keys(run, arguments, items, node)
        if keys is None:
            return Unknown(node)
        try:
            pick = max if name == "max" else min
            return items[pick(range(len(items)), key=lambda index: keys[index])]  # type: ignore[arg-type, return-value]
        except TypeError:
            return Unknown(node)

    return build


def _reversed(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    items, open_ended = iterate(run, value)
    return Sequence("list", list(reversed(items)), node, open_ended)


def _next(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if isinstance(value, Sequence) and value.items and value.kind != "set" and not value.open_ended:
        return value.items[0]
    return Unknown(node)


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
    function, value = arguments.value(0), arguments.value(1)
    if function is None or value is None or len(arguments.positional) != 2:
        return Unknown(node)
    items, open_ended = iterate(run, value)
    results = [run.call(function, CallArguments([(item, node)]), None) for item in items]
    return Sequence("list", results, node, open_ended)


def _isinstance(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, kind = arguments.value(0), arguments.value(1)
    if isinstance(value, Instance) and isinstance(kind, Class):
        found = kind in value.cls.lineage()
        return Constant(found, node) if found or value.cls.is_closed() else Unknown(node)
    if isinstance(kind, External) and isinstance(value, (Constant, Sequence, Mapping, Text)):
        names = {"builtins.str": str, "builtins.int": int, "builtins.list": "list", "builtins.dict": Mapping}
        wanted = names.get(kind.path)
        if wanted is Mapping:
            return Constant(isinstance(value, Mapping), node)
        if wanted == "list":
            return Constant(isinstance(value, Sequence) and value.kind == "list", node)
        if wanted is str and isinstance(value, Text):
            return Constant(True, node)
        if isinstance(wanted, type):
            return Constant(isinstance(value, Constant) and isinstance(value.value, wanted), node)
    return Unknown(node)


def _globals(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return run.globals_value(node)


def _getattr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, name = arguments.value(0), arguments.value(1)
    if value is not None and isinstance(name, Constant) and isinstance(name.value, str):
        found = run.attribute(value, name.value, node)
        if len(arguments.positional) < 3 or not isinstance(found, (Unknown, External)):
            return found
    return Unknown(node)


def _setattr(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    from dag_lint.evaluate.objects import Object

    owner, name, value = arguments.value(0), arguments.value(1), arguments.value(2)
    if (
        isinstance(owner, Object)
        and value is not None
        and isinstance(name, Constant)
        and isinstance(name.value, str)
    ):
        owner.set_attribute(run, name.value, value, node)
    return Constant(None, node)


def _callable(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if isinstance(value, (Function, Class)):
        return Constant(True, node)
    return Constant(False, node) if isinstance(value, (Constant, Sequence, Mapping)) else Unknown(node)


def _none(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return Constant(None, node)


BUILTIN_CALLS: dict[str, BuiltIn] = {
    **{f"builtins.{name}": _pure(name) for name in _PURE},
    "builtins.str": _str,
    "builtins.len": _len,
    "builtins.range": _range,
    "builtins.list": _collect("list"),
    "builtins.tuple": _collect("tuple"),
    "builtins.set": _collect("set"),
    "builtins.frozenset": _collect("set"),
    "builtins.dict": _dict,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.sorted": _sorted,
    "builtins.max": _extreme("max"),
    "builtins.min": _extreme("min"),
    "builtins.reversed": _reversed,
    "builtins.iter": _collect("list"),
    "builtins.next": _next,
    "builtins.all": _all_any(False),
    "builtins.any": _all_any(True),
    "builtins.map": _map,
    "builtins.isinstance": _isinstance,
    "builtins.globals": _globals,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.callable": _callable,
    "builtins.print": _none,
}
