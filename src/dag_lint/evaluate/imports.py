"""Import statements: names of things from elsewhere, and modules of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.objects import Module
from dag_lint.known import External, Unknown, Value
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter, Signal


def import_names(run: Interpreter, node: cst.Import) -> Signal:
    """`import a.b, c as d`."""
    for alias in node.names:
        path = dotted_name(alias.name)
        if path is None:
            continue
        module: Value = run.import_module(path, node) or External(path, alias)
        if alias.asname is not None:
            run.bind(alias.asname.name.value, module)  # type: ignore[union-attr]
        else:
            top = path.partition(".")[0]
            whole = run.import_module(top, node) if isinstance(module, Module) else None
            run.bind(top, whole or External(top, alias))
    return None


def import_from(run: Interpreter, node: cst.ImportFrom) -> Signal:
    """`from a import b as c`, `from . import d`, `from e import *`."""
    path = dotted_name(node.module) if node.module is not None else ""
    level = len(node.relative)
    if path is None:
        return None
    if isinstance(node.names, cst.ImportStar):
        _import_star(run, path, level, node)
        return None
    module = run.import_module(path, node, level)
    for alias in node.names:
        name = dotted_name(alias.name) or ""
        bound = alias.asname.name.value if alias.asname is not None else name  # type: ignore[union-attr]
        full = f"{path}.{name}" if path else name
        run.bind(bound, _imported(run, module, full, name, level, alias))
    return None


def _imported(
    run: Interpreter, module: Module | None, full: str, name: str, level: int, node: cst.ImportAlias
) -> Value:
    if module is not None:
        found = module.scope.names.get(name)
        if found is not None:
            return found
        inner = run.import_module(full, node, level)
        return inner if inner is not None else Unknown(node)
    inner = run.import_module(full, node, level)
    if inner is not None:
        return inner
    if level:
        return External("." * level + full, node)
    found = run.world.external_attribute(full, node)
    return found if found is not None else External(full, node)


def _import_star(run: Interpreter, path: str, level: int, node: cst.ImportFrom) -> None:
    module = run.import_module(path, node, level)
    if module is None:
        run.scope.open_ended = True
        return
    for name, value in module.scope.names.items():
        if not name.startswith("_"):
            run.bind(name, value)
