"""Methods of Python's own values: strings, lists, dicts, sets, dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.dates import date_method
from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.targets import set_entry
from dag_lint.evaluate.text import format_method
from dag_lint.evaluate.values import MAXIMUM_LENGTH, join_text, lift, plain, text_pieces
from dag_lint.known import Constant, Entry, Mapping, Moving, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

_STRING_METHODS = frozenset(
    {
        "capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdigit",
        "isidentifier", "islower", "isspace", "istitle", "isupper", "lower", "lstrip", "partition", "removeprefix",
        "removesuffix", "replace", "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith",
        "strip", "swapcase", "title", "upper", "encode",
    }
)  # fmt: skip
_PADDING = frozenset({"center", "ljust", "rjust", "zfill"})
_PATH_METHODS = frozenset({"with_suffix", "with_name", "joinpath", "as_posix", "relative_to", "is_absolute"})
_KEEPS_ENDING = frozenset({"lstrip", "removeprefix"})


def call_method(
    run: Interpreter, receiver: Value, name: str, arguments: CallArguments, node: Handle
) -> Value:
    """`receiver.name(...)` for a value without behaviour of its own."""
    if isinstance(receiver, Sequence):
        return _sequence_method(run, receiver, name, arguments, node)
    if isinstance(receiver, Mapping):
        return _mapping_method(run, receiver, name, arguments, node)
    if isinstance(receiver, Moving):
        return date_method(receiver, name, arguments, node)
    if isinstance(receiver, Text):
        return _text_method(receiver, name, arguments, node)
    if isinstance(receiver, Constant):
        value = receiver.value
        if isinstance(value, str):
            return _string_method(run, receiver, name, arguments, node)
        if isinstance(value, (date, datetime, timedelta, tzinfo)):
            return date_method(receiver, name, arguments, node)
        if isinstance(value, PurePosixPath):
            return _path_method(value, name, arguments, node)
    return Unknown(node)


def _plain_arguments(arguments: CallArguments) -> tuple[list[Any], dict[str, Any]] | None:
    if not arguments.complete:
        return None
    positional = [plain(value) for value, _ in arguments.positional]
    keywords = {name: plain(argument.value) for name, argument in arguments.keywords.items()}
    if not all(known for known, _ in [*positional, *keywords.values()]):
        return None
    return [value for _, value in positional], {name: value for name, (_, value) in keywords.items()}


def _string_method(
    run: Interpreter, receiver: Constant, name: str, arguments: CallArguments, node: Handle
) -> Value:
    text = str(receiver.value)
    if name == "format":
        return format_method(text, arguments, node)
    if name == "join":
        return _join(run, text, arguments, node)
    known = _plain_arguments(arguments)
    if known is None or name not in _STRING_METHODS | _PADDING:
        return Unknown(node)
    positional, keywords = known
    if name in _PADDING and not (positional and isinstance(positional[0], int) and positional[0] <= 1000):
        return Unknown(node)
    if (
        name == "replace"
        and len(positional) > 1
        and (len(text) + 1) * len(str(positional[1])) > 10 * MAXIMUM_LENGTH
    ):
        return Unknown(node)
    try:
        return lift(getattr(text, name)(*positional, **keywords), node)
    except Exception:
        return Unknown(node)


def _join(run: Interpreter, separator: str, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if value is None:
        return Unknown(node)
    items, open_ended = iterate(run, value)
    pieces: list[str | None] = []
    for index, item in enumerate(items):
        run.spend()
        pieces.extend([separator] if index else [])
        pieces.extend(text_pieces(item))
    if open_ended:
        pieces.append(None)
    return join_text(pieces, node)


def _text_method(receiver: Text, name: str, arguments: CallArguments, node: Handle) -> Value:
    if name in _KEEPS_ENDING:
        return Text((None, receiver.ending), node)
    if name in ("strip", "rstrip", "lower") and not arguments.positional:
        ending = receiver.ending.lower() if name == "lower" else receiver.ending.rstrip()
        return Text((None, ending), node) if ending else Text((None,), node)
    suffix = arguments.value(0)
    if (
        name == "endswith"
        and isinstance(suffix, Constant)
        and isinstance(suffix.value, str)
        and len(receiver.ending) >= len(suffix.value)
    ):
        return Constant(receiver.ending.endswith(suffix.value), node)
    if name in ("format", "replace", "title", "upper", "capitalize", "join", "removesuffix"):
        return Text((None,), node)
    return Unknown(node)


def _sequence_method(
    run: Interpreter, receiver: Sequence, name: str, arguments: CallArguments, node: Handle
) -> Value:
    item = arguments.value(0)
    if name in ("append", "add") and item is not None:
        if run.certain:
            receiver.items.append(item)
        else:
            receiver.open_ended = True
        return Constant(None, node)
    if name in ("extend", "update") and item is not None:
        items, open_ended = iterate(run, item)
        if run.certain:
            receiver.items.extend(list(items))
        receiver.open_ended = receiver.open_ended or open_ended or not run.certain
        return Constant(None, node)
    if name == "copy":
        return Sequence(receiver.kind, list(receiver.items), node, receiver.open_ended)
    if (
        name == "pop"
        and run.certain
        and not receiver.open_ended
        and receiver.items
        and receiver.kind == "list"
    ):
        if item is None:
            return receiver.items.pop()
        if isinstance(item, Constant) and item.value in (0, -1):
            return receiver.items.pop(0 if item.value == 0 else -1)
    if name == "reverse" and run.certain and not receiver.open_ended:
        receiver.items.reverse()
        return Constant(None, node)
    if name in ("index", "count"):
        return Unknown(node)
    # Whatever else is done to it (insert, remove, sort ...), its order and number are no longer known.
    receiver.open_ended = True
    return Unknown(node)


def _mapping_method(
    run: Interpreter, receiver: Mapping, name: str, arguments: CallArguments, node: Handle
) -> Value:
    if name in ("items", "keys", "values"):
        return _view(receiver, name, node)
    if name == "copy":
        return Mapping(dict(receiver.entries), node, receiver.open_ended)
    if name in ("get", "pop", "setdefault"):
        return _mapping_get(run, receiver, name, arguments, node)
    if name == "update":
        other = arguments.value(0)
        if isinstance(other, Mapping):
            for key, entry in other.entries.items():
                set_entry(run, receiver, Constant(key), entry)
            receiver.open_ended = receiver.open_ended or other.open_ended
        elif other is not None:
            receiver.entries = {key: Entry(Unknown(node)) for key in receiver.entries}
            receiver.open_ended = True
        for key_name, argument in arguments.keywords.items():
            set_entry(run, receiver, Constant(key_name), Entry(argument.value, argument.key, argument.node))
        return Constant(None, node)
    receiver.open_ended = True
    return Unknown(node)


def _view(receiver: Mapping, name: str, node: Handle) -> Value:
    items: list[Value] = []
    for key, entry in receiver.entries.items():
        key_value = Constant(key, entry.key_node)
        if name == "keys":
            items.append(key_value)
        elif name == "values":
            items.append(entry.value)
        else:
            items.append(Sequence("tuple", [key_value, entry.value], node))
    return Sequence("list", items, node, receiver.open_ended)


def _mapping_get(
    run: Interpreter, receiver: Mapping, name: str, arguments: CallArguments, node: Handle
) -> Value:
    key = arguments.value(0)
    default = arguments.value(1, "default") or Constant(None, node)
    if not isinstance(key, Constant):
        receiver.open_ended = receiver.open_ended or name != "get"
        return Unknown(node)
    entry = receiver.get(key.value)
    if name == "pop" and entry is not None:
        if run.certain:
            del receiver.entries[key.value]
        else:
            receiver.open_ended = True
            receiver.entries[key.value] = Entry(Unknown(node))
    if entry is not None:
        return entry.value
    if receiver.open_ended:
        return Unknown(node)
    if name == "setdefault":
        set_entry(run, receiver, key, Entry(default, None, node))
    return default


def _path_method(path: PurePosixPath, name: str, arguments: CallArguments, node: Handle) -> Value:
    if name in ("resolve", "absolute", "expanduser"):
        return Constant(path, node) if path.is_absolute() else Unknown(node)
    known = _plain_arguments(arguments)
    if known is None or name not in _PATH_METHODS:
        return Unknown(node)
    try:
        return Constant(getattr(path, name)(*known[0]), node)
    except Exception:
        return Unknown(node)
