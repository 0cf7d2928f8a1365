"""Imports: used where they are there, added where they belong, dropped where nothing needs them any more."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.edits.lists import insert, insert_first, items_of, remove
from dag_lint.edits.names import imported_by
from dag_lint.edits.page import Edit, NotExactError
from dag_lint.syntax import dotted_name, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dag_lint.edits.page import Page

Import = cst.Import | cst.ImportFrom


def import_from(page: Page, module: str, name: str) -> list[Edit]:
    """`from module import name`, in a statement that is there or in one of its own.

    Raises NotExactError where the name stands for something else, or where nobody can tell the place.
    """
    if not page.names.is_free(name):
        raise NotExactError
    for _, statement in _imports(page):
        if (
            isinstance(statement, cst.ImportFrom)
            and not isinstance(statement.names, cst.ImportStar)
            and not statement.relative
            and _module_of(statement) == module
        ):
            return _join(page, statement, statement.names, name)
    return _new_line(page, module, f"from {module} import {name}")


def import_module(page: Page, module: str) -> list[Edit]:
    """`import module`. Raises NotExactError where its name stands for something else."""
    if not page.names.is_free(module):
        raise NotExactError
    return _new_line(page, module, f"import {module}")


def drop_unneeded(page: Page, gone: Iterable[cst.CSTNode]) -> list[Edit]:
    """The edits that take out imports which only these expressions, that go, have used."""
    leaving = [name for node in gone for name in walk(node) if isinstance(name, cst.Name)]
    ids = {id(name) for name in leaving}
    edits: list[Edit] = []
    for name in sorted({name.value for name in leaving}):
        needed = [load for load in page.names.loads[name] if id(load) not in ids]
        if not needed and name in page.names.top_level and page.names.paths(name) and not page.exports(name):
            edits += _drop(page, name)
    return edits


def _drop(page: Page, name: str) -> list[Edit]:
    """The edits that take out an import; none where a comment is in the way."""
    for line, statement in _imports(page):
        if name not in {bound for bound, _ in imported_by(statement)}:
            continue
        aliases = statement.names
        if isinstance(aliases, cst.ImportStar):
            return []
        try:
            if len(aliases) > 1 and "\\" not in page.code(statement):
                index = [bound for bound, _ in imported_by(statement)].index(name)
                return remove(page, items_of(page, aliases), index)
            return _without_line(page, line) if len(aliases) == 1 else []
        except NotExactError:
            return []
    return []


def _without_line(page: Page, line: cst.SimpleStatementLine) -> list[Edit]:
    """The edits that take out a statement, and one of two blank lines that would meet."""
    start, end = page.start(line.body[0]), page.end(line)
    above = page.text[page.line_start(start - 1) : start].strip() if start else ""
    if len(line.body) > 1 or "#" in page.text[start:end] or above.startswith("#"):
        raise NotExactError
    if not above and page.text[end : end + 1] == "\n":
        end += 1
    return [Edit(start, end, "")]


def _imports(page: Page) -> Iterator[tuple[cst.SimpleStatementLine, Import]]:
    """The imports at the module's own level, under no condition."""
    for line in page.module.body:
        if isinstance(line, cst.SimpleStatementLine):
            yield from ((line, one) for one in line.body if isinstance(one, (cst.Import, cst.ImportFrom)))


def _module_of(statement: Import) -> str:
    """The module that an import names, the first of several."""
    if isinstance(statement, cst.Import):
        return dotted_name(statement.names[0].name) or ""
    return dotted_name(statement.module) or "" if statement.module is not None else ""


def _join(page: Page, statement: cst.ImportFrom, aliases: Sequence[cst.ImportAlias], name: str) -> list[Edit]:
    """One more name in a statement, where the order of the names wants it."""
    names = [dotted_name(alias.name) or "" for alias in aliases]
    items = items_of(page, aliases)
    if statement.lpar is None and "\n" in page.code(statement):
        # Lines that a backslash joins.
        return [Edit(items[-1].end, items[-1].end, f", {name}")]
    for order in (str, str.lower):
        if names == sorted(names, key=order):
            smaller = sum(order(one) < order(name) for one in names)
            return insert(page, items, smaller - 1, name) if smaller else insert_first(page, items, name)
    return insert(page, items, len(items) - 1, name)


def _new_line(page: Page, module: str, code: str) -> list[Edit]:
    """An import on a line of its own, among those of its kind."""
    lines = list(_first_imports(page))
    kind, is_plain = _kind(module), code.startswith("import ")
    mates = [(line, statement) for line, statement in lines if _kind(_module_of(statement)) == kind]
    if not mates:
        later = [line for line, statement in lines if _kind(_module_of(statement)) > kind]
        if not later:
            raise NotExactError
        at = page.start(later[0].body[0])
        return [Edit(at, at, f"{code}\n\n")]
    plain = [isinstance(statement, cst.Import) for _, statement in mates]
    if plain == sorted(plain, reverse=True):
        # `import a` stands before `from b import c`.
        group = [mate for mate, one in zip(mates, plain, strict=True) if one == is_plain]
        before = [] if is_plain else [mate for mate, one in zip(mates, plain, strict=True) if one]
    else:
        group, before = mates, []
    smaller = [mate for mate in group if _module_of(mate[1]) < module]
    if smaller or before:
        line, _ = (smaller or before)[-1]
        at = page.end(line)
        if page.text[at - 1 : at] != "\n":
            raise NotExactError
        return [Edit(at, at, f"{code}\n")]
    at = page.start((group or mates)[0][0].body[0])
    return [Edit(at, at, f"{code}\n")]


def _first_imports(page: Page) -> Iterator[tuple[cst.SimpleStatementLine, Import]]:
    """The imports at the top of a file: those before the first statement of another kind."""
    for index, line in enumerate(page.module.body):
        first = line.body[0] if isinstance(line, cst.SimpleStatementLine) else None
        if isinstance(line, cst.SimpleStatementLine) and isinstance(first, (cst.Import, cst.ImportFrom)):
            if not (isinstance(first, cst.ImportFrom) and first.relative):
                yield line, first
        elif index or not isinstance(first, cst.Expr):
            return


def _kind(module: str) -> int:
    """The section of a module among imports: the future, the standard library, what is installed."""
    top = module.partition(".")[0]
    return 0 if top == "__future__" else 1 if top in sys.stdlib_module_names else 2
