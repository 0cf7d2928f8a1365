"""What a finding is called in every version of a file in which it is the same finding.

The name hangs on the code at the finding and on what holds that code: the argument, the call with its dag_id
or task_id, the definitions around it. It does not hang on places, on layout, on comments, on the message, nor
on the file's name. So it stays when lines come above, when a formatter runs, when something else is edited,
and when the file moves. It is the same under every version of Python.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from dag_lint.source import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dag_lint.diagnostic import Diagnostic, Position, Span

_DIGITS = 20
"""80 bits, in hexadecimal: enough for a million findings, and short enough for a line of a file."""

_IDENTITIES = ("dag_id", "task_id", "group_id")

_NO_CODE = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
"""Fields of syntax nodes that hold no code, or the spelling of it."""

_STRINGS_WITH_CODE = ("JoinedStr", "TemplateStr")
"""Before Python 3.12 nodes inside of an f-string do not know their places."""


def fingerprints(diagnostics: Sequence[Diagnostic], text: str) -> list[str]:
    """The fingerprint of each finding in a file, in their order; no two of them are equal.

    Findings of one rule that nothing tells apart are numbered in the order of the text: the first has the
    name that it would have alone. Never raises: where the text is no Python, its lines are what counts.
    """
    if not diagnostics:
        return []
    code = _Code(text)
    names: dict[int, str] = {}
    count: Counter[str] = Counter()
    for index in sorted(range(len(diagnostics)), key=lambda index: diagnostics[index].span):
        found = diagnostics[index]
        text_of_it = "\0".join((found.code, *code.at(found.span)))
        name = hashlib.sha256(text_of_it.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        names[index] = f"{name}:{count[name]}" if count[name] else name
        count[name] += 1
    return [names[index] for index in range(len(diagnostics))]


class _Code:
    """The text of a file, asked for the code at a place and for what holds it."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._tree = parsed(text)

    def at(self, span: Span) -> Iterator[str]:
        """The code of a span without its layout, then what holds it, from the inside to the outside."""
        if self._tree is None or span.start == span.end:
            yield self._line(span.start)
            return
        start, end = self._offset(span.start), self._offset(span.end)
        path = _path(self._tree, start, end)
        inmost = path[-1]
        if _range(inmost) == (start, end):
            yield _dump(inmost)
            yield from _holders(path[:-1], inmost)
        else:
            # A part of a node: the name of a definition, a piece of an f-string.
            yield self._between(span)
            yield from _holders(path, None)

    def _offset(self, place: Position) -> tuple[int, int]:
        """A place as syntax nodes count: columns in bytes of UTF-8."""
        before = self._lines[place.line - 1][: place.column] if place.line <= len(self._lines) else ""
        return place.line, len(before.encode("utf-8", "surrogatepass"))

    def _line(self, place: Position) -> str:
        return " ".join(self._lines[place.line - 1].split()) if place.line <= len(self._lines) else ""

    def _between(self, span: Span) -> str:
        start, end = span.start, span.end
        lines = self._lines[start.line - 1 : end.line]
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        return " ".join(" ".join(lines).split()).rstrip(", ")


def _path(tree: ast.AST, start: tuple[int, int], end: tuple[int, int]) -> list[ast.AST]:
    """The nodes around a stretch of the text, from the module to the inmost."""
    path = [tree]
    while type(path[-1]).__name__ not in _STRINGS_WITH_CODE:
        for child in _placed_children(path[-1]):
            first, last = _range(child)
            if first <= start and end <= last:
                path.append(child)
                break
        else:
            break
    return path


def _placed_children(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below a node that have a place: of `arguments`, `withitem` and their like, what they hold."""
    for child in ast.iter_child_nodes(node):
        if hasattr(child, "lineno"):
            yield child
        else:
            yield from _placed_children(child)


def _range(node: ast.AST) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a node begins, decorators included, and where it ends."""
    first = min((node, *getattr(node, "decorator_list", ())), key=_start)
    return _start(first), (getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0))


def _start(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _holders(path: Sequence[ast.AST], inner: ast.AST | None) -> Iterator[str]:
    """What tells a place from others with the same code, up to the DAG or task whose id is written there.

    Loops, conditions and `with` are left out, and so are places in a list: code moves in and out of them.
    """
    named = False
    for outer in reversed(path):
        if isinstance(outer, ast.Call):
            yield f"{_callee(outer)}({_slot(outer, inner)}"
            identity = _identity(outer, inner)
            if identity is not None:
                named = True
                yield _dump(identity)
                if isinstance(identity, ast.Constant):
                    return
        elif isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            named = True
            yield f"def {outer.name}"
        elif isinstance(outer, ast.Dict):
            pairs = zip(outer.keys, outer.values, strict=True)
            yield from (_dump(key) for key, value in pairs if key is not None and value is inner)
        elif isinstance(outer, ast.Assign) and not named:
            yield from map(_dump, outer.targets)
        elif isinstance(outer, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and not named:
            yield _dump(outer.target)
        inner = outer


def _callee(call: ast.Call) -> str:
    """The last part of the name that is called: how it was imported does not matter."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _slot(call: ast.Call, inner: ast.AST | None) -> str:
    """Where in a call a node stands: its keyword, or its number."""
    if isinstance(inner, ast.keyword):
        return inner.arg or "**"
    return next((str(index) for index, value in enumerate(call.args) if value is inner), "")


def _identity(call: ast.Call, inner: ast.AST | None) -> ast.expr | None:
    """The dag_id, task_id or group_id that is given to a call, unless it is what was found."""
    for keyword in call.keywords:
        if keyword.arg in _IDENTITIES:
            return None if keyword is inner else keyword.value
    if not call.args or call.args[0] is inner:
        return None
    # Other calls are not named by what comes first: a path, a zone, a format.
    makes = _callee(call).lower().endswith(("dag", "task_group", "taskgroup", "operator", "sensor"))
    return call.args[0] if makes else None


def _dump(node: ast.AST) -> str:
    """The code of a node without its layout. Fields that are empty are left out: newer Pythons add some."""
    parts: list[str] = []
    left: list[object] = [node]
    while left:
        item = left.pop()
        if isinstance(item, ast.AST):
            parts.append(f"{type(item).__name__}(")
            left.append(_Word(")"))
            for field in reversed(item._fields):
                value = getattr(item, field, None)
                if isinstance(item, ast.JoinedStr):
                    value = [part for part in item.values if not _is_nothing(part)]
                if field not in _NO_CODE and value is not None and value != []:
                    left.extend((value, _Word(f"{field}=")))
        elif isinstance(item, list):
            left.extend((_Word("]"), *reversed(item), _Word("[")))
        elif isinstance(item, _Word):
            parts.append(item)
        else:
            # Python refuses to write very long numbers in decimal.
            parts.append(f"{item:#x} " if type(item) is int else f"{item!a} ")
    return "".join(parts)


def _is_nothing(node: object) -> bool:
    """Whether a node is an empty text: Python 3.12.1 ends the format in an f-string with one."""
    return isinstance(node, ast.Constant) and node.value == ""


class _Word(str):
    """A word of the dump itself, not of the code."""

    __slots__ = ()
