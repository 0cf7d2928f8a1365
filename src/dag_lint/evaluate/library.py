"""The few functions of the standard library that DAG files compute their constants with."""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.builtin import BUILTIN_CALLS
from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.copying import COPY_CALLS
from dag_lint.evaluate.dates import DATE_CALLS, DATE_CONSTANTS
from dag_lint.evaluate.introspection import INTROSPECTION_CALLS
from dag_lint.evaluate.iteration import iterate
from dag_lint.evaluate.iterators import ITERATOR_CALLS
from dag_lint.evaluate.lazies import DefaultMapping
from dag_lint.evaluate.objects import CallArguments, Function, GeneratorFunction, Object, Wrapped
from dag_lint.evaluate.paths import PATH_CALLS, on_text
from dag_lint.evaluate.records import RECORD_CALLS
from dag_lint.evaluate.scope import Scope
from dag_lint.evaluate.targets import disturb
from dag_lint.evaluate.values import plain
from dag_lint.known import Constant, Entry, External, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.known import Handle

    Library = Callable[[Interpreter, CallArguments, Handle], Value]


def _without_run(function: Callable[[CallArguments, Handle], Value]) -> Library:
    return lambda run, arguments, node: function(arguments, node)


def _partial(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    inner = arguments.value(0)
    if inner is None:
        return Unknown(node)
    wrapped = Wrapped(inner, node, "functools.partial")
    wrapped.arguments = CallArguments(arguments.positional[1:], dict(arguments.keywords))
    return wrapped


class NameGiver(Object):
    """`functools.wraps(f)`: what it decorates is called as f is."""

    __slots__ = ("_name",)

    def __init__(self, name: str | None, node: Handle) -> None:
        self.node = node
        self._name = name

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        function = arguments.value(0)
        if isinstance(function, Function) and self._name is not None:
            function.name = self._name
        return function or Unknown(node)


def _wraps(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    wrapped = arguments.value(0, "wrapped")
    return NameGiver(wrapped.name if isinstance(wrapped, Function) else None, node)


class Cached(Object):
    """A function under `@lru_cache`: for the same arguments it gives the same thing."""

    __slots__ = ("_found", "function")

    def __init__(self, function: Value, node: Handle) -> None:
        self.node = node
        self.function = function
        self._found: dict[str, Value] = {}

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        known = [plain(value) for value in arguments.values()]
        if not arguments.complete or not all(is_known for is_known, _ in known):
            return run.call(self.function, arguments, node)
        names = ["" for _ in arguments.positional] + list(arguments.keywords)
        key = repr([*zip(names, (value for _, value in known), strict=True)])
        if key not in self._found:
            result = run.call(self.function, arguments, node)
            if not run.certain:
                return result
            self._found[key] = result
        return self._found[key]


class Cacher(Object):
    """`lru_cache(maxsize=...)`: waits for the function it decorates."""

    __slots__ = ()

    def call(self, run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
        return Cached(arguments.value(0) or Unknown(node), self.node)


def _cache(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    inner = arguments.value(0, "user_function")
    return Cached(inner, node) if isinstance(inner, (Function, Object)) else Cacher(node)


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
    factory = arguments.value(0)
    if factory is None or len(arguments.positional) != 1 or not arguments.complete:
        return Mapping({}, node, open_ended=True)
    made = DefaultMapping(factory, node, run.doubts)
    made.entries = {name: Entry(argument.value) for name, argument in arguments.keywords.items()}
    return made


def _counter(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    value = arguments.value(0)
    known, items = plain(Sequence("list", iterate(run, value)[0])) if value is not None else (True, [])
    if not known or not isinstance(items, list) or isinstance(value, Mapping) or arguments.keywords:
        return Mapping({}, node, open_ended=True)
    try:
        counts = {item: items.count(item) for item in items} if len(items) < 1000 else {}
    except TypeError:
        counts = {}
    return Mapping(
        {key: Entry(Constant(count, node)) for key, count in counts.items()}, node, len(items) >= 1000
    )


def _deque(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    if arguments.value(1, "maxlen") is not None:
        return Sequence("list", [], node, open_ended=True)
    return BUILTIN_CALLS["builtins.list"](run, arguments, node)


def _namespace(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    made = Instance(Class.made("SimpleNamespace", Scope("class", run.scope), node), node, run.doubts)
    made.attributes = {name: argument.value for name, argument in arguments.keywords.items()}
    made.open_ended = not arguments.complete
    return made


def _dumps(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    known, value = plain(arguments.value(0) or Unknown(node))
    options: dict[str, Any] = {name: plain(argument.value) for name, argument in arguments.keywords.items()}
    if (
        not known
        or not _DUMP_OPTIONS.issuperset(options)
        or not all(is_known for is_known, _ in options.values())
    ):
        return Text((None,), node)
    try:
        return Constant(json.dumps(value, **{name: one for name, (_, one) in options.items()}), node)
    except Exception:
        # What is no JSON: a date, a set, a cycle.
        return Unknown(node)


_DUMP_OPTIONS = frozenset({"sort_keys", "ensure_ascii"})

_SHUFFLES = ("random.shuffle", "heapq.heapify", "heapq.heappush", "heapq.heappop", "bisect.insort")


def _shuffle(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    for value in arguments.values():
        disturb(value)
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
    **COPY_CALLS,
    **INTROSPECTION_CALLS,
    **ITERATOR_CALLS,
    **PATH_CALLS,
    **RECORD_CALLS,
    **dict.fromkeys(_SHUFFLES, _shuffle),
    **{path: _without_run(function) for path, function in DATE_CALLS.items()},
    "json.loads": on_text(json.loads),
    "json.dumps": _dumps,
    "textwrap.dedent": on_text(textwrap.dedent),
    "inspect.cleandoc": on_text(inspect.cleandoc),
    "builtins.__import__": _import,
    "importlib.import_module": _import,
    "contextlib.contextmanager": _context_manager,
    "functools.partial": _partial,
    "functools.wraps": _wraps,
    "functools.lru_cache": _cache,
    "functools.cache": _cache,
    "types.SimpleNamespace": _namespace,
    "collections.OrderedDict": _ordered_dict,
    "collections.defaultdict": _default_dict,
    "collections.Counter": _counter,
    "collections.deque": _deque,
    "re.sub": _sub,
    "typing.cast": lambda run, arguments, node: arguments.value(1) or Unknown(node),
}

LIBRARY_CONSTANTS: dict[str, object] = {
    **DATE_CONSTANTS,
    "typing.TYPE_CHECKING": False,
    "os.sep": "/",
    "calendar.MONDAY": 0,
}
