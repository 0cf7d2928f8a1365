"""The functions that workers run, and what their bodies can see around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.decorators import task_decorator
from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.interpreter import OutOfFuelError
from dag_lint.evaluate.objects import BoundMethod, Function, Module, Wrapped
from dag_lint.evaluate.scope import Frame, Scope
from dag_lint.flow import NOTHING
from dag_lint.known import External, Unknown, Value
from dag_lint.model import Arguments, TaskCallable
from dag_lint.surroundings import LocalFunction
from dag_lint.syntax import children, literal, walk

if TYPE_CHECKING:
    from dag_lint.build.taskflow import TaskFunction
    from dag_lint.evaluate import Interpreter
    from dag_lint.flow.examiner import Examiner
    from dag_lint.known import Handle
    from dag_lint.model import Task

_WORK_METHODS = ("execute", "poke")


class ScopeSurroundings:
    """The names around a function, from the scope in which it was defined."""

    def __init__(self, scope: Scope, run: Interpreter) -> None:
        self._scope = scope
        self._run = run

    def external(self, name: str) -> str | None:
        """See `Surroundings`."""
        value = self._scope.look_up(name)
        return value.path if isinstance(value, External) else None

    def function(self, name: str) -> LocalFunction | None:
        """See `Surroundings`."""
        return self._local(self._value(name))

    def method(self, class_name: str, name: str) -> LocalFunction | None:
        """See `Surroundings`."""
        value = self._value(class_name)
        cls = value.cls if isinstance(value, Instance) else value
        return self._local(cls.look_up(name)) if isinstance(cls, Class) else None

    def constant(self, name: str) -> Value:
        """See `Surroundings`."""
        return self._scope.look_up(name) or Unknown()

    def _value(self, dotted: str) -> Value | None:
        first, *rest = dotted.split(".")
        value = self._scope.look_up(first) if first else None
        if value is None:
            # An import inside of a function's body asks by the full name of what it imports.
            return self._imported(dotted)
        for part in rest:
            if isinstance(value, Module):
                value = value.scope.get(part)
            elif isinstance(value, Class):
                value = value.look_up(part)
            else:
                return None
        return value

    def _imported(self, dotted: str) -> Value | None:
        name = dotted.lstrip(".")
        level = len(dotted) - len(name)
        path, _, member = name.rpartition(".")
        if not path and not level:
            return None
        try:
            module = self._run.import_module(path, None, level, self._scope.module)
            return module.scope.get(member) if module is not None else None
        except OutOfFuelError:
            return None

    def _local(self, value: Value | None) -> LocalFunction | None:
        function = function_behind(value)
        if function is None:
            return None
        here = self._scope.module
        elsewhere = None if function.scope.module is here else function.scope.module.module_name
        return LocalFunction(function.syntax, ScopeSurroundings(function.scope, self._run), elsewhere)


def function_behind(value: Value | None) -> Function | None:
    """The function of the project that a callable value ends in: through partial, decorators, methods."""
    while value is not None:
        if isinstance(value, Function):
            return value
        if isinstance(value, Wrapped):
            value = value.inner
        elif isinstance(value, BoundMethod):
            value = value.function
        else:
            value = getattr(value, "function", None)
    return None


class CallableCollector:
    """Gathers the callables of a file, each function once."""

    def __init__(self, main: Scope) -> None:
        self._main = main
        self.functions: list[tuple[TaskCallable, Function, str | None]] = []
        self.found: dict[tuple[int, str | None, int], TaskCallable] = {}

    def note_decorated(self, made: TaskFunction) -> TaskCallable | None:
        """A function under `@task`."""
        decorator = made.decorator
        return self._note(made.function, "decorated", decorator.path, decorator.arguments.named(()))

    def note_argument(self, task: Task) -> TaskCallable | None:
        """`python_callable=` of an operator."""
        argument = task.arguments.get("python_callable")
        if argument is None:
            return None
        return self._note(argument.value, "python_callable", task.operator, task.arguments, use=argument.node)

    def note_class(self, cls: Class) -> None:
        """The methods of an operator class that workers run."""
        for name in _WORK_METHODS:
            method = cls.namespace.get(name)
            if isinstance(method, Function):
                self._note(method, "method", cls.external_base(), Arguments(), cls)

    def _note(
        self,
        value: Value,
        kind: str,
        operator: str | None,
        arguments: Arguments,
        cls: Class | None = None,
        use: Handle = None,
    ) -> TaskCallable | None:
        function = function_behind(value)
        if function is None:
            return None
        elsewhere = function.scope.module is not self._main
        if elsewhere and use is None:
            # A task or an operator class of another module is that file's own business.
            return None
        key = (id(function.syntax), operator, id(use) if elsewhere else 0)
        if key not in self.found:
            syntax = function.syntax
            self.found[key] = TaskCallable(
                name=function.name if cls is None else f"{cls.name}.{function.name}",
                place=syntax.name if isinstance(syntax, cst.FunctionDef) else syntax,
                node=syntax,
                kind=kind,  # type: ignore[arg-type]
                operator=operator,
                arguments=arguments,
                flow=NOTHING,
                use=use,
            )
            self.functions.append((self.found[key], function, None if cls is None else cls.name))
        return self.found[key]

    def examine(self, run: Interpreter, examiner: Examiner, with_intervals: bool) -> list[TaskCallable]:
        """Judge the bodies, now that the names around them have their last values.

        `with_intervals`: whether the text of the file speaks of data intervals at all.
        """
        for fact, function, class_name in self.functions:
            if with_intervals:
                fact.interval_ends = interval_ends(function.syntax)
            surroundings = ScopeSurroundings(function.scope, run)
            fact.flow = examiner.examine(function.syntax, surroundings, class_name)
            decorator = task_decorator(fact.operator or "") if fact.kind == "decorated" else None
            if (
                decorator is not None
                and decorator.templates_result
                and isinstance(function.syntax, cst.FunctionDef)
            ):
                fact.returns = returned_values(run, function.syntax, function.scope)
        return list(self.found.values())


_SCOPES = frozenset({cst.FunctionDef, cst.ClassDef, cst.Lambda})
_ENDS = frozenset({"data_interval_start", "data_interval_end"})
_TELLING = frozenset({"print", "debug", "info", "warning"})


def interval_ends(syntax: cst.FunctionDef | cst.Lambda) -> dict[str, Handle]:
    """Where a function takes the ends of the data interval: as a parameter that it uses, by a key of the
    context, as attributes of the DAG run. What is only printed or logged does not count."""
    found: dict[str, Handle] = {}
    parameters = {
        node.name.value: node.name
        for node in walk(syntax.params)
        if isinstance(node, cst.Param) and node.name.value in _ENDS
    }
    stack: list[cst.CSTNode] = [syntax.body]
    while stack:
        node = stack.pop()
        if type(node) is cst.Call and _tells(node.func):
            continue
        name = _end_taken(node)
        if name is not None:
            found.setdefault(name, node)
        elif type(node) is cst.Name and node.value in parameters:
            found.setdefault(node.value, parameters[node.value])
        stack.extend(children(node))
    return found


def _tells(function: cst.BaseExpression) -> bool:
    last = function.attr if isinstance(function, cst.Attribute) else function
    return isinstance(last, cst.Name) and last.value in _TELLING


def _end_taken(node: cst.CSTNode) -> str | None:
    """The end of the interval behind `context["..."]`, `context.get("...")` or `dag_run. ...`."""
    if isinstance(node, cst.Attribute):
        owner = node.value.attr if isinstance(node.value, cst.Attribute) else node.value
        of_run = isinstance(owner, cst.Subscript) or (
            isinstance(owner, cst.Name) and owner.value == "dag_run"
        )
        return node.attr.value if of_run and node.attr.value in _ENDS else None
    key: cst.BaseExpression | None = None
    if (
        isinstance(node, cst.Subscript)
        and len(node.slice) == 1
        and isinstance(node.slice[0].slice, cst.Index)
    ):
        key = node.slice[0].slice.value
    elif isinstance(node, cst.Call) and node.args and isinstance(node.func, cst.Attribute):
        key = node.args[0].value if node.func.attr.value in ("get", "pop") else None
    text = literal(key) if isinstance(key, cst.SimpleString) else None
    return text if isinstance(text, str) and text in _ENDS else None


def returned_values(
    run: Interpreter, syntax: cst.FunctionDef, scope: Scope
) -> tuple[tuple[object, Value], ...]:
    """What the `return` statements of a function evaluate to, as far as names outside of it tell."""
    inner = Scope("function", scope)
    for node in walk(syntax.params):
        if isinstance(node, cst.Param):
            inner.names[node.name.value] = Unknown(node)
    for node in walk(syntax.body):
        if type(node) is cst.AssignTarget and isinstance(node.target, cst.Name):
            inner.names.setdefault(node.target.value, Unknown(node))
    run.frames.append(Frame(inner))
    try:
        found = [
            (node.value, run.evaluate(node.value))
            for node in _own_nodes(syntax.body)
            if type(node) is cst.Return and node.value is not None
        ]
    except (OutOfFuelError, RecursionError):
        # The file took all that it may: of what it returns, nothing is known.
        return ()
    finally:
        run.frames.pop()
    return tuple(found)


def _own_nodes(body: cst.BaseSuite) -> list[cst.CSTNode]:
    nodes: list[cst.CSTNode] = []
    stack: list[cst.CSTNode] = [body]
    while stack:
        node = stack.pop()
        nodes.append(node)
        if type(node) not in _SCOPES:
            stack += children(node)[::-1]
    return nodes
