"""Modules of the same project, found beside a DAG file and read like it, never executed."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.objects import Module
from dag_lint.evaluate.scope import Frame, Scope
from dag_lint.known import Constant
from dag_lint.lookups import note
from dag_lint.source import parsed, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.evaluate import Interpreter

MAXIMUM_FILES = 24
MAXIMUM_CHARACTERS = 200_000
"""Characters of sibling modules that one file may make us parse."""

_DAGS_FOLDERS = frozenset({"dags", "dag", "airflow_dags"})

_MAKES_DAGS = re.compile(r"\bDAG\(|^\s*@(?:\w+\.)?dag\b", re.MULTILINE)

_FOLDERS = ("", "dags", "plugins", "src", "include")


class Siblings:
    """The look-ups of one file; each is noted, so that a cache can tell when it has to be repeated."""

    def __init__(self, location: Path | None, root: Path | None) -> None:
        # A file may be named from here, and what is around it is looked for up to the root.
        location = None if location is None else Path(os.path.abspath(location))  # noqa: PTH100
        self._location = location
        self._root = root if root is not None or location is None else _import_root(location)
        self._modules: dict[str, Module | None] = {}
        self._found: dict[str, Path | None] = {}
        self._read_files: set[Path] = set()
        self._characters = 0
        self._folders: list[Path] | None = None
        self.looked_up: dict[Path, bool] = {}

    def import_module(self, run: Interpreter, name: str, level: int, importer: Scope) -> Module | None:
        """The module `name` of the project, read; None when it is none, or too much has been read already."""
        absolute = self._absolute(name, level, importer)
        if absolute is None:
            return None
        if absolute not in self._modules:
            self._modules[absolute] = None
            self._modules[absolute] = self._read(run, absolute)
        return self._modules[absolute]

    def exists(self, name: str, level: int, importer: Scope) -> bool:
        """Whether there is such a module or package in the project."""
        absolute = self._absolute(name, level, importer)
        return absolute is not None and self._find(absolute) is not None

    def makes_dags(self, name: str, level: int, importer: Scope) -> bool:
        """Whether the text of a module says that importing it makes DAGs."""
        absolute = self._absolute(name, level, importer)
        path = self._find(absolute) if absolute is not None else None
        text = self._text(path) if path is not None and path.suffix == ".py" else None
        return text is not None and _MAKES_DAGS.search(text) is not None

    def _absolute(self, name: str, level: int, importer: Scope) -> str | None:
        """A relative name as an absolute one; beside the linted file itself, the dots stay."""
        if self._location is None or self._root is None:
            return None
        if not level:
            # Many projects keep their DAGs in a folder `airflow/`: it never hides the installed package.
            return None if name.partition(".")[0] in ("airflow", "") else name
        if not importer.module_name:
            return f"{'.' * level}{name}"
        package = importer.module_name.split(".")
        if not importer.is_package:
            package = package[:-1]
        parts = package[: len(package) - level + 1]
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
            # So are the plugins beside it.
            folders += [each.parent / "plugins" for each in folders if each.name.lower() in _DAGS_FOLDERS]
            folders += [self._root / name for name in _FOLDERS]
            self._folders = list(dict.fromkeys(folders))
        return self._folders

    def _find(self, name: str) -> Path | None:
        """The file of a module, or the folder of a package without __init__.py."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> Path | None:
        package = None
        for base in self._candidates(name):
            for path in (base.with_name(f"{base.name}.py"), base / "__init__.py") if base.name else ():
                if self._is_ours(path):
                    return path
            if package is None and not name.startswith(".") and self._is_package(base):
                package = base
        return package

    def _read(self, run: Interpreter, name: str) -> Module | None:
        path = self._find(name)
        if path is None:
            return None
        if path.suffix != ".py":
            return Module(name, Scope("module", module_name=name))
        text = self._text(path)
        too_many = len(self._read_files) >= MAXIMUM_FILES or self._characters > MAXIMUM_CHARACTERS
        if text is None or too_many:
            return None
        self._read_files.add(path)
        self._characters += len(text)
        return self._evaluate(run, name, text, path)

    def _is_ours(self, path: Path) -> bool:
        """Whether a file is there, in the project, and another one than the linted file."""
        if path not in self.looked_up:
            note("place", path)
            try:
                found = path.is_file() and path != self._location
                inside = (
                    found and self._root is not None and path.resolve().is_relative_to(self._root.resolve())
                )
            except (OSError, ValueError):
                inside = False
            self.looked_up[path] = inside
        return self.looked_up[path]

    def _is_package(self, path: Path) -> bool:
        """A folder without __init__.py that holds Python files is a package all the same."""
        note("place", path)
        note("some *.py", path)
        try:
            return path.is_dir() and path != self._root and any(path.glob("*.py"))
        except OSError:
            return False

    def _text(self, path: Path) -> str | None:
        """The text of a module of the project, None when it is too long or no text."""
        note("content", path)
        try:
            if path.stat().st_size > MAXIMUM_CHARACTERS:
                return None
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def _evaluate(self, run: Interpreter, name: str, text: str, path: Path) -> Module | None:
        tree = _parsed(text)
        if tree is None:
            return None
        scope = Scope("module", module_name=name)
        scope.is_package = path.name == "__init__.py"
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


def _import_root(location: Path) -> Path:
    """Where a file that lies in no project may import from: above the packages and the dags folder around it."""
    folder = location.parent
    above = list(folder.parents)[:4]
    for ancestor in (folder, *above):
        if ancestor.name.lower() in _DAGS_FOLDERS and ancestor.parent.name:
            return ancestor.parent
    while _is_package(folder) and folder.parent.name:
        folder = folder.parent
    return folder


def _is_package(folder: Path) -> bool:
    note("place", folder / "__init__.py")
    return (folder / "__init__.py").is_file()


@lru_cache(maxsize=64)
def _parsed(text: str) -> cst.Module | None:
    """The tree of a module, kept for the next file that imports it: parsing is most of what a sibling costs.

    None for text that cannot be parsed, or that nests so deep that libcst might not survive it.
    """
    tree = parsed(text)
    if tree is None or too_deep(tree, text):
        return None
    try:
        return cst.parse_module(text)
    except Exception:
        # Whatever else libcst meets, nothing is known of this module.
        return None
