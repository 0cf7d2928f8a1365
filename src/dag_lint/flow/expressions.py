"""Reading expressions: names, attributes, items, displays, comprehensions."""

from __future__ import annotations

from typing import cast

import libcst as cst

from dag_lint.flow import arguments, queries, tables
from dag_lint.flow.displays import Displays
from dag_lint.flow.facts import Grade
from dag_lint.flow.scope import DEPTH, OutOfFuel
from dag_lint.flow.tables import readers, transformers
from dag_lint.flow.things import SMALL, UNKNOWN, Callee, Tag, Thing, join

_LINKS = frozenset({cst.Call, cst.Attribute, cst.Subscript, cst.Await})
"""Asked by type: what isinstance answers with no costs five times as much, since nodes are ABCs."""

_KEEPING = frozenset(
    {
        Tag.FRAME, Tag.ROWS, Tag.ROW, Tag.RECORD, Tag.DOCUMENT, Tag.SOUP, Tag.STORE, Tag.OBJECT, Tag.COLLECTION,
        Tag.SHEET, Tag.SPARK_FRAME, Tag.GROUPS, Tag.RELATION, Tag.STREAM, Tag.SMALL, Tag.MODEL_API,
        Tag.PATH, Tag.ESTIMATOR, Tag.CONNECTION, Tag.SPARK, Tag.BYTES, Tag.TEXT, Tag.SERVICE,
    }
)  # fmt: skip
"""The things whose attributes and items are, for the flow of data, the same again."""

_CONSTANTS = frozenset({"None", "True", "False"})
_LINES = frozenset({Tag.ROWS, Tag.BYTES, Tag.STREAM, Tag.FILE, Tag.BUFFER, Tag.FRAME})


class Expressions(Displays):
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
            kind = type(node)
            if kind in _LINKS:
                return self._chain(node)
            if type(node) is cst.Name:
                return SMALL if node.value in _CONSTANTS else self.look_up(node.value)
            handler = self._expressions.get(kind)
            return handler(self, node) if handler else UNKNOWN
        finally:
            self.depth -= 1

    def _chain(self, node: cst.BaseExpression) -> Thing:
        """`a.b(c)[d].e()` from its beginning: chains are long, and nested to the left."""
        links: list[cst.BaseExpression] = []
        while type(node) in _LINKS:
            links.append(node)
            if type(node) is cst.Call:
                node = node.func
            elif type(node) is cst.Await:
                node = node.expression
            else:
                node = cast("cst.Attribute | cst.Subscript", node).value
        thing = self.evaluate(node)
        receiver: Thing | None = None
        for index in range(len(links) - 1, -1, -1):
            link = links[index]
            if type(link) is cst.Attribute:
                called = index > 0 and type(links[index - 1]) is cst.Call
                receiver = thing
                thing = self._member(thing, link, called)
            elif type(link) is cst.Call:
                thing = self.call(link, receiver, thing)
                receiver = None
            elif type(link) is cst.Subscript:
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

    def _fetched(self, thing: Thing, node: cst.CSTNode) -> Thing:
        """Iterating over a cursor, a job or a queue fetches it."""
        size = queries.size(thing.text) if thing.tag in (Tag.CURSOR, Tag.JOB) else "bulk"
        if size == "small":
            return Thing(Tag.ROW)
        grade = Grade.FETCHED if size == "grouped" else None
        what = arguments.query(thing.text) if thing.tag in (Tag.CURSOR, Tag.JOB) else "data"
        return Thing(Tag.ROW, self.apply_in(readers.ITERATED[thing.tag], node, what, grade).origins)

    def item(self, thing: Thing, node: cst.CSTNode) -> Thing:
        """What iterating over a thing gives."""
        tag = thing.tag
        if tag in readers.ITERATED:
            return self._fetched(thing, node)
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
        if tag in _LINES or tag in (Tag.DOCUMENT, Tag.SOUP, Tag.ROW, Tag.RECORD):
            return Thing(Tag.ROW, thing.origins)
        if tag is Tag.STORE:
            return Thing(Tag.OBJECT)
        if tag in (Tag.SPARK_FRAME, Tag.SHEET, Tag.COLLECTION):
            return Thing(tag, thing.origins, thing.name)
        return Thing(Tag.UNKNOWN, thing.origins)


def _is_property(node: cst.FunctionDef) -> bool:
    return any(
        isinstance(decorator.decorator, cst.Name)
        and decorator.decorator.value in ("property", "cached_property")
        for decorator in node.decorators
    )
