"""Following functions of the project: parameters take what is passed, what comes back is known again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.flow.facts import Kind
from dag_lint.flow.scope import HELPERS, Core, Scope
from dag_lint.flow.tables import transformers
from dag_lint.flow.things import SMALL, UNKNOWN, Callee, Tag, Thing, join, united
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from dag_lint.flow.arguments import Given
    from dag_lint.flow.facts import Evidence

# What Airflow hands to a callable by name; none of it is data.
_CONTEXT = frozenset(
    {
        "self", "cls", "context", "kwargs", "ti", "task_instance", "dag_run", "dag", "task", "ds", "ds_nodash", "ts",
        "ts_nodash", "logical_date", "execution_date", "data_interval_start", "data_interval_end", "params", "var",
        "conf", "run_id", "conn", "macros", "test_mode", "session", "logger",
    }
)  # fmt: skip


class Helpers(Core):
    """The part of the reader that enters helpers."""

    def follow(self, callee: Callee, given: list[Given], node: cst.CSTNode) -> Thing:
        """What a call of a function of the project gives."""
        function = callee.found.node
        if id(function) in self.active or len(self.active) > HELPERS:
            return Thing(Tag.UNKNOWN, united(one.thing for one in given))
        caller = self.scope
        elsewhere = callee.found.elsewhere or caller.elsewhere
        if callee.found.elsewhere and caller.elsewhere and callee.found.elsewhere != caller.elsewhere:
            return self._unread(given)  # one module further, and no more
        place = caller.place
        if place is None and elsewhere is not None:
            place = node
        scope = Scope(
            callee.found.surroundings,
            callee.owner,
            callee.closure if isinstance(callee.closure, Scope) else None,
            caller.helper if isinstance(function, cst.Lambda) else callee.name.rpartition(".")[2],
            elsewhere,
            place,
        )
        self._take(scope, callee, given)
        key = self._key(callee, scope)
        if key is not None:
            remembered = self.examiner.summaries.get(key)
            if remembered is not None:
                return self._again(remembered, place)
        start = len(self.evidence)
        result = self._read(scope, function)
        if key is not None and not self.muted:
            self.examiner.summaries[key] = (tuple(self.evidence[start:]), result)
        return result

    def _unread(self, given: list[Given]) -> Thing:
        frames = [one.thing for one in given if one.thing.tag is Tag.FRAME]
        tag = Tag.FRAME if frames else Tag.UNKNOWN
        return Thing(tag, united(one.thing for one in given))

    def _read(self, scope: Scope, function: cst.FunctionDef | cst.Lambda) -> Thing:
        caller, self.scope = self.scope, scope
        self.active.append(id(function))
        try:
            if isinstance(function, cst.Lambda):
                return self.evaluate(function.body)
            self.run(function.body)
        finally:
            self.active.pop()
            self.scope = caller
        return _returned(scope.returns)

    def _key(self, callee: Callee, scope: Scope) -> object | None:
        """What a helper's result depends on; None for closures, whose names may have changed."""
        if callee.closure is not None or scope.owner is not None:
            return None
        loops = tuple((loop.kind, loop.over.origins, loop.small) for loop in self.loops)
        return (id(callee.found.node), tuple(sorted(scope.names.items(), key=_by_name)), loops)

    def _again(self, remembered: tuple[tuple[Evidence, ...], Thing], place: cst.CSTNode | None) -> Thing:
        """The facts of a helper that was read before, at this call."""
        evidence, result = remembered
        fresh: dict[int, Evidence] = {}
        for fact in evidence:
            origins = tuple(fresh.get(id(origin), origin) for origin in fact.origins)
            copy = replace(fact, node=place or fact.node, origins=origins)
            fresh[id(fact)] = copy
            self.made_in[id(copy)] = tuple(self.loops)
            if not self.muted:
                self.evidence.append(copy)
        return _renewed(result, fresh)

    # parameters

    def _take(self, scope: Scope, callee: Callee, given: list[Given]) -> None:
        parameters = callee.found.node.params
        names = [*parameters.posonly_params, *parameters.params]
        if names and _is_bound(callee):
            scope.names[names[0].name.value] = Thing(Tag.SELF, name=callee.owner or "")
            names = names[1:]
        positional = [one.thing for one in given if one.keyword is None]
        spread = [one.thing for one in given if one.keyword in ("*", "**")]
        keywords = {one.keyword: one.thing for one in given if one.keyword and "*" not in one.keyword}
        rest = join_all(spread) if spread else None
        for index, parameter in enumerate([*names, *parameters.kwonly_params]):
            name = parameter.name.value
            if index < len(positional) and index < len(names):
                thing = positional[index]
            elif name in keywords:
                thing = keywords.pop(name)
            elif parameter.default is not None:
                thing = self.default(parameter.default)
            else:
                thing = rest or UNKNOWN
            if thing.tag is Tag.UNKNOWN:
                thing = self.annotated(parameter, thing)
            scope.names[name] = thing
        self._take_rest(scope, parameters, positional[len(names) :], keywords)

    def _take_rest(
        self, scope: Scope, parameters: cst.Parameters, more: list[Thing], keywords: dict[str, Thing]
    ) -> None:
        if isinstance(parameters.star_arg, cst.Param):
            scope.names[parameters.star_arg.name.value] = Thing(Tag.TUPLE, united(more), items=tuple(more))
        if parameters.star_kwarg is not None:
            scope.names[parameters.star_kwarg.name.value] = Thing(Tag.UNKNOWN, united(keywords.values()))

    def default(self, node: cst.BaseExpression) -> Thing:
        """What a default stands for: literals only."""
        if isinstance(node, (cst.SimpleString, cst.Integer, cst.Float, cst.List, cst.Dict, cst.Tuple)):
            return self.evaluate(node)
        return UNKNOWN

    def annotated(self, parameter: cst.Param, thing: Thing) -> Thing:
        """A parameter that is declared as a frame."""
        annotation = parameter.annotation.annotation if parameter.annotation is not None else None
        dotted = dotted_name(annotation) if annotation is not None else None
        if dotted is None:
            return thing
        first, _, rest = dotted.partition(".")
        module = self.examiner.outer_name(self, self.scope.surroundings, first)
        path = f"{module.name}.{rest}" if rest else module.name
        library = transformers.FRAME_ANNOTATIONS.get(path)
        if library is None:
            return thing
        return Thing(Tag.FRAME, thing.origins, library)

    def arguments(self, scope: Scope, node: cst.FunctionDef | cst.Lambda) -> None:
        """The parameters of the callable itself: what Airflow, or another task, hands to it."""
        parameters = node.params
        for parameter in [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]:
            name = parameter.name.value
            thing = self.default(parameter.default) if parameter.default is not None else UNKNOWN
            if thing.tag is Tag.UNKNOWN and scope.owner is None and name not in _CONTEXT:
                thing = self._handed_over(parameter)
            scope.names.setdefault(name, thing)
        if parameters.star_kwarg is not None:
            scope.names[parameters.star_kwarg.name.value] = UNKNOWN

    def _handed_over(self, parameter: cst.Param) -> Thing:
        """An argument that another task may have made: a frame if it says so, else who knows."""
        name = parameter.name.value
        frame = self.annotated(parameter, UNKNOWN)
        if frame.tag is Tag.FRAME:
            origin = self.record(Kind.IN, parameter.name, f'takes the frame "{name}"', "frame")
            return Thing(Tag.FRAME, (origin,), frame.name)
        return Thing(Tag.UNKNOWN, (self.handed(parameter.name, f'takes "{name}"'),))


def join_all(things: list[Thing]) -> Thing:
    """What is known of several things together."""
    found = things[0]
    for thing in things[1:]:
        found = join(found, thing)
    return found


def _returned(things: list[Thing]) -> Thing:
    return join_all(things) if things else SMALL


def _renewed(thing: Thing, fresh: dict[int, Evidence]) -> Thing:
    if not thing.origins and not thing.items:
        return thing
    origins = tuple(fresh.get(id(origin), origin) for origin in thing.origins)
    return replace(thing, origins=origins, items=tuple(_renewed(item, fresh) for item in thing.items))


def _by_name(pair: tuple[str, Thing]) -> str:
    return pair[0]


def _is_bound(callee: Callee) -> bool:
    """Whether a function is called as a method, so that its first parameter is self."""
    node = callee.found.node
    if callee.owner is None or callee.closure is not None or isinstance(node, cst.Lambda):
        return False
    return not any(
        isinstance(decorator.decorator, cst.Name) and decorator.decorator.value == "staticmethod"
        for decorator in node.decorators
    )
