"""Calling functions and classes of the files that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import libcst as cst

from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.lazies import Lazy
from dag_lint.evaluate.library import LIBRARY_CALLS
from dag_lint.evaluate.methods import call_method
from dag_lint.evaluate.objects import BoundMethod, CallArguments, Function, Method, Object, Super, Wrapped
from dag_lint.evaluate.records import enum_member, fill_fields, is_record
from dag_lint.evaluate.scope import Frame, Scope
from dag_lint.evaluate.values import either
from dag_lint.evaluate.ways import DeadEndError, enter, leave
from dag_lint.evaluate.work import WORK
from dag_lint.known import Constant, Either, Entry, External, Mapping, Sequence, Unknown, Value
from dag_lint.syntax import children

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Signal

MAXIMUM_CALL_DEPTH = 24
MAXIMUM_DOUBTFUL_REPEATS = 3
"""How often a function may be inside of itself when nothing known ends its recursion."""


def call(run: Interpreter, callee: Value, arguments: CallArguments, node: cst.Call | None) -> Value:
    """What calling `callee` gives; Unknown for whatever cannot be followed."""
    run.spend(1 + WORK.steps())
    if isinstance(callee, External):
        return _call_external(run, callee, arguments, node)
    if isinstance(callee, Object):
        return callee.call(run, arguments, node)
    if isinstance(callee, Function):
        return call_function(run, callee, arguments, node)
    if isinstance(callee, BoundMethod):
        bound = CallArguments(
            [(callee.receiver, callee.node), *arguments.positional],
            arguments.keywords,
            arguments.open_positional,
            arguments.open_keywords,
        )
        return call_function(run, callee.function, bound, node)
    if isinstance(callee, Class):
        return instantiate(run, callee, arguments, node)
    if isinstance(callee, Method):
        return _call_method(run, callee, arguments, node)
    if isinstance(callee, Wrapped) and callee.via == "functools.partial":
        first = callee.arguments
        merged = CallArguments(
            [*first.positional, *arguments.positional],
            {**first.keywords, **arguments.keywords},
            arguments.open_positional,
            arguments.open_keywords,
        )
        return call(run, callee.inner, merged, node)
    if isinstance(callee, Either):
        return _call_either(run, callee, arguments, node)
    run.world.call_unknown(run, callee, arguments, node)
    if isinstance(callee, Wrapped) and isinstance(callee.inner, Function) and callee.origin is not None:
        # A decorator of a library most likely runs the function: what that does counts, its result is not known.
        with run.doubtful():
            call_function(run, callee.inner, arguments, node)
    return Unknown(node)


def _call_either(run: Interpreter, callee: Either, arguments: CallArguments, node: cst.Call | None) -> Value:
    """Call each of the things that it may be, of which one is really called."""
    results: list[Value] = [Unknown(node)] if callee.others else []
    if callee.others:
        run.world.call_unknown(run, Unknown(node), arguments, node)
    for one in callee.values:
        run.spend()
        with run.doubtful():
            try:
                results.append(call(run, one, arguments, node))
            except DeadEndError:
                results.append(Unknown(node))
    return either(results)


def _call_external(
    run: Interpreter, callee: External, arguments: CallArguments, node: cst.Call | None
) -> Value:
    if callee.path == "builtins.super":
        return _super(run, arguments, node)
    found = run.world.call_external(run, callee.path, arguments, node)
    if found is not None:
        return found
    library = LIBRARY_CALLS.get(callee.path)
    if library is not None:
        return library(run, arguments, node if node is not None else callee.node)
    run.world.call_unknown(run, callee, arguments, node)
    return Unknown(node, callee.path)


def _call_method(run: Interpreter, callee: Method, arguments: CallArguments, node: cst.Call | None) -> Value:
    if isinstance(callee.receiver, Super):
        found = run.world.call_super(run, callee.receiver.receiver, callee.name, arguments, node)
        return Unknown(node) if found is None else found
    return run.spend_on(call_method(run, callee.receiver, callee.name, arguments, node))


def _super(run: Interpreter, arguments: CallArguments, node: cst.Call | None) -> Value:
    frame = run.frames[-1]
    cls, receiver = arguments.value(0), arguments.value(1)
    if cls is None and frame.owner is not None and frame.function is not None:
        parameters = cast(cst.FunctionDef, frame.function.syntax).params
        first = [*parameters.posonly_params, *parameters.params][:1]
        receiver = frame.scope.names.get(first[0].name.value) if first else None
        cls = frame.owner
    if isinstance(cls, Class) and receiver is not None:
        return Super(cls, receiver, node)
    return Unknown(node)


def call_function(
    run: Interpreter, function: Function, arguments: CallArguments, node: cst.Call | None
) -> Value:
    """Run the body of a function of the project with these arguments."""
    key = id(function.syntax)
    repeats = MAXIMUM_DOUBTFUL_REPEATS if run.doubts else MAXIMUM_CALL_DEPTH
    if len(run.frames) > MAXIMUM_CALL_DEPTH or run.in_progress.count(key) > repeats:
        run.world.call_unknown(run, Unknown(node), arguments, node)
        return Unknown(node)
    scope = Scope("function", function.scope)
    bind_parameters(run, scope, function, arguments, node)
    run.executed.add(key)
    if isinstance(function.syntax, cst.Lambda):
        run.frames.append(Frame(scope, function, function.owner, doubts=run.doubts))
        try:
            return run.evaluate(function.syntax.body)
        finally:
            run.frames.pop()
    if run.at_yield is None and is_generator(function.syntax):
        return Lazy(lambda: _run_generator(run, function, scope, node), node, run.doubts)
    frame, alive = _run_body(run, function, scope)
    if not alive:
        if run.tries:
            raise DeadEndError
        return Unknown(node)
    return either(frame.returns)


def _run_generator(
    run: Interpreter, function: Function, scope: Scope, node: cst.Call | None
) -> tuple[list[Value], bool]:
    frame, alive = _run_body(run, function, scope)
    return frame.yields, frame.open_yields or not alive


_SCOPES = frozenset({cst.FunctionDef, cst.ClassDef, cst.Lambda})


def is_generator(syntax: cst.FunctionDef | cst.Lambda) -> bool:
    """Whether a function has a `yield` of its own."""
    stack: list[cst.CSTNode] = [syntax.body]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is cst.Yield:
            return True
        if kind not in _SCOPES:
            stack += children(node)
    return False


def _run_body(run: Interpreter, function: Function, scope: Scope) -> tuple[Frame, bool]:
    """Run a body; the call as it was in the end, and whether it comes back to where it was called."""
    frame = Frame(scope, function, function.owner, doubts=run.doubts, at_yield=run.at_yield)
    run.at_yield = None
    run.frames.append(frame)
    run.in_progress.append(id(function.syntax))
    region = enter(run, "call")
    signal: Signal = "left"
    try:
        signal = run.execute(cast(cst.FunctionDef, function.syntax).body)
    except DeadEndError:
        pass
    finally:
        alive = leave(run, region, signal in (None, "return"))
        run.in_progress.pop()
        run.frames.pop()
    if signal is None:
        frame.returns.append(Constant(None, function.syntax))
    return frame, alive


def bind_parameters(
    run: Interpreter, scope: Scope, function: Function, arguments: CallArguments, node: cst.Call | None
) -> None:
    """Bind the parameters of `function` as Python would; what is not given and has no default is Unknown."""
    parameters = function.syntax.params
    positional = [*parameters.posonly_params, *parameters.params]
    given = list(arguments.positional)
    rest = dict(arguments.keywords)
    for index, param in enumerate(positional):
        name = param.name.value
        if index < len(given):
            value = given[index][0]
        elif name in rest:
            value = rest.pop(name).value
        elif arguments.complete and name in function.defaults:
            value = function.defaults[name]
        else:
            value = Unknown(param)
        scope.names[name] = value
    for param in parameters.kwonly_params:
        name = param.name.value
        if name in rest:
            value = rest.pop(name).value
        elif not arguments.open_keywords and name in function.defaults:
            value = function.defaults[name]
        else:
            value = Unknown(param)
        scope.names[name] = value
    if isinstance(parameters.star_arg, cst.Param):
        extra = [value for value, _ in given[len(positional) :]]
        scope.names[parameters.star_arg.name.value] = Sequence(
            "tuple", extra, node, arguments.open_positional
        )
    if parameters.star_kwarg is not None:
        entries: dict[object, Entry] = {
            name: Entry(argument.value, argument.key, argument.node) for name, argument in rest.items()
        }
        scope.names[parameters.star_kwarg.name.value] = Mapping(entries, node, arguments.open_keywords)


# -- classes ---------------------------------------------------------------------------------------------


def instantiate(run: Interpreter, cls: Class, arguments: CallArguments, node: cst.Call | None) -> Value:
    """An object of a class of the project: plain, dataclass, NamedTuple, or what the world makes of it."""
    base = cls.external_base()
    if cls.is_enum():
        return enum_member(cls, arguments, node)
    if base is not None and base not in ("builtins.object", "typing.NamedTuple", "abc.ABC", "typing.Generic"):
        found = run.world.make_instance(run, cls, arguments, node)
        if found is not None:
            return found
    instance = Instance(cls, node, run.doubts)
    instance.open_ended = instance.open_ended and base not in (
        "builtins.object",
        "typing.NamedTuple",
        "abc.ABC",
    )
    initialise(run, instance, arguments, node)
    return instance


def initialise(run: Interpreter, instance: Instance, arguments: CallArguments, node: cst.Call | None) -> None:
    """Run `__init__`, or what a dataclass has in its place."""
    cls = instance.cls
    method = cls.look_up("__init__")
    if isinstance(method, Function):
        call_function(
            run,
            method,
            CallArguments(
                [(instance, node), *arguments.positional],
                arguments.keywords,
                arguments.open_positional,
                arguments.open_keywords,
            ),
            node,
        )
    elif is_record(cls):
        fill_fields(run, instance, arguments, node)
