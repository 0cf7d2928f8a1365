"""Surroundings read off the syntax alone: enough for tests of the flow room, without an evaluator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.known import Constant, Sequence, Unknown, Value
from dag_lint.surroundings import LocalFunction
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Block = "cst.Module | cst.BaseSuite"


class SyntacticSurroundings:
    """The names that the statements of a module bind, also those under if, try and with."""

    def __init__(
        self,
        module: cst.Module,
        path: Path | None = None,
        roots: tuple[Path, ...] = (),
        others: dict[Path, SyntacticSurroundings | None] | None = None,
        parent: SyntacticSurroundings | None = None,
        body: Iterable[cst.CSTNode] | None = None,
    ) -> None:
        self.path = path
        self.roots = roots
        self.parent = parent
        self.others: dict[Path, SyntacticSurroundings | None] = {} if others is None else others
        self.imports: dict[str, str] = {}
        self.functions: dict[str, cst.FunctionDef] = {}
        self.classes: dict[str, cst.ClassDef] = {}
        self.values: dict[str, cst.BaseExpression] = {}
        self._read(module.body if body is None else body)

    def _read(self, body: Iterable[cst.CSTNode]) -> None:
        stack = list(reversed(list(body)))
        while stack:
            node = stack.pop()
            if isinstance(node, cst.SimpleStatementLine):
                for small in node.body:
                    self._small(small)
            elif isinstance(node, cst.FunctionDef):
                self.functions[node.name.value] = node
            elif isinstance(node, cst.ClassDef):
                self.classes[node.name.value] = node
            elif isinstance(
                node, (cst.If, cst.Else, cst.Try, cst.With, cst.ExceptHandler, cst.Finally, cst.For)
            ):
                inner = [child for child in node.children if isinstance(child, cst.CSTNode)]
                stack.extend(reversed(inner))
            elif isinstance(node, cst.BaseSuite):
                stack.extend(reversed(node.body))

    def _small(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.Import):
            for alias in node.names:
                dotted = dotted_name(alias.name) or ""
                if alias.evaluated_alias:
                    self.imports[alias.evaluated_alias] = dotted
                else:
                    self.imports[dotted.partition(".")[0]] = dotted.partition(".")[0]
        elif isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
            module = "." * len(node.relative) + ((dotted_name(node.module) or "") if node.module else "")
            for alias in node.names:
                separator = "" if module.endswith(".") else "."
                self.imports[alias.evaluated_alias or alias.evaluated_name] = (
                    f"{module}{separator}{alias.evaluated_name}"
                )
        elif isinstance(node, cst.Assign):
            for target in node.targets:
                if isinstance(target.target, cst.Name):
                    self.values[target.target.value] = node.value
        elif isinstance(node, cst.AnnAssign) and isinstance(node.target, cst.Name) and node.value is not None:
            self.values[node.target.value] = node.value

    # the protocol

    def external(self, name: str) -> str | None:
        if name in self.imports:
            return self.imports[name]
        return self.parent.external(name) if self.parent else None

    def function(self, name: str) -> LocalFunction | None:
        first, _, rest = name.partition(".")
        if not rest and first in self.functions:
            return LocalFunction(self.functions[first], self)
        if self.parent and first not in self.imports and not rest:
            return self.parent.function(name)
        dotted = self.external(first)
        full = name if dotted is None else (f"{dotted}.{rest}" if rest else dotted)
        module, _, last = full.rpartition(".")
        other = self._module(module) if module else None
        if other is not None and last in other.functions:
            return LocalFunction(other.functions[last], other, str(other.path))
        return None

    def method(self, class_name: str, name: str) -> LocalFunction | None:
        found = self.class_of(class_name)
        seen = 0
        while found is not None and seen < 8:
            seen += 1
            node, home = found
            for statement in node.body.body:
                if isinstance(statement, cst.FunctionDef) and statement.name.value == name:
                    return LocalFunction(statement, home, None if home is self else str(home.path))
            found = None
            for base in node.bases:
                dotted = dotted_name(base.value)
                found = home.class_of(dotted) if dotted else None
                if found is not None:
                    break
        return None

    def class_of(self, name: str) -> tuple[cst.ClassDef, SyntacticSurroundings] | None:
        if name in self.classes:
            return self.classes[name], self
        value = self.values.get(name)
        if isinstance(value, cst.Call) and (dotted := dotted_name(value.func)) and dotted != name:
            return self.class_of(dotted)
        if self.parent is not None and name not in self.imports:
            return self.parent.class_of(name)
        first, _, rest = name.partition(".")
        full = self.imports.get(first, first) + (f".{rest}" if rest else "")
        module, _, last = full.rpartition(".")
        other = self._module(module) if module else None
        if other is not None and last in other.classes:
            return other.classes[last], other
        return None

    def constant(self, name: str) -> Value:
        node = self.values.get(name)
        if node is None:
            return self.parent.constant(name) if self.parent else Unknown()
        if isinstance(node, cst.SimpleString):
            return Constant(node.evaluated_value, node)
        if isinstance(node, (cst.Integer, cst.Float)):
            return Constant(node.evaluated_value, node)
        if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
            return Sequence("list", [], node)
        if isinstance(node, cst.Dict):
            return Sequence("list", [], node)
        if isinstance(node, cst.Call) and (dotted := dotted_name(node.func)):
            first, _, rest = dotted.partition(".")
            external = self.external(first)
            return Unknown(node, f"{external}.{rest}" if rest else external) if external else Unknown(node)
        return Unknown(node)

    def _module(self, dotted: str) -> SyntacticSurroundings | None:
        """Another module of the project, looked up from this file's folder and the roots."""
        if self.path is None:
            return None
        level = len(dotted) - len(dotted.lstrip("."))
        parts = dotted.lstrip(".").split(".")
        folders = [self.path.parent, *self.roots]
        if level:
            folder = self.path.parent
            for _ in range(level - 1):
                folder = folder.parent
            folders = [folder]
        for folder in folders:
            path = folder.joinpath(*parts).with_suffix(".py")
            if path in self.others:
                return self.others[path]
            if path.is_file():
                try:
                    module = cst.parse_module(path.read_bytes())
                except Exception:
                    self.others[path] = None
                    return None
                other = SyntacticSurroundings(module, path, self.roots, self.others)
                self.others[path] = other
                return other
        return None
