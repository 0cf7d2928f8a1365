"""One file, from its tree to the facts that rules read."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.airflow.names import canonical
from dag_lint.build.callables import CallableCollector
from dag_lint.build.context import Building
from dag_lint.build.objects import DagObject
from dag_lint.build.operators import is_operator
from dag_lint.build.phases import calls_of
from dag_lint.build.siblings import Siblings
from dag_lint.build.world import AirflowWorld
from dag_lint.evaluate import Interpreter
from dag_lint.evaluate.classes import Class
from dag_lint.evaluate.interpreter import OutOfFuelError
from dag_lint.evaluate.objects import CallArguments, Function
from dag_lint.evaluate.scope import Frame, Scope
from dag_lint.flow.examiner import Examiner
from dag_lint.known import Constant, Either, External, Text
from dag_lint.model import DagFile
from dag_lint.syntax import dotted_name, walk
from dag_lint.target import find_target, project_root

if TYPE_CHECKING:
    from dag_lint.settings import Settings
    from dag_lint.source import SourceFile


PROBE_FUEL = 20_000
"""Steps that reading the functions nobody calls may take, all of them together."""


def build_file(source: SourceFile, module: cst.Module, settings: Settings, *, flows: bool = True) -> DagFile:
    """What dag-lint understands of a file; without `flows`, none of its callables."""
    root = project_root(source.location) if source.location is not None else None
    target = find_target(settings, source.location, root, unconditional_imports(module))
    building = Building(target.major)
    scope = _module_scope(source)
    callables = CallableCollector(scope)
    world = AirflowWorld(building, callables, Siblings(source.location, root))
    run = Interpreter(world)
    cut_short_at = run.run_module(scope, module)
    if cut_short_at is not None:
        building.all_incomplete()
    _register(scope)
    _note_classes(scope, callables)
    executed = frozenset(run.executed)
    with_intervals = "data_interval_" in source.text
    _probe(run, world, scope, is_test=_is_test(source.path))
    return DagFile(
        path=source.path,
        location=source.location,
        root=root,
        settings=settings,
        target=target,
        dags=building.dags,
        tasks=building.tasks,
        callables=callables.examine(run, Examiner(settings), with_intervals=with_intervals) if flows else [],
        complete=building.complete,
        for_tests=is_for_tests(source.location, root),
        cut_short_at=cut_short_at,
        find_calls=cache(lambda: calls_of(module, executed, scope, callables.functions)),
        let_go=lambda: _let_go(scope, run, building),
    )


def _let_go(scope: Scope, run: Interpreter, building: Building) -> None:
    scope.names.clear()
    for function in run.functions:
        function.scope = scope
    for task in building.tasks:
        task.dag = task.group = None
        task.upstream.clear()


def unconditional_imports(module: cst.Module) -> list[str]:
    """What a module imports of Airflow whatever happens: at its top, under no `if` and no `try`; dotted names."""
    found: list[str] = []
    for line in module.body:
        for statement in line.body if type(line) is cst.SimpleStatementLine else ():
            if type(statement) is cst.Import:
                found.extend(dotted_name(alias.name) or "" for alias in statement.names)
            elif (
                type(statement) is cst.ImportFrom and statement.module is not None and not statement.relative
            ):
                path = dotted_name(statement.module) or ""
                if not path.startswith("airflow"):
                    continue
                names = () if isinstance(statement.names, cst.ImportStar) else statement.names
                found.extend(f"{path}.{alias.name.value}" for alias in names)
                found.extend([path] if not names else [])
    return found


def _module_scope(source: SourceFile) -> Scope:
    scope = Scope("module")
    # Airflow imports a DAG file under a name of its own making, never as "__main__".
    scope.names["__name__"] = Text(("unusual_prefix_", None))
    location = source.location
    # Links stay as written: the folder through which a file is seen names it.
    path = os.path.abspath(location) if location is not None else None  # noqa: PTH100
    scope.names["__file__"] = Constant(path) if path is not None else Text((None, ".py"))
    return scope


def _register(scope: Scope) -> None:
    """Airflow takes the DAGs that names of the module hold when its import is over, and those of `with` blocks."""
    sure = [value for name, value in scope.names.items() if name not in scope.maybe_unbound]
    for value in sure:
        if isinstance(value, DagObject):
            value.dag.registered = True
    for value in list(scope.names.values()):
        for one in value.values if isinstance(value, Either) else (value,):
            if isinstance(one, DagObject) and not one.dag.registered:
                one.dag.registered = True
                one.dag.certain = False


def _note_classes(scope: Scope, callables: CallableCollector) -> None:
    for value in scope.names.values():
        if isinstance(value, Class) and is_operator(value.external_base() or "", CallArguments()):
            callables.note_class(value)


def _probe(run: Interpreter, world: AirflowWorld, scope: Scope, is_test: bool) -> None:
    """Read what functions that nobody calls would build, so that rules see factories as they are written.

    In a test, pytest calls them, and Airflow never sees what they build.
    """
    world.building.probing = True
    run.fuel = min(max(run.fuel, 0) + PROBE_FUEL, 2 * PROBE_FUEL)
    task_functions = {id(function.syntax) for function in _task_functions(world)}
    # A loop may make one function over and over.
    functions = {id(function.syntax): function for function in reversed(run.functions)}
    try:
        for made in world.dag_functions:
            if not made.called:
                run.frames.append(Frame(scope))
                made.build(run)
                run.frames.pop()
        for key, function in [] if is_test else reversed(functions.items()):
            if key not in run.executed and key not in task_functions and _builds(function, scope):
                run.frames.append(Frame(scope))
                run.call(function, CallArguments(open_positional=True, open_keywords=True), None)
                run.frames.pop()
    except (OutOfFuelError, RecursionError):
        pass
    finally:
        world.building.probing = False


def is_for_tests(location: Path | None, root: Path | None) -> bool:
    """Whether a DAG file is made for tests to run: in `tests/dags_broken`, or `test_*.py` in `tests/dags`.

    What is wrong in it is wrong on purpose, and no Airflow that anybody depends on loads it.
    """
    if location is None or root is None:
        return False
    here = Path(os.path.abspath(location))  # noqa: PTH100
    folders = here.relative_to(root).parts[:-1] if here.is_relative_to(root) else ()
    first = next((at for at, name in enumerate(folders) if name in ("test", "tests")), len(folders))
    named = location.name.startswith("test_")
    return any(name.startswith("dags_") or (name == "dags" and named) for name in folders[first:])


def _is_test(path: str) -> bool:
    """Whether pytest takes a file for its own, by its name."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")


def _task_functions(world: AirflowWorld) -> list[Function]:
    return [function for _, function, _ in world.callables.functions]


def _builds(function: Function, scope: Scope) -> bool:
    """Whether a function's text calls something that makes DAGs or tasks."""
    for node in walk(function.syntax.body):
        name = None
        # By their types: what isinstance answers with no costs five times as much, since nodes are ABCs.
        if type(node) is cst.Call and type(node.func) is cst.Name:
            name = node.func.value
        elif type(node) is cst.Decorator:
            inner = node.decorator.func if isinstance(node.decorator, cst.Call) else node.decorator
            name = inner.value if isinstance(inner, cst.Name) else None
        elif type(node) is cst.Attribute and node.attr.value == "DAG":
            return True
        if name is not None:
            value = scope.look_up(name)
            if isinstance(value, External) and (
                canonical(value.path) in ("DAG", "dag") or is_operator(value.path, CallArguments())
            ):
                return True
            if isinstance(value, Class) and is_operator(value.external_base() or "", CallArguments()):
                return True
    return False
