"""`try` and `raise`: what happens where something may fail."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.protocols import truth_of
from dag_lint.evaluate.targets import assign
from dag_lint.evaluate.ways import (
    DeadEndError,
    apply,
    count_ways,
    enter,
    leave,
    linger,
    merge,
    read_both_ways,
    snapshot,
    take_back,
)
from dag_lint.known import External, Unknown
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Names, Region, Signal

    Handler = cst.ExceptHandler | cst.ExceptStarHandler

_MAY_FAIL = (cst.Call, cst.Subscript, cst.BinaryOperation, cst.Attribute)
"""Expressions that raise something for some values."""

_NEVER_FAIL = (
    "os.getenv",
    "os.environ.get",
    "os.path.",
    "os.getcwd",
    "logging.",
    "datetime.",
    "time.",
    "pendulum.",
)
"""Beginnings of what is called without fear."""

_CATCH_ALL = ("Exception", "BaseException")


def may_fail(run: Interpreter, node: cst.BaseExpression, value: Unknown) -> None:
    """Note that an expression inside a `try` may raise; from here on it is in doubt whether the rest runs."""
    if isinstance(node, _MAY_FAIL) and not (value.origin or "").startswith(_NEVER_FAIL):
        risk(run)


def risk(run: Interpreter) -> None:
    """Something may raise here."""
    region = run.tries[-1] if run.tries else None
    if region is not None and not region.risked:
        region.risked = True
        region.ways.append(snapshot(run, region))
        region.raised.append(None)
        region.lingering.append(run.begin_doubt())


def raise_(run: Interpreter, node: cst.Raise) -> Signal:
    """`raise`: to the handlers of the innermost `try`; without one, the file cannot be imported."""
    for argument in node.exc.args if isinstance(node.exc, cst.Call) else ():
        run.evaluate(argument.value)
    return throw(run, _name_of(node.exc))


def throw(run: Interpreter, name: str | None) -> Signal:
    """An exception called `name` is raised."""
    if not run.tries:
        return "raise"
    region = run.tries[-1]
    region.ways.append(snapshot(run, region))
    region.raised.append(name)
    return "left"


def fails(run: Interpreter, name: str) -> None:
    """What is evaluated now surely raises the exception `name`; nothing is done where nothing would catch it."""
    if run.tries:
        throw(run, name)
        raise DeadEndError


def assert_(run: Interpreter, node: cst.Assert) -> Signal:
    """`assert`: the file was imported, so that what it claims is so, unless something catches the error."""
    known = truth_of(run, run.evaluate(node.test))
    if known is False:
        return throw(run, "AssertionError")
    if known is None:
        risk(run)
    return None


def try_(run: Interpreter, node: cst.Try | cst.TryStar) -> Signal:
    """`try`, with its `else` and its `finally`."""
    orelse, final = node.orelse, node.finalbody
    handlers: list[Handler] = [*node.handlers]
    if handlers:
        signal = attempt(
            run,
            lambda: run.execute(node.body),
            lambda raised: _handlers(run, handlers, raised),
            None if orelse is None else lambda: run.execute(orelse.body),
        )
    else:
        signal = run.execute(node.body)
    if final is not None:
        last = run.execute(final.body)
        signal = last if last is not None else signal
    return signal


def attempt(
    run: Interpreter,
    body: Callable[[], Signal],
    handle: Callable[[list[str | None]], Signal],
    orelse: Callable[[], Signal] | None = None,
) -> Signal:
    """Run `body`, and `handle` as well from where something in it may have failed."""
    counts = count_ways(run)
    region = enter(run, "try")
    run.tries.append(region)
    signal: Signal = "left"
    finished = False
    try:
        signal = body()
        finished = True
    except DeadEndError:
        finished = True
    finally:
        run.tries.pop()
        if not (finished and region.ways):
            leave(run, region, signal is None)
    if not region.ways:
        return orelse() if signal is None and orelse is not None else signal
    end, start = _part(run, region)
    if signal is not None:
        # Nothing comes to the end of the body: what is left are the handlers.
        linger(run, counts)
        apply(run, start)
        return handle(region.raised)

    def succeed() -> Signal:
        apply(run, end)
        return orelse() if orelse is not None else None

    def fail() -> Signal:
        apply(run, start)
        return handle(region.raised)

    signal = read_both_ways(run, succeed, fail)
    if signal is None:
        _prefer_imports(run, end)
    return signal


def _part(run: Interpreter, region: Region) -> tuple[Names, Names]:
    """End the body of a `try`: the names at its end, and those with which its handlers begin."""
    end = snapshot(run, region)
    take_back(run.journals[region.journal])
    ways = region.ways
    start = _start_of_handlers(run, [*ways, end] if region.risked else ways, moved=region.risked)
    region.ways = []
    leave(run, region, True)
    return end, start


def _start_of_handlers(run: Interpreter, ways: list[Names], moved: bool) -> Names:
    """What names hold where something fails. `moved`: at any moment between the first of the ways and the last."""
    run.journals.append({})
    merge(run, ways)
    start = take_back(run.journals[-1])
    run.close_journal()
    if moved:
        for key, value in ways[-1].items():
            if any(way.get(key) is not value for way in ways):
                start[key] = Unknown() if not isinstance(start.get(key), Unknown) else start[key]
    return start


def _prefer_imports(run: Interpreter, end: Names) -> None:
    """Where a `try` imports a thing from one place or from another, it is the same thing by the first name."""
    for (scope, name), value in end.items():
        if isinstance(value, External) and isinstance(scope.names.get(name), Unknown):
            run.bind(name, value, scope)


def _handlers(
    run: Interpreter,
    handlers: list[Handler],
    raised: list[str | None],
) -> Signal:
    """The first handler that fits; where that is not known, any of them."""
    for index, handler in enumerate(handlers):
        fits = _catches(run, handler, raised)
        if fits is True:
            return _handler(run, handler)
        if fits is None:
            rest = list(handlers[index + 1 :])
            return read_both_ways(
                run,
                lambda handler=handler: _handler(run, handler),  # type: ignore[misc]
                lambda rest=rest: _handlers(run, rest, raised),  # type: ignore[misc]
            )
    return throw(run, raised[0] if len(raised) == 1 else None)


def _handler(run: Interpreter, handler: Handler) -> Signal:
    if handler.name is None:
        return run.execute(handler.body)
    assign(run, handler.name.name, Unknown(handler))
    signal = run.execute(handler.body)
    if isinstance(handler.name.name, cst.Name):
        run.unbind(handler.name.name.value)
    return signal


def _catches(run: Interpreter, handler: Handler, raised: list[str | None]) -> bool | None:
    """Whether a handler takes what was raised, None when that is not known."""
    if handler.type is None:
        return True
    types = handler.type
    elements = [element.value for element in types.elements] if isinstance(types, cst.Tuple) else [types]
    names = [dotted_name(element) or "" for element in elements]
    if any(name in _CATCH_ALL for name in names):
        return True
    answers = {any(_is_a(one, name) for name in names) if one else None for one in raised}
    if answers == {True}:
        return True
    if answers == {False} and all(_builtin(name) for name in (*names, *filter(None, raised))):
        return False
    return None


def _is_a(raised: str, caught: str) -> bool:
    one, other = _builtin(raised), _builtin(caught)
    return raised == caught or (one is not None and other is not None and issubclass(one, other))


def _builtin(name: str) -> type[BaseException] | None:
    found = getattr(builtins, name, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def _name_of(raised: cst.BaseExpression | None) -> str | None:
    if isinstance(raised, cst.Call):
        raised = raised.func
    return dotted_name(raised) if raised is not None else None
