"""Where syntax nodes stand in the text. The only room that knows libcst's code generation.

libcst's tree holds no positions. Its metadata providers compute them for every node, at nearly twice the
price of parsing; here, only the smallest statements that hold wanted nodes are written out again, up to the
last of them, and only wanted nodes are recorded. Where each of those statements begins is known from Python's
own tree.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import libcst as cst
from libcst._nodes.internal import CodegenState

from dag_lint.diagnostic import Position, Span
from dag_lint.syntax import children

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator, Sequence


class _AllFound(Exception):  # noqa: N818 -- no error: it ends a code generation that has nothing left to say
    """Every wanted node is found."""


class _Recorder(CodegenState):
    """Writes code as libcst does, counts characters, and remembers where wanted nodes begin and end."""

    def __init__(self, module: cst.Module, wanted: set[int], line: int, indents: Iterable[str]) -> None:
        super().__init__(module.default_indent, module.default_newline, indent_tokens=list(indents))
        self.wanted = set(wanted)
        self.missing = set(wanted)
        self.line = line
        self.column = 0
        self.found: dict[int, Span] = {}
        self._open: list[tuple[int, Position]] = []

    @property
    def _here(self) -> Position:
        return Position(self.line, self.column)

    def add_token(self, value: str) -> None:
        breaks = value.count("\n")
        if not breaks and "\r" not in value:
            self.column += len(value)
            return
        lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.line += len(lines) - 1
        self.column = len(lines[-1])

    def add_indent_tokens(self) -> None:
        self.column += sum(len(token) for token in self.indent_tokens)

    def before_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self.wanted:
            self._open.append((id(node), self._here))

    def after_codegen(self, node: cst.CSTNode) -> None:
        if self._open and self._open[-1][0] == id(node):
            _, start = self._open.pop()
            # What was recorded without the white space around it is the better place.
            self.found.setdefault(id(node), Span(start, self._here))
            self.missing.discard(id(node))
            if not self.missing:
                raise _AllFound

    @contextmanager
    def record_syntactic_position(
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> Iterator[None]:
        wanted = id(node) in self.wanted
        if wanted:
            self.wanted.update(id(other) for other in (start_node, end_node) if other is not None)
        start = self._here
        yield
        if wanted:
            end = self._here
            if start_node is not None:
                start = self.found[id(start_node)].start
            if end_node is not None:
                end = self.found[id(end_node)].end
            self.found[id(node)] = Span(start, end)


def locate(module: cst.Module, tree: ast.AST, wanted: Iterable[object]) -> dict[int, Span]:
    """The spans of nodes by their id, without the parentheses around them; a node of another tree has none.

    `tree` is Python's own tree of the same text. A statement that libcst cannot write out again (a chain of
    a thousand operators exceeds the recursion limit) gives its nodes the place where it begins.
    """
    left = {id(node) for node in wanted if isinstance(node, cst.CSTNode)}
    found: dict[int, Span] = {}
    # Statements, the same as Python sees them, and the white space before them, level by level.
    blocks: list[tuple[Sequence[cst.CSTNode], Sequence[ast.AST], tuple[str, ...]]] = [
        (module.body, getattr(tree, "body", ()), ())
    ]
    while blocks and left:
        body, parsed, indents = blocks.pop()
        for statement, same in _paired(body, parsed):
            inside, suites = _look_into(statement, left)
            if inside:
                found.update(_places(module, statement, same, indents, inside))
                left -= inside
            if not left:
                break
            # The cases of a match are indented, and no block of their own.
            around = (*indents, _indent(module, statement)) if isinstance(statement, cst.Match) else indents
            for suite, parsed_suite in zip(suites, _suites_of(statement, same), strict=False):
                if isinstance(suite, cst.IndentedBlock):
                    blocks.append((suite.body, parsed_suite, (*around, _indent(module, suite))))
    return found


class _Measurer(CodegenState):
    """Writes code as libcst does, and remembers how many characters stand before and behind each node."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.length = 0
        self.found: dict[int, tuple[int, int]] = {}
        self._open: list[int] = []

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.length += len(value)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def pop_trailing_newline(self) -> None:
        if self.tokens:
            self.length -= len(self.tokens.pop())

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._open.append(self.length)

    def after_codegen(self, node: cst.CSTNode) -> None:
        self.found[id(node)] = (self._open.pop(), self.length)


def measure(module: cst.Module) -> tuple[str, dict[int, tuple[int, int]]]:
    """A module as libcst writes it, and where each node, layout included, begins and ends in that text.

    Parentheses around a node and its own white space are part of it. Raises RecursionError for a module that
    libcst cannot write out again.
    """
    measurer = _Measurer(module)
    module._codegen(measurer)  # noqa: SLF001 -- libcst tells nobody else what it writes
    return "".join(measurer.tokens), measurer.found


def _indent(module: cst.Module, node: cst.IndentedBlock | cst.Match) -> str:
    return module.default_indent if node.indent is None else node.indent


def _look_into(statement: cst.CSTNode, left: set[int]) -> tuple[set[int], list[cst.BaseSuite]]:
    """Which of the nodes stand in a statement, its indented blocks left out; its suites in source order."""
    inside: set[int] = set()
    suites: list[cst.BaseSuite] = []
    stack = [statement]
    while stack:
        node = stack.pop()
        if id(node) in left:
            inside.add(id(node))
        if type(node) is cst.IndentedBlock:
            suites.append(node)
            continue
        if type(node) is cst.SimpleStatementSuite:
            suites.append(node)
        stack += children(node)
    # What lies last on the stack is looked at first.
    suites.reverse()
    return inside, suites


def _places(
    module: cst.Module, statement: cst.CSTNode, same: Any, indents: tuple[str, ...], inside: set[int]
) -> dict[int, Span]:
    decorators = getattr(same, "decorator_list", ())
    line: int = min(node.lineno for node in (same, *decorators))
    recorder = _Recorder(module, inside, line - len(getattr(statement, "leading_lines", ())), indents)
    try:
        statement._codegen(recorder)  # noqa: SLF001 -- libcst writes a lone statement no other way
        spans = recorder.found
    except _AllFound:
        spans = recorder.found
    except RecursionError:
        spans = {}
    start = Position(line, sum(map(len, indents)))
    return {key: spans.get(key, Span(start, start)) for key in inside}


def _paired(body: Sequence[cst.CSTNode], parsed: Sequence[ast.AST]) -> Iterator[tuple[cst.CSTNode, Any]]:
    """Each statement of a block with Python's own; of several on a line, with the first."""
    rest = iter(parsed)
    for statement in body:
        count = len(statement.body) if isinstance(statement, cst.SimpleStatementLine) else 1
        same = [next(rest, None) for _ in range(count)]
        if same and same[0] is not None:
            yield statement, same[0]


def _suites_of(statement: cst.CSTNode, same: Any) -> Iterator[Sequence[ast.AST]]:
    """The suites of a statement as Python sees them, in source order."""
    if hasattr(same, "body"):
        yield same.body
    for part in (*getattr(same, "handlers", ()), *getattr(same, "cases", ())):
        yield part.body
    orelse: Sequence[ast.AST] = getattr(same, "orelse", ())
    if isinstance(statement, cst.If) and isinstance(statement.orelse, cst.If):
        # `elif`: to Python, an `if` that stands alone in an else.
        yield from _suites_of(statement.orelse, orelse[0])
    elif orelse:
        yield orelse
    if getattr(same, "finalbody", ()):
        yield same.finalbody
