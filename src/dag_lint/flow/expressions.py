"""Reading expressions: names, attributes, items, displays, comprehensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import libcst as cst

from dag_lint.flow import tables
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.scope import DEPTH, Core, Loop, OutOfFuel
from dag_lint.flow.tables import transformers
from dag_lint.flow.things import GAP, SMALL, UNKNOWN, Callee, Tag, Thing, join, united
from dag_lint.surroundings import LocalFunction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LINKS = (cst.Call, cst.Attribute, cst.Subscript, cst.Await)
_KEEPING = frozenset(
    {
        Tag.FRAME, Tag.ROWS, Tag.ROW, Tag.DOCUMENT, Tag.SOUP, Tag.STORE, Tag.OBJECT, Tag.COLLECTION,
        Tag.SHEET, Tag.SPARK_FRAME, Tag.GROUPS, Tag.RELATION, Tag.STREAM, Tag.SMALL, Tag.MODEL_API,
        Tag.PATH, Tag.ESTIMATOR, Tag.CONNECTION, Tag.SPARK, Tag.BYTES, Tag.TEXT,
    }
)  # fmt: skip
"""The things whose attributes and items are, for the flow of data, the same again."""

_LINES = frozenset({Tag.ROWS, Tag.BYTES, Tag.STREAM, Tag.FILE, Tag.BUFFER, Tag.FRAME, Tag.CURSOR})


class Expressions(Core):
    """The part of the reader that knows what an expression stands for."""

    def evaluate(self, node: cst.BaseExpression) -> Thing:
        """What an expression stands for."""
        self.fuel -= 1
        if self.fuel < 0:
            raise OutOfFuel
        if self.depth >= DEPTH:
            return UNKNOWN
        self.depth += 1
        try:
            if isinstance(node, _LINKS):
                return self._chain(node)
            handler = self._expressions.get(type(node))
            return handler(self, node) if handler else UNKNOWN
        finally:
            self.depth -= 1

    def _chain(self, node: cst.BaseExpression) -> Thing:
        """`a.b(c)[d].e()` from its beginning: chains are long, and nested to the left."""
        links: list[cst.BaseExpression] = []
        while isinstance(node, _LINKS):
            links.append(node)
            if isinstance(node, cst.Call):
                node = node.func
            elif isinstance(node, cst.Await):
                node = node.expression
            else:
                node = node.value
        thing = self.evaluate(node)
        receiver: Thing | None = None
        for index in range(len(links) - 1, -1, -1):
            link = links[index]
            if isinstance(link, cst.Attribute):
                called = index > 0 and isinstance(links[index - 1], cst.Call)
                receiver = thing
                thing = self._member(thing, link, called)
            elif isinstance(link, cst.Call):
                thing = self.call(link, receiver, thing)
                receiver = None
            elif isinstance(link, cst.Subscript):
                thing = self._subscript(thing, link)
                receiver = None
        return thing

    # names

    def look_up(self, name: str) -> Thing:
        """What a bare name stands for: the function's own names first, then what is around it."""
        scope = self.scope
        inner = scope
        while True:
            if name in inner.names:
                return inner.names[name]
            if inner.parent is None:
                break
            inner = inner.parent
        return self.examiner.outer_name(self, scope.surroundings, name)

    def _name(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, cst.Name)
        return self.look_up(node.value)

    def _member(self, thing: Thing, node: cst.Attribute, called: bool) -> Thing:
        name = node.attr.value
        if thing.tag is Tag.EXTERNAL:
            return self._external_member(thing, name, node, called)
        if thing.tag is Tag.SELF:
            return self._own_member(thing, name, node, called)
        if called:
            return Thing(Tag.UNKNOWN, name=name)
        effect = transformers.ATTRIBUTES.get(thing.tag, {}).get(name)
        if effect is not None:
            origins = () if effect.drops else thing.origins
            return Thing(effect.gives or thing.tag, origins, effect.name or thing.name, source=thing.source)
        if thing.tag in _KEEPING:
            return Thing(thing.tag, thing.origins, thing.name)
        if thing.tag is Tag.INSTANCE:
            return self.own(thing.name).get(name, UNKNOWN)
        return Thing(Tag.UNKNOWN, thing.origins)

    def _external_member(self, thing: Thing, name: str, node: cst.Attribute, called: bool) -> Thing:
        path = f"{thing.name}.{name}"
        effect = tables.function(tables.canonical(path))
        if (
            effect is not None
            and effect.kind is None
            and not called
            and effect.gives is not None
            and name.islower()
        ):
            # a module-level thing such as settings.engine; classes and functions are looked up when called
            return Thing(effect.gives, name=effect.name)
        return Thing(Tag.EXTERNAL, name=path, text=f"{thing.text}.{name}" if thing.text else None)

    def _own_member(self, thing: Thing, name: str, node: cst.Attribute, called: bool) -> Thing:
        known = self.own(thing.name).get(name)
        if known is not None:
            return known
        method = self.examiner.method(self.scope.surroundings, thing.name, name)
        if method is not None:
            callee = Callee(method, name, thing.name)
            if not called and isinstance(method.node, cst.FunctionDef) and _is_property(method.node):
                return self.follow(callee, [], node)
            return Thing(Tag.FUNCTION, callee=callee)
        self.examiner.construct(self, thing.name, self.scope.surroundings)
        return self.own(thing.name).get(name, UNKNOWN)

    # items

    def _subscript(self, thing: Thing, node: cst.Subscript) -> Thing:
        index = self._index(node)
        if thing.tag is Tag.TUPLE:
            if isinstance(index, int) and -len(thing.items) <= index < len(thing.items):
                return thing.items[index]
            return Thing(Tag.ROW, thing.origins)
        if isinstance(index, int) and thing.tag in (Tag.ROWS, Tag.DOCUMENT, Tag.SOUP, Tag.SERIES):
            return thing.items[0] if thing.items else Thing(Tag.SMALL)
        if thing.tag is Tag.ROWS:
            return Thing(Tag.ROWS, thing.origins)
        if thing.tag is Tag.SERIES:
            return thing
        if thing.tag in _KEEPING:
            return Thing(thing.tag, thing.origins, thing.name)
        return Thing(Tag.UNKNOWN, thing.origins)

    def _index(self, node: cst.Subscript) -> int | str | None:
        """The literal index; evaluates what else stands in the brackets."""
        found: int | str | None = None
        for element in node.slice:
            if isinstance(element.slice, cst.Index):
                value = element.slice.value
                thing = self.evaluate(value)
                if thing.number is not None:
                    found = int(thing.number)
            elif isinstance(element.slice, cst.Slice):
                for part in (element.slice.lower, element.slice.upper, element.slice.step):
                    if part is not None:
                        self.evaluate(part)
        return found

    def item(self, thing: Thing, node: cst.CSTNode) -> Thing:
        """What iterating over a thing gives."""
        tag = thing.tag
        if tag is Tag.SERIES:
            return thing.items[0] if thing.items else Thing(Tag.ROW, thing.origins)
        if tag is Tag.TUPLE:
            found = SMALL
            for each in thing.items:
                found = join(found, each)
            return found
        if tag in (Tag.SMALL, Tag.TEXT):
            return Thing(Tag.UNKNOWN, thing.origins)
        if tag is Tag.GROUPS:
            return Thing(
                Tag.TUPLE, thing.origins, items=(UNKNOWN, Thing(Tag.FRAME, thing.origins, thing.name))
            )
        if tag is Tag.SOUP:
            return Thing(Tag.DOCUMENT, thing.origins)
        if tag in _LINES:
            return Thing(Tag.ROW, thing.origins)
        if tag is Tag.STORE:
            return Thing(Tag.OBJECT)
        if tag in (Tag.DOCUMENT, Tag.SPARK_FRAME, Tag.SHEET, Tag.COLLECTION):
            return Thing(tag, thing.origins, thing.name)
        return Thing(Tag.UNKNOWN, thing.origins)

    # displays and operators

    def _elements(self, elements: Sequence[cst.BaseElement]) -> list[Thing]:
        return [self.evaluate(element.value) for element in elements]

    def _display(self, node: cst.BaseExpression) -> Thing:
        assert isinstance(node, (cst.List, cst.Set))
        things = self._elements(node.elements)
        origins = united(things)
        if not origins:
            starred = any(isinstance(element, cst.StarredElement) for element in node.elements)
            return UNKNOWN if starred and not all(thing.tag is Tag.SMALL for thing in things) else SMALL
        first = things[0]
        for thing in things[1:]:
            first = join(first, thing)
        if any(isinstance(element, cst.StarredElement) for element in node.elements):
            return Thing(Tag.ROWS, origins)
        return Thing(Tag.SERIES, origins, items=(first,))

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
        return Thing(Tag.ROW, origins) if origins else SMALL

    def _binary(self, node: cst.BaseExpression) -> Thing:
        """`a + b + c`: nested to the left, so taken apart by a loop."""
        operands: list[cst.BaseExpression] = []
        operator: cst.BaseBinaryOp | cst.BaseBooleanOp | None = None
        while isinstance(node, (cst.BinaryOperation, cst.BooleanOperation)):
            operands.append(node.right)
            operator = node.operator
            node = node.left
        operands.append(node)
        things = [self.evaluate(operand) for operand in reversed(operands)]
        return _combined(things, operator)

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
        value = node.evaluated_value
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
            if isinstance(part, cst.FormattedStringText):
                things.append(Thing(Tag.TEXT, text=part.value))
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
            self.loops.append(Loop("for", over, node))
            loops += 1
            self.bind(inner.target, self.item(over, node))
            for condition in inner.ifs:
                self.evaluate(condition.test)
            inner = inner.inner_for_in
        if isinstance(node, cst.DictComp):
            element = Thing(Tag.ROW, united([self.evaluate(node.key), self.evaluate(node.value)]))
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
        rebuilt = element.tag in (Tag.ROW, Tag.TUPLE, Tag.INSTANCE, Tag.DOCUMENT) and over.tag in (
            Tag.DOCUMENT, Tag.SOUP, Tag.BYTES, Tag.STREAM,
        )  # fmt: skip
        if over.bulk:
            self.record(
                Kind.WORK, node, "loops over it", "rows", over.origins, slight=not rebuilt or not _whole(over)
            )

    def _starred(self, node: cst.BaseExpression) -> Thing:
        return UNKNOWN

    _expressions: ClassVar[dict[type, Callable[[Expressions, cst.BaseExpression], Thing]]] = {
        cst.Name: _name,
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


def _is_property(node: cst.FunctionDef) -> bool:
    return any(
        isinstance(decorator.decorator, cst.Name)
        and decorator.decorator.value in ("property", "cached_property")
        for decorator in node.decorators
    )
