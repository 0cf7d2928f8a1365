"""Displays, operators, texts, numbers, comprehensions: expressions that are put together of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import libcst as cst

from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.scope import DOCUMENTS, MADE, Core, Loop
from dag_lint.flow.things import GAP, SMALL, UNKNOWN, Callee, Tag, Thing, join, strongest, united
from dag_lint.surroundings import LocalFunction
from dag_lint.syntax import literal, literal_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Displays(Core):
    """The part of the reader that puts expressions together."""

    def _elements(self, elements: Sequence[cst.BaseElement]) -> list[Thing]:
        return [self.evaluate(element.value) for element in elements]

    def _display(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, (cst.List, cst.Set))
        things = self._elements(node.elements)
        origins = united(things)
        if not origins:
            starred = any(isinstance(element, cst.StarredElement) for element in node.elements)
            return UNKNOWN if starred and not all(thing.tag is Tag.SMALL for thing in things) else SMALL
        if any(isinstance(element, cst.StarredElement) for element in node.elements):
            return Thing(Tag.ROWS, origins)
        return Thing(Tag.TUPLE, origins, items=tuple(things))

    def _tuple(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.Tuple)
        things = self._elements(node.elements)
        return Thing(Tag.TUPLE, united(things), items=tuple(things))

    def _dict(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.Dict)
        things = []
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                self.evaluate(element.key)
            things.append(self.evaluate(element.value))
        origins = united(things)
        return Thing(Tag.RECORD, origins) if origins else SMALL

    def _binary(self, node: cst.BaseExpression) -> Thing:
        """`a + b + c`: nested to the left, so taken apart by a loop."""
        steps: list[tuple[object, cst.BaseExpression]] = []
        while isinstance(node, (cst.BinaryOperation, cst.BooleanOperation)):
            steps.append((node.operator, node.right))
            node = node.left
        thing = self.evaluate(node)
        for operator, right in reversed(steps):
            thing = _combined([thing, self.evaluate(right)], operator)
        return thing

    def _comparison(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.Comparison)
        frame = self.evaluate(node.left)
        for target in node.comparisons:
            self.evaluate(target.comparator)
        return Thing(Tag.FRAME, frame.origins, frame.name) if frame.tag is Tag.FRAME else UNKNOWN

    def _unary(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.UnaryOperation)
        thing = self.evaluate(node.expression)
        if thing.number is not None and isinstance(node.operator, cst.Minus):
            return Thing(Tag.SMALL, number=-thing.number)
        return Thing(thing.tag, thing.origins, thing.name) if thing.tag is Tag.FRAME else UNKNOWN

    def _either(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.IfExp)
        self.evaluate(node.test)
        return join(self.evaluate(node.body), self.evaluate(node.orelse))

    def _walrus(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.NamedExpr)
        thing = self.evaluate(node.value)
        self.bind(node.target, thing)
        return thing

    def _yield(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.Yield)
        value = node.value
        if isinstance(value, cst.From):
            self.scope.returns.append(self.evaluate(value.item))
        elif value is not None:
            thing = self.evaluate(value)
            self.scope.returns.append(Thing(Tag.SERIES, self.gathered(thing), items=(thing,)))
        return UNKNOWN

    # texts and numbers

    def _string(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.SimpleString)
        value = literal(node)
        return Thing(Tag.TEXT, text=value) if isinstance(value, str) else SMALL

    def _concatenated(self, node: cst.BaseExpression) -> Thing:
        things = []
        while isinstance(node, cst.ConcatenatedString):
            things.append(self.evaluate(node.left))
            node = node.right
        things.append(self.evaluate(node))
        return _joined_text(things)

    def _formatted(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.FormattedString)
        things = []
        for part in node.parts:
            if type(part) is cst.FormattedStringText:
                things.append(Thing(Tag.TEXT, text=literal_part(node, part)))
            elif isinstance(part, cst.FormattedStringExpression):
                things.append(self.evaluate(part.expression))
        return _joined_text(things)

    def _number(self, node: cst.BaseExpression) -> Thing:
        try:
            return Thing(Tag.SMALL, number=float(node.value.replace("_", "")))  # type: ignore[attr-defined]
        except ValueError:  # hexadecimal, octal
            return SMALL

    # functions and comprehensions

    def _lambda(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.Lambda)
        found = LocalFunction(node, self.scope.surroundings)
        return Thing(Tag.FUNCTION, callee=Callee(found, "a lambda", self.scope.owner, self.scope))

    def _comprehension(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp))
        loops = 0
        inner: cst.CompFor | None = node.for_in
        while inner is not None:
            over = self.evaluate(inner.iter)
            self.loops.append(Loop("for", over, node, self.scope))
            loops += 1
            self.bind(inner.target, self.item(over, node))
            for condition in inner.ifs:
                self.evaluate(condition.test)
            inner = inner.inner_for_in
        if isinstance(node, cst.DictComp):
            element = Thing(Tag.RECORD, united([self.evaluate(node.key), self.evaluate(node.value)]))
        else:
            element = self.evaluate(node.elt)
        origins = self.gathered(element)
        outer = self.loops[-loops].over
        del self.loops[-loops:]
        if not origins:
            return Thing(Tag.SMALL if outer.tag is Tag.SMALL else Tag.UNKNOWN)
        self._note_loop(node, outer, element)
        return Thing(
            Tag.SERIES, origins, items=(Thing(element.tag, origins, element.name, items=element.items),)
        )

    def _note_loop(self, node: cst.CSTNode, over: Thing, element: Thing) -> None:
        """Records rebuilt one by one are work on a whole document; picking a column of rows is little."""
        rebuilt = over.tag in DOCUMENTS and element.tag in MADE
        if element.tag is Tag.DOCUMENT and over.tag is Tag.BYTES:
            rebuilt = True  # a document in each line
        if over.tag is not Tag.TUPLE and strongest(over.origins) is not Grade.HANDED:
            self.record(
                Kind.WORK,
                node,
                "loops over its rows",
                "rows",
                over.origins,
                slight=not rebuilt or not _whole(over),
            )

    def _starred(self, node: cst.BaseExpression) -> Thing:
        return UNKNOWN

    _expressions: ClassVar[dict[type, Callable[[Displays, cst.BaseExpression], Thing]]] = {
        cst.List: _display,
        cst.Set: _display,
        cst.Tuple: _tuple,
        cst.Dict: _dict,
        cst.BinaryOperation: _binary,
        cst.BooleanOperation: _binary,
        cst.Comparison: _comparison,
        cst.UnaryOperation: _unary,
        cst.IfExp: _either,
        cst.NamedExpr: _walrus,
        cst.Yield: _yield,
        cst.SimpleString: _string,
        cst.ConcatenatedString: _concatenated,
        cst.FormattedString: _formatted,
        cst.Integer: _number,
        cst.Float: _number,
        cst.Lambda: _lambda,
        cst.ListComp: _comprehension,
        cst.SetComp: _comprehension,
        cst.GeneratorExp: _comprehension,
        cst.DictComp: _comprehension,
    }


def _whole(thing: Thing) -> bool:
    """Whether a document came from an object store or a file, whole, and not as one answer of an API."""
    return any(origin.topic in ("object", "pages") and origin.grade is Grade.BULK for origin in thing.origins)


def _combined(things: list[Thing], operator: object) -> Thing:
    origins = united(things)
    if isinstance(operator, cst.Add) and any(thing.text is not None for thing in things):
        return _joined_text(things)
    numbers = [thing.number for thing in things if thing.number is not None]
    if len(numbers) == len(things) == 2:
        return _calculated(numbers[0], numbers[1], operator)
    for tag in (Tag.FRAME, Tag.OBJECT, Tag.PATH, Tag.ROWS, Tag.DOCUMENT, Tag.SERIES):
        found = next((thing for thing in things if thing.tag is tag), None)
        if found is not None:
            return Thing(tag, origins, found.name, items=found.items)
    if isinstance(operator, (cst.Or, cst.And)):
        found = things[0]
        for thing in things[1:]:
            found = join(found, thing)
        return found
    if isinstance(operator, cst.Modulo) and things[0].text is not None:
        return Thing(Tag.TEXT, origins, text=things[0].text)
    small = all(thing.tag is Tag.SMALL for thing in things)
    return SMALL if small and not origins else Thing(Tag.UNKNOWN, origins)


def _calculated(one: float, other: float, operator: object) -> Thing:
    if isinstance(operator, cst.Multiply):
        return Thing(Tag.SMALL, number=one * other)
    if isinstance(operator, cst.Add):
        return Thing(Tag.SMALL, number=one + other)
    if isinstance(operator, cst.Divide) and other:
        return Thing(Tag.SMALL, number=one / other)
    return SMALL


def _joined_text(things: list[Thing]) -> Thing:
    pieces = [GAP if thing.text is None else thing.text for thing in things]
    return Thing(Tag.TEXT, united(things), text="".join(pieces))
