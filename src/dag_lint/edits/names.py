"""The names of a file: what binds them, and where they are read.

Scopes are not told apart: a name that is bound in two of them is one of which nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.syntax import children, dotted_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINDING_FIELDS = {
    cst.AssignTarget: "target",
    cst.AnnAssign: "target",
    cst.AugAssign: "target",
    cst.NamedExpr: "target",
    cst.For: "target",
    cst.CompFor: "target",
    cst.AsName: "name",
    cst.Param: "name",
    cst.FunctionDef: "name",
    cst.ClassDef: "name",
    cst.NameItem: "name",
    cst.MatchAs: "name",
    cst.MatchStar: "name",
    cst.TypeAlias: "name",
    cst.TypeVar: "name",
}
"""Where a name is bound, by the kind of the node."""

_NO_NAMES = {cst.Attribute: "attr", cst.Arg: "keyword"}
"""Fields that hold a Name which names no variable."""


class Names:
    """Every name of a module with what it is bound to and where it is read."""

    def __init__(self, module: cst.Module) -> None:
        self.loads: dict[str, list[cst.Name]] = defaultdict(list)
        """Where each name is read."""
        self._imported: dict[str, set[str]] = defaultdict(set)
        self._assigned: dict[str, list[cst.BaseExpression | None]] = defaultdict(list)
        self.top_level: set[str] = set()
        """Names that an import at the module's own level binds, under no condition."""
        stack: list[cst.CSTNode] = [module]
        while stack:
            node = stack.pop()
            if isinstance(node, (cst.Import, cst.ImportFrom)):
                self._note_import(node)
                continue
            stack.extend(self._note(node))
        for line in module.body:
            for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
                if isinstance(statement, (cst.Import, cst.ImportFrom)):
                    self.top_level |= {name for name, _ in imported_by(statement)}

    def _note(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """Note what a node binds or reads; the nodes below it that are still to be looked at."""
        if isinstance(node, cst.Name):
            self.loads[node.value].append(node)
            return
        skipped: object = getattr(node, _NO_NAMES.get(type(node), ""), None)
        if isinstance(node, cst.Assign) and len(node.targets) == 1:
            target = node.targets[0].target
            if isinstance(target, cst.Name):
                self._assigned[target.value].append(node.value)
                yield node.value
                return
        if isinstance(node, cst.AnnAssign) and isinstance(node.target, cst.Name):
            self._assigned[node.target.value].append(node.value)
            skipped = node.target
        elif type(node) in _BINDING_FIELDS:
            bound = getattr(node, _BINDING_FIELDS[type(node)])
            if bound is not None:
                skipped = self._bind_other(bound)
        yield from (child for child in children(node) if child is not skipped)

    def _bind_other(self, target: cst.CSTNode) -> cst.CSTNode | None:
        """Note the names in a target whose values are not followed; the target, when it is all names."""
        if isinstance(target, cst.Name):
            self._assigned[target.value].append(None)
            return target
        if isinstance(target, (cst.Tuple, cst.List)):
            for element in target.elements:
                self._bind_other(element.value)
        # `a.b = ...` and `a["b"] = ...` read a.
        return None

    def _note_import(self, node: cst.Import | cst.ImportFrom) -> None:
        for name, path in imported_by(node):
            self._imported[name].add(path)

    def paths(self, name: str) -> frozenset[str]:
        """The dotted names of what a name is imported as; empty when something else may bind it too."""
        if name in self._assigned:
            return frozenset()
        return frozenset(self._imported.get(name, ()))

    def paths_of(self, expression: cst.BaseExpression) -> frozenset[str]:
        """The dotted names that an expression may mean by the imports; empty when it may mean something else."""
        dotted = dotted_name(expression)
        if dotted is None:
            return frozenset()
        first, _, rest = dotted.partition(".")
        return frozenset(f"{path}.{rest}" if rest else path for path in self.paths(first))

    def path_of(self, expression: cst.BaseExpression) -> str | None:
        """The dotted name that an expression means by the imports, None when it is not sure."""
        found = self.paths_of(expression)
        return next(iter(found)) if len(found) == 1 else None

    def assigned(self, name: str) -> cst.BaseExpression | None:
        """The expression that is assigned to a name, when that is all that ever binds it."""
        values = self._assigned.get(name, [])
        return values[0] if len(values) == 1 and name not in self._imported else None

    def is_free(self, name: str) -> bool:
        """Whether nothing in the file binds or reads a name."""
        return name not in self._assigned and name not in self._imported and name not in self.loads

    def is_variable(self, name: cst.Name) -> bool:
        """Whether something in the file, and no import, binds a name."""
        return name.value in self._assigned

    def changes(self, name: cst.Name) -> bool:
        """Whether a name may mean one thing here and another thing there."""
        return self.is_variable(name) and self.assigned(name.value) is None

    def names_for(self, path: str) -> list[str]:
        """How code at any place of the file may call what is imported as `path`: `timezone`, `dt.timezone`."""
        found: list[str] = []
        for name in sorted(self.top_level):
            imported = self.paths(name)
            if imported == {path}:
                found.insert(0, name)
            elif len(imported) == 1 and path.startswith(f"{next(iter(imported))}."):
                found.append(name + path[len(next(iter(imported))) :])
        return found


def imported_by(node: cst.Import | cst.ImportFrom) -> Iterator[tuple[str, str]]:
    """The names that an import binds, each with the dotted name of what it stands for."""
    if isinstance(node, cst.Import):
        for alias in node.names:
            path = dotted_name(alias.name) or ""
            if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
                yield alias.asname.name.value, path
            else:
                top = path.partition(".")[0]
                yield top, top
        return
    if isinstance(node.names, cst.ImportStar):
        return
    module = "." * len(node.relative) + (dotted_name(node.module) or "" if node.module is not None else "")
    for alias in node.names:
        bound = alias.asname.name if alias.asname is not None else alias.name
        if isinstance(bound, cst.Name) and isinstance(alias.name, cst.Name):
            yield bound.value, f"{module}.{alias.name.value}"
