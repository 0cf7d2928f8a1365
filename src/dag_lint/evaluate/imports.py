"""Import statements: names of things from elsewhere, and modules of the project.

A module of the project is read when a name of it is first used: most imports of a DAG file only matter to
the functions that workers run. What makes DAGs when it is imported is read at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.attempts import risk, throw
from dag_lint.evaluate.scope import Deferred
from dag_lint.evaluate.ways import DeadEndError
from dag_lint.known import External, Unknown, Value
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.scope import Scope
    from dag_lint.evaluate.ways import Signal


def import_names(run: Interpreter, node: cst.Import) -> Signal:
    """`import a.b, c as d`."""
    for alias in node.names:
        path = dotted_name(alias.name)
        if path is None:
            continue
        if alias.asname is not None:
            _bind_module(run, alias.asname.name.value, path, alias)  # type: ignore[union-attr]
        else:
            top = path.partition(".")[0]
            _bind_module(run, top, top, alias)
    return None


def _bind_module(run: Interpreter, name: str, path: str, node: cst.CSTNode) -> None:
    scope = run.scope.module
    if not run.world.is_project_module(run, path, 0):
        _need(run, path)
        run.bind(name, External(path, node))
        return
    _bind_deferred(
        run, name, path, 0, Deferred(lambda: run.import_module(path, node, 0, scope) or External(path, node))
    )


def _bind_deferred(run: Interpreter, name: str, path: str, level: int, value: Deferred) -> None:
    run.bind(name, value.settle() if run.world.makes_dags(run, path, level) else value)


def import_from(run: Interpreter, node: cst.ImportFrom) -> Signal:
    """`from a import b as c`, `from . import d`, `from e import *`."""
    path = dotted_name(node.module) if node.module is not None else ""
    level = len(node.relative)
    if path is None:
        return None
    if not isinstance(node.names, (list, tuple)):
        _import_star(run, path, level, node)
        return None
    local = run.world.is_project_module(run, path, level)
    for alias in node.names:
        name = dotted_name(alias.name) or ""
        bound = alias.asname.name.value if alias.asname is not None else name
        if local:
            _bind_deferred(run, bound, path, level, _member(run, path, name, level, alias))
        elif level:
            run.bind(bound, External("." * level + f"{path}.{name}".lstrip("."), alias))
        else:
            full = f"{path}.{name}"
            _need(run, full)
            found = run.world.external_attribute(full, alias)
            run.bind(bound, found if found is not None else External(full, alias))
    return None


def _member(run: Interpreter, path: str, name: str, level: int, node: cst.ImportAlias) -> Deferred:
    """`from path import name`: a name of the module, or a module inside the package."""
    scope = run.scope.module

    def settle() -> Value:
        module = run.import_module(path, node, level, scope)
        found = module.scope.get(name) if module is not None else None
        if found is not None:
            return found
        inner = run.import_module(f"{path}.{name}" if path else name, node, level, scope)
        return inner if inner is not None else Unknown(node)

    return Deferred(settle)


def _import_star(run: Interpreter, path: str, level: int, node: cst.ImportFrom) -> None:
    module = run.import_module(path, node, level)
    scope: Scope = run.scope
    if module is None:
        scope.open_ended = True
        return
    for name, value in module.scope.names.items():
        if not name.startswith("_"):
            run.bind(name, value)


def _need(run: Interpreter, path: str) -> None:
    """Inside a `try`, an import may be what fails."""
    if run.tries:
        there = run.world.is_there(path)
        if there is None:
            risk(run)
        elif there is False:
            throw(run, "ImportError")
            raise DeadEndError
