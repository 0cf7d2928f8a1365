"""Methods of Python's own values: strings, lists, dicts, sets, dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dag_lint.evaluate.containers import mapping_method, sequence_method
from dag_lint.evaluate.dates import date_method
from dag_lint.evaluate.iteration import in_order, iterate
from dag_lint.evaluate.text import format_method
from dag_lint.evaluate.values import MAXIMUM_LENGTH, join_text, lift, plain, plain_arguments, text_pieces
from dag_lint.known import Constant, Mapping, Moving, Sequence, Text, Unknown, Value

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
        return sequence_method(run, receiver, name, arguments, node)
    if isinstance(receiver, Mapping):
        return mapping_method(run, receiver, name, arguments, node)
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


def _string_method(
    run: Interpreter, receiver: Constant, name: str, arguments: CallArguments, node: Handle
) -> Value:
    text = str(receiver.value)
    if name == "format":
        return format_method(run, text, arguments, node)
    if name == "join":
        return _join(run, text, arguments, node)
    known = plain_arguments(arguments)
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
    ordered = in_order(value)
    items, open_ended = iterate(run, value)
    if not ordered and len(items) > 1:
        return Text((None,), node)
    pieces: list[str | None] = []
    for index, item in enumerate(items):
        run.spend()
        pieces.extend([separator] if index else [])
        pieces.extend(_member_pieces(item))
    if open_ended:
        pieces.append(None)
    return join_text(pieces, node)


def _member_pieces(item: Value) -> list[str | None]:
    known, text = plain(item)
    return [text] if known and isinstance(text, str) else text_pieces(item)


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


def _path_method(path: PurePosixPath, name: str, arguments: CallArguments, node: Handle) -> Value:
    if name in ("resolve", "absolute", "expanduser"):
        return Constant(path, node) if path.is_absolute() else Unknown(node)
    known = plain_arguments(arguments)
    if known is None or name not in _PATH_METHODS:
        return Unknown(node)
    try:
        return Constant(getattr(path, name)(*known[0]), node)
    except Exception:
        return Unknown(node)
