"""Classes of Python wheels as their text defines them: nothing is imported, nothing is run."""

from __future__ import annotations

import ast
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dag_lint.airflow.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

BASES = {
    "BaseOperator": (),
    "BaseAsyncOperator": ("BaseOperator",),
    "BaseSensorOperator": ("BaseOperator",),
    "BaseBranchOperator": ("BaseOperator",),
}
"""Where a search through base classes ends: these are known by their canonical names."""


class UnknowableError(Exception):
    """An expression that cannot be understood by reading it."""


@dataclass(frozen=True)
class Wheel:
    """A wheel on disk; `distribution` without the common beginning of all providers."""

    path: Path
    distribution: str
    version: str

    @staticmethod
    def at(path: Path) -> Wheel:
        name, version = path.name.split("-")[:2]
        short = name.removeprefix("apache_airflow_providers_").removeprefix("apache_")
        return Wheel(path, short.replace("_", "-"), version)

    def modules(self) -> dict[str, str]:
        """Module name -> file in the wheel."""
        with zipfile.ZipFile(self.path) as archive:
            names = [
                name for name in archive.namelist() if name.endswith(".py") and "example_dags" not in name
            ]
        return {name[:-3].removesuffix("/__init__").replace("/", "."): name for name in names}


@cache
def _parsed(wheel: Path, name: str) -> ast.Module:
    with zipfile.ZipFile(wheel) as archive:
        return ast.parse(archive.read(name))


@dataclass(frozen=True)
class ClassAt:
    """A class definition and the module it stands in."""

    module: str
    node: ast.ClassDef

    @property
    def path(self) -> str:
        return f"{self.module}.{self.node.name}"


Resolved = ClassAt | ast.expr | str
"""What a name leads to: a class, a constant's expression, or the dotted name of something outside."""


@dataclass
class World:
    """Wheels that could be installed together, one version of each distribution."""

    wheels: list[Wheel]
    files: dict[str, tuple[Path, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for wheel in self.wheels:
            for module, name in wheel.modules().items():
                self.files.setdefault(module, (wheel.path, name))

    def tree(self, module: str) -> ast.Module | None:
        """The syntax of a module, None when no wheel has it."""
        place = self.files.get(module)
        return None if place is None else _parsed(*place)

    def resolve(self, module: str, name: str, seen: frozenset[str] = frozenset()) -> Resolved | None:
        """What `name` means at the top level of `module`."""
        key = f"{module}.{name}"
        tree = self.tree(module)
        if tree is None or key in seen:
            return None
        fallback: Resolved | None = None
        for statement in _statements(tree.body):
            found = self._binding(statement, module, name, seen | {key})
            if isinstance(found, str) and canonical(found) == found:
                fallback = fallback or found
            elif found is not None:
                return found
        return fallback or self._lazily(tree, name, seen | {key})

    def _lazily(self, tree: ast.Module, name: str, seen: frozenset[str]) -> Resolved | None:
        """A name that a module's `__getattr__` imports when it is asked for."""
        for statement in tree.body:
            if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.value, ast.Dict):
                continue
            if not isinstance(statement.target, ast.Name) or statement.target.id != "_IMPORT_MAP":
                continue
            homes = literal(statement.value).get(name, ())
            for home in (homes,) if isinstance(homes, str) else tuple(homes):
                found = self.outside(f"{home}.{name}", seen)
                if not isinstance(found, str) or found in BASES:
                    return found
        return None

    def _binding(self, statement: ast.stmt, module: str, name: str, seen: frozenset[str]) -> Resolved | None:
        if isinstance(statement, ast.ClassDef) and statement.name == name:
            return ClassAt(module, statement)
        if isinstance(statement, ast.ImportFrom):
            source = _absolute(statement, module, self.files.get(module, (Path(), ""))[1])
            for alias in statement.names:
                if (alias.asname or alias.name) == name:
                    return self.outside(f"{source}.{alias.name}", seen)
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                if (alias.asname or alias.name) == name:
                    return alias.name
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in statement.targets
        ):
            return statement.value
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            return statement.value if statement.target.id == name else None
        return None

    def outside(self, path: str, seen: frozenset[str] = frozenset()) -> Resolved:
        """What a dotted name leads to: through the modules of all wheels, or to itself."""
        if canonical(path) in BASES:
            return canonical(path)
        module, _, name = path.rpartition(".")
        return self.resolve(module, name, seen) or path

    def lookup(self, expression: ast.expr, module: str) -> Resolved | None:
        """What a name or dotted name means in a module."""
        if isinstance(expression, ast.Subscript):
            return self.lookup(expression.value, module)
        if isinstance(expression, ast.Name):
            return self.resolve(module, expression.id)
        if isinstance(expression, ast.Attribute):
            owner = self.lookup(expression.value, module)
            return self.outside(f"{owner}.{expression.attr}") if isinstance(owner, str) else None
        return None

    def lineage(self, cls: ClassAt) -> list[ClassAt | str]:
        """A class and all its bases, nearest first; of a base met twice the later place counts."""
        found: list[ClassAt | str] = [cls]
        for base in cls.node.bases:
            target = self.lookup(base, cls.module)
            if isinstance(target, ClassAt) and target != cls:
                found += self.lineage(target)
            elif isinstance(target, str):
                found += [target, *BASES.get(target, ())]
            else:
                found.append("?")
        return [entry for index, entry in enumerate(found) if entry not in found[index + 1 :]]

    def classes(self, wheel: Wheel) -> Iterator[ClassAt]:
        """All top-level classes of a wheel."""
        for module in wheel.modules():
            tree = self.tree(module)
            for statement in _statements(tree.body) if tree is not None else ():
                if isinstance(statement, ast.ClassDef):
                    yield ClassAt(module, statement)

    def attribute(self, cls: ClassAt, name: str) -> tuple[str, ...]:
        """A class attribute that holds strings, inherited or not."""
        for entry in self.lineage(cls):
            if isinstance(entry, ClassAt):
                value = _class_value(entry.node, name)
                if value is not None:
                    return self.strings(value, entry)
            elif entry == "?":
                raise UnknowableError(f"{cls.path}: a base is not known")
        return ()

    def strings(self, expression: ast.expr, cls: ClassAt) -> tuple[str, ...]:
        """The strings of an expression like `(*Base.template_fields, "sql")`."""
        if isinstance(expression, ast.Tuple | ast.List | ast.Set):
            parts = [self._item(item, cls) for item in expression.elts]
            return tuple(dict.fromkeys(text for part in parts for text in part))
        if isinstance(expression, ast.BinOp):
            left, right = self.strings(expression.left, cls), self.strings(expression.right, cls)
            if isinstance(expression.op, ast.Sub):
                return tuple(text for text in left if text not in right)
            return tuple(dict.fromkeys(left + right))
        if isinstance(expression, ast.Call):
            return self._called(expression, cls)
        if isinstance(expression, ast.Attribute):
            owner = self.lookup(expression.value, cls.module)
            if isinstance(owner, ClassAt):
                return self.attribute(owner, expression.attr)
            if isinstance(owner, str) and owner in BASES:
                return ()
        if isinstance(expression, ast.ListComp | ast.GeneratorExp | ast.SetComp):
            return self._filtered(expression, cls)
        if isinstance(expression, ast.Name):
            target = _class_value(cls.node, expression.id) or self.resolve(cls.module, expression.id)
            if isinstance(target, ast.expr):
                return self.strings(target, cls)
        raise UnknowableError(f"{cls.path}: {ast.unparse(expression)}")

    def _item(self, item: ast.expr, cls: ClassAt) -> tuple[str, ...]:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            return (item.value,)
        return self.strings(item.value if isinstance(item, ast.Starred) else item, cls)

    def _called(self, call: ast.Call, cls: ClassAt) -> tuple[str, ...]:
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr == "union":
            sets = [function.value, *call.args]
            return tuple(dict.fromkeys(text for each in sets for text in self.strings(each, cls)))
        name = function.id if isinstance(function, ast.Name) else ""
        if name in {"tuple", "list", "set", "frozenset", "sorted"}:
            return self.strings(call.args[0], cls) if call.args else ()
        if name == "aws_template_fields":
            own = [text for argument in call.args for text in self._item(argument, cls)]
            return (*own, "aws_conn_id", "region_name", "verify")
        raise UnknowableError(f"{cls.path}: {ast.unparse(call)}")

    def _filtered(
        self, comprehension: ast.ListComp | ast.GeneratorExp | ast.SetComp, cls: ClassAt
    ) -> tuple[str, ...]:
        """`[field for field in Base.template_fields if field != "sql"]`."""
        generator = comprehension.generators[0]
        texts = self.strings(generator.iter, cls)
        for condition in generator.ifs:
            if not isinstance(condition, ast.Compare):
                raise UnknowableError(f"{cls.path}: {ast.unparse(condition)}")
            operand = condition.comparators[0]
            unwanted = self._item(operand, cls)
            texts = tuple(text for text in texts if text not in unwanted)
        return texts


def literal(table: ast.Dict) -> dict[str, Any]:
    """A dict of constants; what is none is left out."""
    found: dict[str, Any] = {}
    for key, value in zip(table.keys, table.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            continue
        if isinstance(value, ast.Dict):
            found[key.value] = literal(value)
        elif isinstance(value, ast.Tuple):
            found[key.value] = tuple(item.value for item in value.elts if isinstance(item, ast.Constant))
        elif isinstance(value, ast.Constant):
            found[key.value] = value.value
    return found


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Top-level statements, those under if and try included."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If):
            yield from _statements(statement.body)
            yield from _statements(statement.orelse)
        elif isinstance(statement, ast.Try):
            yield from _statements(statement.body)
            for handler in statement.handlers:
                yield from _statements(handler.body)


def _absolute(statement: ast.ImportFrom, module: str, file: str) -> str:
    if not statement.level:
        return statement.module or ""
    parts = module.split(".")
    kept = parts[: len(parts) - statement.level + file.endswith("__init__.py")]
    return ".".join([*kept, *([statement.module] if statement.module else [])])


def _class_value(node: ast.ClassDef, name: str) -> ast.expr | None:
    found: ast.expr | None = None
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        else:
            continue
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            found = value
    return found
