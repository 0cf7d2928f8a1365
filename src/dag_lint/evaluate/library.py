"""The few functions of the standard library that DAG files compute their constants with."""

from __future__ import annotations

import json
import posixpath
import re
import textwrap
from itertools import pairwise, zip_longest
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.builtin import BUILTIN_CALLS
from dag_lint.evaluate.dates import DATE_CALLS, DATE_CONSTANTS
from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.objects import CallArguments, Function, GeneratorFunction, Wrapped
from dag_lint.evaluate.values import MAXIMUM_LENGTH, join_text, lift, plain, text_pieces
from dag_lint.known import Constant, External, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

    Library = Callable[[Interpreter, CallArguments, Handle], Value]


def _on_text(function: Callable[..., Any]) -> Library:
    """A pure function of one known string."""

    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        value = arguments.value(0)
        if not isinstance(value, Constant) or len(arguments.positional) != 1 or arguments.keywords:
            return Unknown(node)
        text = value.value if isinstance(value.value, str) else str(value.value)
        if len(text) > MAXIMUM_LENGTH:
            return Unknown(node)
        try:
            return lift(function(text), node)
        except Exception:
            return Unknown(node)

    return build


def _without_run(function: Callable[[CallArguments, Handle], Value]) -> Library:
    return lambda run, arguments, node: function(arguments, node)


def _join_path(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    pieces: list[str | None] = []
    for value, _ in arguments.positional:
        known = text_pieces(value)
        if isinstance(known[0], str) and known[0].startswith("/"):
            pieces = []
        elif pieces and not (isinstance(pieces[-1], str) and pieces[-1].endswith("/")):
            pieces.append("/")
        pieces.extend(known)
    return Unknown(node) if arguments.open_positional or not pieces else join_text(pieces, node)


def _path(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    known = [plain(value) for value, _ in arguments.positional]
    if arguments.complete and all(
        is_known and isinstance(part, (str, PurePosixPath)) for is_known, part in known
    ):
        return Constant(PurePosixPath(*(part for _, part in known)), node)  # type: ignore[arg-type]
    joined = _join_path(run, arguments, node)
    return joined if isinstance(joined, Text) else Unknown(node)


def _dirname(text: str) -> str:
    return text.rpartition("/")[0] or ("/" if text.startswith("/") else "")


def _absolute(text: str) -> str | None:
    if not text.startswith("/"):
        raise ValueError(text)
    return posixpath.normpath(text)


def _partial(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    inner = arguments.value(0)
    if inner is None:
        return Unknown(node)
    wrapped = Wrapped(inner, node, "functools.partial")
    wrapped.arguments = CallArguments(arguments.positional[1:], dict(arguments.keywords))
    return wrapped


def _first(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return arguments.value(0) or Unknown(node)


def _decorator(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`@lru_cache`, `@lru_cache(maxsize=1)`: the function stays what it is."""
    inner = arguments.value(0)
    return inner if isinstance(inner, Function) else External("functools.wraps()", node)


def _context_manager(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    function = arguments.value(0)
    return GeneratorFunction(function, node) if isinstance(function, Function) else Unknown(node)


def _import(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    name = arguments.value(0)
    return (
        External(name.value, node)
        if isinstance(name, Constant) and isinstance(name.value, str)
        else Unknown(node)
    )


def _ordered_dict(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return BUILTIN_CALLS["builtins.dict"](run, arguments, node)


def _default_dict(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return Mapping({}, node, open_ended=True)


def _copy(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    if isinstance(value, Mapping):
        return Mapping(dict(value.entries), node, value.open_ended)
    if isinstance(value, Sequence):
        return Sequence(value.kind, list(value.items), node, value.open_ended)
    return value if isinstance(value, (Constant, Text)) else Unknown(node)


def _chain(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    items: list[Value] = []
    open_ended = arguments.open_positional
    for value, _ in arguments.positional:
        inner, more = iterate(run, value)
        items.extend(inner)
        open_ended = open_ended or more
    return Sequence("list", items, node, open_ended)


def _product(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    columns = [iterate(run, value) for value, _ in arguments.positional]
    if arguments.keywords or arguments.open_positional or any(more for _, more in columns):
        return Sequence("list", [], node, open_ended=True)
    rows: list[list[Value]] = [[]]
    for items, _ in columns:
        run.spend(len(rows) * len(items))
        rows = [[*row, item] for row in rows for item in items]
    return Sequence("list", [Sequence("tuple", row, node) for row in rows], node)


def _group_by(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value, key = arguments.value(0), arguments.value(1, "key")
    items, open_ended = iterate(run, value) if value is not None else ([], True)
    groups: list[Value] = []
    last: object = None
    for item in items:
        by = item if key is None else run.call(key, CallArguments([(item, node)]), None)
        known, plain_key = plain(by)
        if not known or open_ended:
            return Sequence("list", [], node, open_ended=True)
        if not groups or plain_key != last:
            groups.append(Sequence("tuple", [by, Sequence("list", [], node)], node))
            last = plain_key
        group = groups[-1]
        assert isinstance(group, Sequence)
        members = group.items[1]
        assert isinstance(members, Sequence)
        members.items.append(item)
    return Sequence("list", groups, node, open_ended)


def _pairwise(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    items, open_ended = iterate(run, value) if value is not None else ([], True)
    pairs: list[Value] = [Sequence("tuple", list(pair), node) for pair in pairwise(items)]
    return Sequence("list", pairs, node, open_ended)


def _zip_longest(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    columns = [iterate(run, value) for value, _ in arguments.positional]
    fill = arguments.keywords.get("fillvalue")
    filler = fill.value if fill is not None else Constant(None, node)
    rows = zip_longest(*(items for items, _ in columns), fillvalue=filler)
    return Sequence(
        "list", [Sequence("tuple", list(row), node) for row in rows], node, any(more for _, more in columns)
    )


def _field(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    default = arguments.keywords.get("default")
    if default is not None:
        return default.value
    factory = arguments.keywords.get("default_factory")
    return run.call(factory.value, CallArguments(), None) if factory is not None else Unknown(node)


def _namespace(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    return Unknown(node)


def _sub(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    known = [plain(value) for value, _ in arguments.positional]
    if arguments.keywords or len(known) != 3 or not all(is_known for is_known, _ in known):
        return Unknown(node)
    pattern, replacement, text = (value for _, value in known)
    # Only patterns that cannot backtrack are worth the trust: a class, perhaps repeated once.
    if not (isinstance(pattern, str) and isinstance(replacement, str) and isinstance(text, str)):
        return Unknown(node)
    if len(text) > 1000 or not _SIMPLE_PATTERN.fullmatch(pattern):
        return Unknown(node)
    try:
        return Constant(re.sub(pattern, replacement, text), node)
    except re.error:
        return Unknown(node)


_SIMPLE_PATTERN = re.compile(r"(\\[dDwWsS.-]|\[[^\[\]]{1,40}\]|[\w\s.,:;/@-])\+?")

LIBRARY_CALLS: dict[str, Library] = {
    **BUILTIN_CALLS,
    **{path: _without_run(function) for path, function in DATE_CALLS.items()},
    "os.path.join": _join_path,
    "posixpath.join": _join_path,
    "os.path.dirname": _on_text(_dirname),
    "os.path.basename": _on_text(lambda text: text.rpartition("/")[2]),
    "os.path.abspath": _on_text(_absolute),
    "os.path.realpath": _on_text(_absolute),
    "os.path.normpath": _on_text(posixpath.normpath),
    "os.path.splitext": _on_text(
        lambda text: (text[: len(text) - len(PurePosixPath(text).suffix)], PurePosixPath(text).suffix)
    ),
    "os.fspath": _on_text(str),
    "pathlib.Path": _path,
    "pathlib.PurePath": _path,
    "pathlib.PurePosixPath": _path,
    "pathlib.PosixPath": _path,
    "json.loads": _on_text(json.loads),
    "json.dumps": lambda run, arguments, node: Text((None,), node),
    "textwrap.dedent": _on_text(textwrap.dedent),
    "inspect.cleandoc": _on_text(lambda text: textwrap.dedent(text).strip()),
    "builtins.__import__": _import,
    "importlib.import_module": _import,
    "contextlib.contextmanager": _context_manager,
    "functools.partial": _partial,
    "functools.wraps": _namespace,
    "functools.lru_cache": _decorator,
    "functools.cache": _decorator,
    "functools.wraps()": _first,
    "collections.OrderedDict": _ordered_dict,
    "collections.defaultdict": _default_dict,
    "copy.copy": _copy,
    "copy.deepcopy": _copy,
    "itertools.chain": _chain,
    "itertools.product": _product,
    "itertools.groupby": _group_by,
    "itertools.zip_longest": _zip_longest,
    "itertools.pairwise": _pairwise,
    "dataclasses.field": _field,
    "re.sub": _sub,
    "typing.cast": lambda run, arguments, node: arguments.value(1) or Unknown(node),
}

LIBRARY_CONSTANTS: dict[str, object] = {
    **DATE_CONSTANTS,
    "typing.TYPE_CHECKING": False,
    "os.sep": "/",
    "calendar.MONDAY": 0,
}
