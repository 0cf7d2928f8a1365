"""When each call of a file runs: while the file is parsed, in a task, or both; asked for only by some rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.build.callables import function_behind
from dag_lint.evaluate.classes import Class, Instance
from dag_lint.known import External
from dag_lint.model import Call
from dag_lint.syntax import children, dotted_name, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.evaluate.objects import Function
    from dag_lint.evaluate.scope import Scope
    from dag_lint.model import TaskCallable

_DEFINITIONS = (cst.FunctionDef, cst.Lambda)


def calls_of(
    module: cst.Module,
    executed: frozenset[int],
    scope: Scope,
    callables: Iterable[tuple[TaskCallable, Function, str | None]],
) -> tuple[Call, ...]:
    """The calls of a file in the order of the text, each with the phases in which it runs.

    `executed`: the ids of the functions that run while the file is parsed. A function runs in a task when a task's
    callable is that function or calls it, directly or through others of the file. A call in a function that nobody is
    known to call has no phase.
    """
    in_task = _reached({id(function.syntax): function for _, function, _ in callables}, scope)
    return tuple(_calls(module, executed, scope, in_task))


def _reached(functions: dict[int, Function], scope: Scope) -> set[int]:
    """The ids of the functions of the file that these functions call, themselves included."""
    found: set[int] = set()
    todo = list(functions.values())
    while todo:
        function = todo.pop()
        key = id(function.syntax)
        if key in found or function.scope.module is not scope:
            continue
        found.add(key)
        for node in walk(function.syntax.body):
            if isinstance(node, cst.Call):
                called = _function_called(node, function)
                if called is not None:
                    todo.append(called)
    return found


def _function_called(node: cst.Call, caller: Function) -> Function | None:
    name = dotted_name(node.func)
    if name is None:
        return None
    first, _, rest = name.partition(".")
    if first in ("self", "cls") and caller.owner is not None and "." not in rest:
        return function_behind(caller.owner.look_up(rest))
    value = caller.scope.look_up(first)
    if isinstance(value, (Class, Instance)):
        cls = value if isinstance(value, Class) else value.cls
        return function_behind(cls.look_up(rest or "__init__"))
    return function_behind(value) if not rest else None


def _calls(module: cst.Module, executed: frozenset[int], scope: Scope, in_task: set[int]) -> Iterator[Call]:
    stack: list[tuple[cst.CSTNode, frozenset[str], str | None]] = [(module, frozenset({"parse"}), None)]
    while stack:
        node, phases, helper = stack.pop()
        if isinstance(node, cst.Call):
            yield Call(_target(node, scope), node, phases, helper)
        if isinstance(node, _DEFINITIONS):
            inner, name = (
                _phases_of(node, executed, in_task),
                node.name.value if isinstance(node, cst.FunctionDef) else helper,
            )
            # Decorators and defaults run where the function is defined, the body where it is called.
            below = [(child, inner if child is node.body else phases, name) for child in children(node)]
        else:
            below = [(child, phases, helper) for child in children(node)]
        stack.extend(reversed(below))


def _phases_of(
    node: cst.FunctionDef | cst.Lambda, executed: frozenset[int], in_task: set[int]
) -> frozenset[str]:
    key = id(node)
    phases = {"parse"} if key in executed else set()
    return frozenset(phases | ({"task"} if key in in_task else set()))


def _target(node: cst.Call, scope: Scope) -> str | None:
    """The dotted name of what is called, through the imports of the module."""
    name = dotted_name(node.func)
    if name is None:
        return None
    first, dot, rest = name.partition(".")
    value = scope.get(first)
    return f"{value.path}{dot}{rest}" if isinstance(value, External) else name
