"""Reading statements in order: assignments, branches, loops, with, try; each body once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import libcst as cst

from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.leaving import leaves, leaves_on_success, looks_up_in_vain, tries_again
from dag_lint.flow.scope import DEPTH, DOCUMENTS, Core, Loop, root_of
from dag_lint.flow.things import UNKNOWN, Callee, Tag, Thing, join, strongest
from dag_lint.surroundings import LocalFunction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HANDED_ON = frozenset({Tag.FRAME, Tag.ROWS, Tag.BYTES, Tag.RESPONSE, Tag.DOCUMENT, Tag.SERIES, Tag.RELATION})


class Statements(Core):
    """The part of the reader that walks through bodies."""

    def run(self, body: cst.BaseSuite | Sequence[cst.CSTNode]) -> None:
        """Read statements in order."""
        if self.depth >= DEPTH:
            return
        self.depth += 1
        statements: Sequence[cst.CSTNode] = body.body if hasattr(body, "body") else body
        for statement in statements:
            if type(statement) is cst.SimpleStatementLine:
                for small in statement.body:
                    self._statement(small)
            else:
                self._statement(statement)
            if leaves(statement):
                break
        self.depth -= 1

    def _statement(self, node: cst.CSTNode) -> None:
        handler = self._statements.get(type(node))
        if handler is not None:
            handler(self, node)

    # simple statements

    def _expression(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.Expr)
        self.evaluate(node.value)

    def _assign(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.Assign)
        thing = self.evaluate(node.value)
        for target in node.targets:
            self.bind(target.target, thing)

    def _annotated(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.AnnAssign)
        if node.value is not None:
            self.bind(node.target, self.evaluate(node.value))

    def _augmented(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.AugAssign)
        thing = self.evaluate(node.value)
        root = root_of(node.target)
        if root is None or self.known(root).number is not None:
            return  # a counter, not a collection
        self.grow(node.target, thing)

    def _return(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.Return)
        if node.value is None:
            return
        thing = self.evaluate(node.value)
        self.scope.returns.append(thing)
        if self.scope.top and thing.tag in _HANDED_ON and thing.bulk:
            self.record(Kind.XCOM, node, "returns it", "xcom", thing.origins)

    def _delete(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.Del)
        if isinstance(node.target, cst.Name):
            self.scope.names.pop(node.target.value, None)

    def _other(self, node: cst.CSTNode) -> None:
        assert isinstance(node, (cst.Raise, cst.Assert))
        value = node.exc if isinstance(node, cst.Raise) else node.test
        if value is not None:
            self.evaluate(value)

    def _import(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.Import)
        for alias in node.names:
            dotted = _dotted(alias.name)
            if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
                self.scope.names[alias.asname.name.value] = Thing(Tag.EXTERNAL, name=dotted, text=dotted)
            else:
                first = dotted.partition(".")[0]
                self.scope.names[first] = Thing(Tag.EXTERNAL, name=first, text=first)

    def _import_from(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.ImportFrom)
        if isinstance(node.names, cst.ImportStar):
            return
        module = "." * len(node.relative) + (_dotted(node.module) if node.module is not None else "")
        for alias in node.names:
            name = _dotted(alias.name)
            bound = alias.asname.name if alias.asname is not None else alias.name
            if isinstance(bound, cst.Name):
                separator = "" if module.endswith(".") or not module else "."
                dotted = f"{module}{separator}{name}"
                self.scope.names[bound.value] = Thing(Tag.EXTERNAL, name=dotted, text=dotted)

    def _function(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.FunctionDef)
        found = LocalFunction(node, self.scope.surroundings)
        callee = Callee(found, node.name.value, self.scope.owner, self.scope)
        self.scope.names[node.name.value] = Thing(Tag.FUNCTION, callee=callee)

    # targets

    def bind(self, target: cst.CSTNode, thing: Thing) -> None:
        """Assign to a target."""
        if isinstance(target, cst.Name):
            self.scope.names[target.value] = thing
        elif isinstance(target, (cst.Tuple, cst.List)):
            self._unpack(target.elements, thing)
        elif isinstance(target, cst.Attribute):
            self._bind_attribute(target, thing)
        elif isinstance(target, cst.Subscript):
            for element in target.slice:
                if isinstance(element.slice, cst.Index):
                    self.evaluate(element.slice.value)
            self.grow(target, thing)

    def _unpack(self, elements: Sequence[cst.BaseElement], thing: Thing) -> None:
        exact = len(thing.items) == len(elements) and thing.tag is Tag.TUPLE
        part = thing
        if thing.tag in (Tag.TUPLE, Tag.SERIES):
            part = Thing(Tag.ROW if thing.bulk else Tag.UNKNOWN, thing.origins)
        for index, element in enumerate(elements):
            self.bind(element.value, thing.items[index] if exact else part)

    def _bind_attribute(self, target: cst.Attribute, thing: Thing) -> None:
        root = root_of(target)
        if root is not None and root.startswith("self.") and root[5:] == target.attr.value:
            self.own(self.scope.owner or "")[target.attr.value] = thing
        else:
            self.grow(target, thing)

    # blocks

    def _branches(self, blocks: list[Callable[[], None]], complete: bool) -> None:
        """Run alternatives side by side: afterwards a name is what the branches together know of it."""
        before = dict(self.scope.names)
        after = [] if complete else [before]
        for block in blocks:
            self.scope.names = dict(before)
            block()
            after.append(self.scope.names)
        merged = dict(after[0])
        for names in after[1:]:
            for name, thing in names.items():
                merged[name] = join(merged[name], thing) if name in merged else thing
        self.scope.names = merged

    def _if(self, node: cst.CSTNode) -> None:
        blocks: list[Callable[[], None]] = []
        complete = False
        current: cst.CSTNode | None = node
        while isinstance(current, cst.If):
            self.evaluate(current.test)
            body = current.body
            blocks.append(partial(self._unknown_only if looks_up_in_vain(current.test) else self.run, body))
            current = current.orelse
        if isinstance(current, cst.Else):
            final = current.body
            blocks.append(partial(self.run, final))
            complete = True
        self._branches(blocks, complete)

    def _unknown_only(self, body: cst.BaseSuite) -> None:
        self.unknown_only += 1
        self.run(body)
        self.unknown_only -= 1

    def _match(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.Match)
        self.evaluate(node.subject)
        self._branches([partial(self.run, case.body) for case in node.cases], False)

    def _try(self, node: cst.CSTNode) -> None:
        assert isinstance(node, (cst.Try, cst.TryStar))
        self.run(node.body)
        if node.orelse is not None:
            self.run(node.orelse.body)
        if node.handlers:
            self.handling += 1
            self._branches([partial(self.run, handler.body) for handler in node.handlers], False)
            self.handling -= 1
        if node.finalbody is not None:
            self.run(node.finalbody.body)

    def _with(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.With)
        for item in node.items:
            thing = self.evaluate(item.item)
            if item.asname is not None:
                self.bind(item.asname.name, thing)
        self.run(node.body)

    def _for(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.For)
        over = self.evaluate(node.iter)
        item = self.item(over, node)
        over = Thing(over.tag, over.origins or item.origins, over.name, items=over.items)
        loop = Loop("for", over, node, self.scope)
        start = len(self.evidence)
        self._loop(loop, node.body, lambda: self.bind(node.target, item))
        if strongest(over.origins) is not Grade.HANDED and not self._rows_since(start):
            frame = _frame_like(over)
            whole = over.tag in DOCUMENTS and loop.rebuilds and _whole(over)
            self.record(
                Kind.WORK, node, "loops over its rows", "rows", over.origins, slight=not (frame or whole)
            )
        if node.orelse is not None:
            self.run(node.orelse.body)

    def _while(self, node: cst.CSTNode) -> None:
        assert isinstance(node, cst.While)
        loop = Loop("while", UNKNOWN, node, self.scope)
        self._loop(loop, node.body, lambda: self.evaluate(node.test))
        if node.orelse is not None:
            self.run(node.orelse.body)

    def _loop(self, loop: Loop, body: cst.BaseSuite, start: Callable[[], object]) -> None:
        self.loops.append(loop)
        loop.retries = tries_again(body)
        loop.searches = leaves_on_success(body)

        def inside() -> None:
            start()
            self.run(body)

        begin = len(self.evidence)
        self._branches([inside], False)
        self.loops.pop()
        if loop.gathers:
            self._mark_pauses(begin, loop)
        if loop.asks:
            self._mark_few(begin)

    def _mark_pauses(self, begin: int, loop: Loop) -> None:
        """Sleeps in a loop that gathers data are pauses between requests."""
        for index in range(begin, len(self.evidence)):
            evidence = self.evidence[index]
            made_in = self.made_in.get(id(evidence), ())
            if evidence.kind is Kind.WAIT and made_in and made_in[-1] is loop:
                self.evidence[index] = replace(evidence, pauses=True)

    def _mark_few(self, begin: int) -> None:
        """Beside a request for each row, what is written for each is not what costs."""
        for index in range(begin, len(self.evidence)):
            evidence = self.evidence[index]
            if evidence.kind is Kind.ROWS and evidence.topic != "http":
                self.evidence[index] = replace(evidence, few=True)

    def _rows_since(self, begin: int) -> bool:
        """Whether the loop that is ending is told already: by its statement for each row."""
        return any(evidence.kind is Kind.ROWS for evidence in self.evidence[begin:])

    _statements: ClassVar[dict[type, Callable[[Statements, cst.CSTNode], None]]] = {
        cst.Expr: _expression,
        cst.Assign: _assign,
        cst.AnnAssign: _annotated,
        cst.AugAssign: _augmented,
        cst.Return: _return,
        cst.Del: _delete,
        cst.Raise: _other,
        cst.Assert: _other,
        cst.Import: _import,
        cst.ImportFrom: _import_from,
        cst.FunctionDef: _function,
        cst.If: _if,
        cst.Match: _match,
        cst.Try: _try,
        cst.TryStar: _try,
        cst.With: _with,
        cst.For: _for,
        cst.While: _while,
    }


def _frame_like(over: Thing) -> bool:
    """Whether a loop runs over the rows or groups of a frame."""
    return over.tag in (Tag.GROUPS, Tag.FRAME) or over.name == "frame"


def _whole(over: Thing) -> bool:
    return any(origin.topic in ("object", "pages") and origin.grade is Grade.BULK for origin in over.origins)


def _dotted(node: cst.CSTNode) -> str:
    parts = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return ".".join(reversed(parts))
