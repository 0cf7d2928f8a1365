"""Modules of the same project, found beside a DAG file and read like it, never executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.objects import Module
from dag_lint.evaluate.scope import Frame, Scope
from dag_lint.known import Constant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dag_lint.evaluate import Interpreter

MAXIMUM_FILES = 24
MAXIMUM_BYTES = 300_000
"""Characters of sibling modules that one file may make us parse."""

_FOLDERS = ("", "dags", "plugins", "src", "include")


class Siblings:
    """The look-ups of one file. `looked_up`: every path asked for, with what was there; caches depend on it."""

    def __init__(self, location: Path | None, root: Path | None) -> None:
        self._location = location
        self._root = root
        self._modules: dict[str, Module | None] = {}
        self._bytes = 0
        self._folders: list[Path] | None = None
        self.looked_up: dict[Path, bool] = {}

    def import_module(self, run: Interpreter, name: str, level: int) -> Module | None:
        """The module `name` of the project, read; None when it is none, or too much has been read already."""
        if self._location is None or self._root is None:
            return None
        if level:
            absolute = self._absolute(run, name, level)
            if absolute is None:
                return None
            name = absolute
        if name not in self._modules:
            self._modules[name] = None
            self._modules[name] = self._read(run, name)
        return self._modules[name]

    def _absolute(self, run: Interpreter, name: str, level: int) -> str | None:
        package = run.scope.module.module_name.split(".")
        if not run.reading_sibling:
            return f"{'.' * level}{name}"
        parts = package[: len(package) - level]
        return ".".join([*parts, name] if name else parts) or None

    def _candidates(self, name: str) -> Iterator[Path]:
        location = self._location
        if location is None:
            return
        if name.startswith("."):
            rest = name.lstrip(".")
            folder = location.parent
            for _ in range(len(name) - len(rest) - 1):
                folder = folder.parent
            yield folder.joinpath(*rest.split(".")) if rest else folder
            return
        for folder in self._search_path():
            yield folder.joinpath(*name.split("."))

    def _search_path(self) -> list[Path]:
        if self._folders is None:
            assert self._location is not None
            assert self._root is not None
            folders = [self._location.parent]
            folder = self._location.parent
            # Airflow puts the dags folder on sys.path: it is one of the folders between the file and the root.
            while folder != self._root and self._root in folder.parents:
                folder = folder.parent
                folders.append(folder)
            folders += [self._root / name for name in _FOLDERS]
            self._folders = list(dict.fromkeys(folders))
        return self._folders

    def _read(self, run: Interpreter, name: str) -> Module | None:
        for base in self._candidates(name):
            for path in (base.with_name(f"{base.name}.py") if base.name else base, base / "__init__.py"):
                text = self._text(path)
                if text is not None:
                    return self._evaluate(run, name, text, path)
        for base in self._candidates(name):
            if not name.startswith(".") and self._is_package(base):
                return Module(name, Scope("module", module_name=name))
        return None

    def _is_package(self, path: Path) -> bool:
        """A folder without __init__.py that holds Python files is a package all the same."""
        try:
            return path.is_dir() and path != self._root and any(path.glob("*.py"))
        except OSError:
            return False

    def _text(self, path: Path) -> str | None:
        if path in self.looked_up and not self.looked_up[path]:
            return None
        try:
            inside = self._root is not None and path.resolve().is_relative_to(self._root.resolve())
            found = inside and path != self._location and path.is_file()
            size = path.stat().st_size if found else 0
        except (OSError, ValueError):
            found, size = False, 0
        self.looked_up[path] = found
        too_many = sum(self.looked_up.values()) > MAXIMUM_FILES or self._bytes + size > MAXIMUM_BYTES
        if not found or too_many:
            return None
        self._bytes += size
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def _evaluate(self, run: Interpreter, name: str, text: str, path: Path) -> Module | None:
        try:
            tree = cst.parse_module(text)
        except Exception:
            # A sibling that cannot be parsed is one of which nothing is known.
            return None
        scope = Scope("module", module_name=name)
        scope.names["__file__"] = Constant(str(path))
        scope.names["__name__"] = Constant(name)
        module = Module(name, scope)
        self._modules[name] = module
        run.reading_sibling += 1
        run.frames.append(Frame(scope))
        try:
            run.execute(tree.body)
        finally:
            run.frames.pop()
            run.reading_sibling -= 1
        return module
