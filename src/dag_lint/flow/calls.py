"""Reading calls: the tables are asked by name, helpers are followed, the rest hands its arguments on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.flow import arguments, tables
from dag_lint.flow.arguments import Given
from dag_lint.flow.builtin_calls import BuiltinCalls
from dag_lint.flow.facts import Kind
from dag_lint.flow.tables import computers, makers, readers, transformers, writers
from dag_lint.flow.things import SMALL, UNKNOWN, Tag, Thing, united

if TYPE_CHECKING:
    from dag_lint.flow.effects import Effect

_GROWING = frozenset(
    {"append", "extend", "add", "update", "insert", "appendleft", "setdefault", "put", "put_nowait"}
)
_COLLECTIONS = frozenset(
    {Tag.UNKNOWN, Tag.SMALL, Tag.ROWS, Tag.ROW, Tag.RECORD, Tag.SERIES, Tag.TUPLE, Tag.DOCUMENT}
)
_ANYTHING = frozenset({Tag.UNKNOWN, Tag.INSTANCE, Tag.ESTIMATOR, Tag.HOOK, Tag.ROW, Tag.DOCUMENT})
_RUNNING = frozenset({"execute", "exec_driver_sql", "run", "exec"})
_DATABASES = frozenset({Tag.CURSOR, Tag.CONNECTION, Tag.ORM, Tag.SELECTION})
_TEXT_METHODS = frozenset(
    {"format", "strip", "rstrip", "lstrip", "lower", "upper", "replace", "encode", "join", "substitute"}
)
_SAME_AFTER_CALL = frozenset(
    {
        Tag.STORE, Tag.SHEET, Tag.COLLECTION, Tag.SPARK_FRAME, Tag.RELATION, Tag.STREAM, Tag.WAREHOUSE,
        Tag.SELECTION, Tag.MODEL_API, Tag.ARCHIVE, Tag.CONNECTION, Tag.PATH, Tag.ESTIMATOR, Tag.POOL,
        Tag.MEDIA, Tag.BYTES, Tag.ROW, Tag.RECORD, Tag.DOCUMENT, Tag.ROWS, Tag.SERIES, Tag.SOUP, Tag.CONSUMER,
    }
)  # fmt: skip
_MAPPINGS = frozenset({Tag.RECORD, Tag.DOCUMENT, Tag.ROW, Tag.ROWS, Tag.SERIES})
_CARRIED = frozenset({Tag.FRAME, Tag.ROWS, Tag.SERIES, Tag.BYTES, Tag.RELATION, Tag.BUFFER, Tag.DOCUMENT})
_SPARK_READERS = frozenset(
    {"sql", "table", "load", "parquet", "csv", "json", "orc", "jdbc", "createDataFrame", "text", "range"}
)
_RUNS_FUNCTIONS = frozenset({Tag.POOL, Tag.UNKNOWN, Tag.INSTANCE, Tag.MEDIA, Tag.FRAME, Tag.GROUPS})


class Calls(BuiltinCalls):
    """The part of the reader that knows what a call does."""

    def call(self, node: cst.Call, receiver: Thing | None, callee: Thing) -> Thing:
        """What a call gives."""
        given = self._given(node)
        if callee.tag is Tag.FUNCTION and callee.callee is not None:
            named = self._named(node, callee.callee.name)
            return self.follow(callee.callee, given, node) if named is None else named
        if callee.tag is Tag.EXTERNAL:
            return self._external(node, callee, given)
        if callee.tag is Tag.INSTANCE and receiver is None and callee.name.rpartition(".")[2][:1].isupper():
            return self._constructed(node, callee.name, given)
        if receiver is not None and callee.name:
            return self._method(node, receiver, callee.name, given)
        return self._unresolved(node, callee.name, given, receiver)

    def _given(self, node: cst.Call) -> list[Given]:
        given = []
        for argument in node.args:
            keyword = argument.star or (argument.keyword.value if argument.keyword is not None else None)
            given.append(Given(keyword, self.evaluate(argument.value), argument.value))
        return given

    def _named(self, node: cst.Call, *names: str) -> Thing | None:
        """What the settings say of a function: heavy, or to be overlooked."""
        if not self.examiner.light.isdisjoint(names):
            return Thing(Tag.FRAME)  # whatever it is, no bulk
        if not self.examiner.heavy.isdisjoint(names):
            self.record(Kind.COMPUTE, node, f"calls {names[0]}", "named")
            return UNKNOWN
        return None

    # functions from elsewhere

    def _external(self, node: cst.Call, callee: Thing, given: list[Given]) -> Thing:
        path = tables.canonical(callee.name)
        known = self._named(node, path, callee.name, callee.text or path)
        if known is None:
            known = self.special(node, path, given)
        if known is not None:
            return known
        effect = tables.function(path)
        if effect is not None:
            return self.apply(effect, node, path.rpartition(".")[2], UNKNOWN, given)
        module, _, last = path.rpartition(".")
        made = tables.function(module)
        if made is not None and made.kind is None and made.gives is not None:
            return self._method(node, Thing(made.gives, name=made.name), last, given)
        found = self.examiner.dotted(self.scope.surroundings, callee)
        if found is not None:
            return self.follow(found, given, node)
        return self._outside(node, path, last, callee, given)

    def _outside(self, node: cst.Call, path: str, last: str, callee: Thing, given: list[Given]) -> Thing:
        """A function or class that the tables do not know and that cannot be read."""
        if last.endswith("Hook"):
            effect = makers.HOOKS.get(last)
            if effect is not None:
                return Thing(effect.gives or Tag.HOOK, name=effect.name)
            return Thing(Tag.HOOK, name=callee.text or callee.name)
        if path.partition(".")[0] in computers.ESTIMATOR_PACKAGES:
            return self._learning(path, last, given)
        ending = computers.ENDINGS.get(last)
        if ending is not None:
            return self.apply(ending, node, last, UNKNOWN, given)
        if not last[:1].isupper():
            return self._unresolved(node, last, given, None)
        return self._constructed(node, callee.text or callee.name, given)

    def _constructed(self, node: cst.Call, name: str, given: list[Given]) -> Thing:
        """An object of a class that may be the project's."""
        if self.examiner.method(self.scope.surroundings, name, "__init__") is not None:
            self.examiner.construct(self, name, self.scope.surroundings, given, node)
        else:
            self.run_functions(given, UNKNOWN)
        return Thing(Tag.INSTANCE, united(arguments.things(given)), name)

    def _learning(self, path: str, last: str, given: list[Given]) -> Thing:
        """Something of a package for machine learning."""
        if path.startswith(computers.TOY_DATA):
            return SMALL
        if last[:1].isupper() and not path.startswith(computers.NOT_ESTIMATORS):
            return Thing(Tag.ESTIMATOR, name=last, text=path)
        return Thing(Tag.UNKNOWN, united(arguments.things(given)))

    # methods

    def _method(self, node: cst.Call, receiver: Thing, name: str, given: list[Given]) -> Thing:
        root = node.func.value if isinstance(node.func, cst.Attribute) else node.func
        if receiver.tag in (Tag.INSTANCE, Tag.HOOK) and receiver.name:
            found = self.examiner.bound_method(self.scope.surroundings, receiver.name, name)
            if found is not None:
                return self.follow(found, given, node)
        self.watch_rows(node, receiver, name, given)
        if name == "append" and receiver.tag is Tag.FRAME:
            frames = [Given(None, receiver, root), *given]
            return self.concatenated(node, receiver.name or "pandas", frames)
        if name in _GROWING and receiver.tag in _COLLECTIONS:
            self._grown(root, given)
            return UNKNOWN
        effect = self._effect_of(receiver, name, given)
        if effect is None and receiver.tag in _ANYTHING and name in transformers.FRAME_NAMES:
            receiver = self.taken_for_frame(node, receiver, root)
            effect = tables.METHODS[Tag.FRAME].get(name)
        if effect is not None:
            return self.apply(effect, node, name, receiver, given, root)
        return self._plain_method(node, receiver, name, given, root)

    def _grown(self, root: cst.BaseExpression, given: list[Given]) -> None:
        whole = Thing(Tag.ROW, united(arguments.things(given)))
        self.grow(root, given[0].thing if len(given) == 1 else whole)

    def _effect_of(self, receiver: Thing, name: str, given: list[Given]) -> Effect | None:
        if (
            name == "fetchone"
            and self.loops
            and self.loops[-1].kind == "while"
            and self.loops[-1].scope is self.scope
        ):
            return readers.ROW_BY_ROW
        if receiver.tag is Tag.HOOK and any(one.keyword == "endpoint" for one in given):
            return readers.METHODS[Tag.HTTP]["run"]  # a hook of the project over HttpHook
        effect = tables.METHODS.get(receiver.tag, {}).get(name)
        if effect is None and receiver.tag in _ANYTHING:
            effect = tables.ANYWHERE.get(name)
        return effect

    def _plain_method(
        self, node: cst.Call, receiver: Thing, name: str, given: list[Given], root: cst.BaseExpression
    ) -> Thing:
        """A method that no table knows: most give the like of their receiver."""
        tag = receiver.tag
        if tag in _DATABASES and name in _RUNNING:
            return self._executed(node, receiver, given, root)
        if tag is Tag.SERVICE:
            return self._asked(node, receiver, name)
        if tag in _RUNS_FUNCTIONS:
            self.run_functions(given, receiver)
        if tag is Tag.GROUPS:
            return self.apply(tables.METHODS[Tag.GROUPS]["agg"], node, name, receiver, given, root)
        if name == "open" and tag is Tag.OBJECT:
            return self.opened_object(node, given)
        if name == "open" and tag is Tag.PATH:
            return self.opened(node, [Given(None, receiver, root), *given])
        thing = _like_receiver(receiver, name, given)
        return self._unresolved(node, name, given, receiver) if thing is None else thing

    def _asked(self, node: cst.Call, receiver: Thing, name: str) -> Thing:
        """A client library: its answers are like those of the API itself."""
        if not name.startswith(readers.ASKING):
            return receiver
        return self.apply_in(readers.SERVICE_ANSWER, node, receiver.name or "an API")

    def _executed(
        self, node: cst.Call, receiver: Thing, given: list[Given], root: cst.BaseExpression
    ) -> Thing:
        """A cursor remembers the statement that it ran last."""
        if receiver.name == "clickhouse":
            if len(given) > 1 and given[1].thing.bulk:
                return self.apply(writers.CLICKHOUSE_EXECUTE, node, "execute", receiver, given, root)
            return self.apply(readers.CLICKHOUSE_EXECUTE, node, "execute", receiver, given, root)
        cursor = Thing(Tag.CURSOR, text=arguments.first(given).text)
        if receiver.tag is Tag.CURSOR and isinstance(root, cst.Name):
            self.set_known(root.value, cursor)
        return cursor

    # what cannot be read

    def run_functions(self, given: list[Given], data: Thing) -> None:
        """Functions that are handed to a call run, for each item as far as one can tell."""
        item = Thing(Tag.ROW, data.origins)
        for one in given:
            if one.thing.tag is Tag.FUNCTION and one.thing.callee is not None:
                self.follow(one.thing.callee, [Given("*", item, one.node)], one.node)

    def _unresolved(self, node: cst.Call, name: str, given: list[Given], receiver: Thing | None) -> Thing:
        things = arguments.things(given)
        origins = united(things if receiver is None else [receiver, *things])
        self.run_functions(given, Thing(origins=origins))
        if name == "xcom_push":
            self._pushed(node, given)
            return UNKNOWN
        if name == "xcom_pull":
            return Thing(Tag.UNKNOWN, (self.handed(node, "takes data from XCom"),))
        if _writes(name):
            data = united(thing for thing in things if thing.tag in _CARRIED)
            if data:
                self.record(
                    Kind.OUT, node, f"hands it to {name}()", "frame", self.gathered(Thing(origins=data))
                )
                return UNKNOWN
        frames = [thing for thing in things if thing.tag is Tag.FRAME and thing.bulk]
        if frames:
            return Thing(Tag.FRAME, united(frames), frames[0].name)
        return Thing(Tag.UNKNOWN, origins)

    def _pushed(self, node: cst.Call, given: list[Given]) -> None:
        value = arguments.argument(given, ("value", 1))
        if value is not None and value.thing.bulk and value.thing.tag in _CARRIED:
            self.record(Kind.XCOM, node, "pushes it to XCom", "xcom", value.thing.origins)


def _writes(name: str) -> bool:
    """Whether the name of a function that cannot be read says that it writes its data somewhere."""
    return name.startswith(writers.WRITING_WORDS) and name not in writers.NOT_WRITING


def _of_mapping(receiver: Thing, name: str) -> Thing:
    if name == "items":
        pair = Thing(Tag.TUPLE, receiver.origins, items=(UNKNOWN, Thing(Tag.DOCUMENT, receiver.origins)))
        return Thing(Tag.SERIES, receiver.origins, items=(pair,))
    if name == "keys":
        return UNKNOWN if receiver.tag is Tag.DOCUMENT else Thing(Tag.ROWS, receiver.origins)
    return Thing(receiver.tag, receiver.origins, receiver.name, items=receiver.items)


def _like_receiver(receiver: Thing, name: str, given: list[Given]) -> Thing | None:
    """What a method gives that only changes its receiver, None when nobody knows."""
    tag = receiver.tag
    origins = united([receiver, *arguments.things(given)])
    if tag in _MAPPINGS and name in ("items", "values", "keys", "get", "pop", "copy"):
        return _of_mapping(receiver, name)
    if tag is Tag.TEXT:
        keeps = name in _TEXT_METHODS
        return Thing(Tag.TEXT if keeps else Tag.UNKNOWN, origins, text=receiver.text if keeps else None)
    if tag is Tag.FRAME:
        return Thing(Tag.FRAME, origins, receiver.name)
    if tag is Tag.FILE and name in ("read", "readlines"):
        return Thing(Tag.BYTES, receiver.origins)
    if tag is Tag.SPARK:
        return Thing(Tag.SPARK_FRAME if name in _SPARK_READERS else Tag.SPARK)
    if tag in _SAME_AFTER_CALL and not _writes(name):
        return Thing(tag, receiver.origins, receiver.name, receiver.text, items=receiver.items)
    return None
