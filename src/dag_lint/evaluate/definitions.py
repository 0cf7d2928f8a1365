"""`def` and `class`, with their decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.classes import Class
from dag_lint.evaluate.expressions import default_values
from dag_lint.evaluate.iteration import ITEMS_A_STEP
from dag_lint.evaluate.objects import BoundMethod, CallArguments, Function, Object, Property, Wrapped
from dag_lint.evaluate.records import make_enum_members
from dag_lint.evaluate.scope import Frame, Scope
from dag_lint.known import External, Unknown, Value
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Signal


def define_function(run: Interpreter, node: cst.FunctionDef) -> Signal:
    function = Function(node, run.scope, default_values(run, node.params))
    frame = run.frames[-1]
    if run.scope.kind == "class":
        function.owner = frame.owner
    value: Value = function
    for decorator in reversed(node.decorators):
        value = _decorate(run, decorator.decorator, value, function)
    if not run.reading_sibling:
        run.functions.append(function)
    run.bind(node.name.value, value)
    return None


def _decorate(run: Interpreter, decorator: cst.BaseExpression, value: Value, function: Function) -> Value:
    name = dotted_name(decorator)
    if name in ("staticmethod", "classmethod", "property", "cached_property", "functools.cached_property"):
        kinds = {"staticmethod": "static", "classmethod": "class", "property": "property"}
        function.kind = kinds.get(name, "cached")
        return value
    if name is not None and name.endswith((".setter", ".deleter", ".getter")):
        return _property(run, name, function) or Unknown(decorator)
    callee = run.evaluate(decorator)
    node = decorator if isinstance(decorator, cst.Call) else None
    arguments = CallArguments([(value, decorator)])
    if isinstance(callee, (Object, Function, BoundMethod, Class, External)) or (
        isinstance(callee, Wrapped) and callee.via == "functools.partial"
    ):
        result = run.call_decorator(callee, arguments, decorator, node)
        if not isinstance(result, Unknown) or isinstance(result, Wrapped):
            return result
    return Wrapped(value, decorator, getattr(callee, "path", None) or getattr(callee, "origin", None))


def _property(run: Interpreter, name: str, function: Function) -> Property | None:
    """`@name.setter`: the property of that name, which may now be set."""
    owner, _, role = name.rpartition(".")
    before = run.scope.names.get(owner)
    if isinstance(before, Function) and before.kind == "property":
        before = Property(before, None, before.node)
    if not isinstance(before, Property) or role == "getter":
        return None
    return Property(before.getter, function if role == "setter" else before.setter, before.node)


def define_class(run: Interpreter, node: cst.ClassDef) -> Signal:
    bases = [run.evaluate(base.value) for base in node.bases if not base.star]
    scope = Scope("class", run.scope)
    cls = Class(node, bases, scope)
    # Python's order of bases takes time by the square of their number.
    run.spend(len(cls.lineage()) ** 2 // ITEMS_A_STEP)
    frame = Frame(scope, None, cls, doubts=run.doubts)
    run.frames.append(frame)
    try:
        run.execute(node.body)
    finally:
        run.frames.pop()
    cls.fields = frame.fields
    callees = [_class_decorator(run, decorator.decorator, cls) for decorator in node.decorators]
    if cls.is_enum():
        make_enum_members(run, cls)
    _tell_bases(run, cls, node)
    value: Value = cls
    for decorator, callee in zip(reversed(node.decorators), reversed(callees), strict=True):
        if callee is not None:
            result = run.call_decorator(
                callee, CallArguments([(value, decorator)]), decorator.decorator, None
            )
            value = value if isinstance(result, Unknown) else result
    run.bind(node.name.value, value)
    return None


def _class_decorator(run: Interpreter, decorator: cst.BaseExpression, cls: Class) -> Value | None:
    """Note a decorator of a library, such as `@dataclass(frozen=True)`; one of the project is to be called."""
    callee = run.evaluate(decorator.func if isinstance(decorator, cst.Call) else decorator)
    if isinstance(callee, External):
        cls.decorators.add(callee.path.rpartition(".")[2])
        return None
    if not isinstance(callee, (Object, Function, BoundMethod, Class)):
        return None
    return run.evaluate(decorator) if isinstance(decorator, cst.Call) else callee


def _tell_bases(run: Interpreter, cls: Class, node: cst.ClassDef) -> None:
    """Call `__init_subclass__` of the base that has one."""
    for base in cls.lineage()[1:]:
        method = base.namespace.get("__init_subclass__") if isinstance(base, Class) else None
        if isinstance(method, Function):
            run.call(BoundMethod(method, cls, node), CallArguments(open_keywords=bool(node.keywords)), None)
            return
