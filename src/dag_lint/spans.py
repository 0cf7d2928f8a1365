"""Where syntax nodes stand in the text. The only room that knows libcst's code generation.

libcst's tree holds no positions. Its metadata providers compute them for every node, at nearly twice the
price of parsing; here, only the statements of the module that hold wanted nodes are written out again, and
only wanted nodes are recorded. Where each of those statements begins is known from Python's own tree.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import libcst as cst
from libcst._nodes.internal import CodegenState

from dag_lint.diagnostic import Position, Span
from dag_lint.syntax import walk

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator


class _Recorder(CodegenState):
    """Writes code as libcst does, counts characters, and remembers where wanted nodes begin and end."""

    def __init__(self, module: cst.Module, wanted: set[int], line: int) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.wanted = wanted
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
    for statement, line in _statements(module, tree):
        if not left:
            break
        inside = {id(node) for node in walk(statement) if id(node) in left}
        if not inside:
            continue
        recorder = _Recorder(module, set(inside), line - len(getattr(statement, "leading_lines", ())))
        try:
            statement._codegen(recorder)  # noqa: SLF001 -- libcst writes a lone statement no other way
            spans = recorder.found
        except RecursionError:
            spans = {}
        start = Position(line, 0)
        found.update({key: spans.get(key, Span(start, start)) for key in inside})
        left -= inside
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


def _statements(module: cst.Module, tree: ast.AST) -> Iterator[tuple[cst.CSTNode, int]]:
    """The statements of a module with the lines on which they begin, decorators included."""
    parsed = iter(getattr(tree, "body", ()))
    for statement in module.body:
        count = len(statement.body) if isinstance(statement, cst.SimpleStatementLine) else 1
        same = [next(parsed, None) for _ in range(count)]
        if same and same[0] is not None:
            decorators = getattr(same[0], "decorator_list", ())
            yield statement, min(node.lineno for node in (same[0], *decorators))
