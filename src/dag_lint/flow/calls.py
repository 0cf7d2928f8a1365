"""Reading calls: the tables are asked by name, helpers are followed, the rest hands its arguments on."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.flow import queries, tables
from dag_lint.flow.effects import Effect
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.scope import Core, Given, root_of
from dag_lint.flow.tables import computers, makers, readers, transformers, waits, writers
from dag_lint.flow.things import GAP, SMALL, UNKNOWN, Tag, Thing, join, strongest, united
from dag_lint.syntax import dotted_name

if TYPE_CHECKING:
    from dag_lint.flow.facts import Evidence

_GROWING = frozenset(
    {"append", "extend", "add", "update", "insert", "appendleft", "setdefault", "put", "put_nowait"}
)
_SERVICES = frozenset({Tag.HTTP, Tag.MODEL_API})
_NAME_LENGTH = 40


class Calls(Core):
    """The part of the reader that knows what a call does."""

    def call(self, node: cst.Call, receiver: Thing | None, callee: Thing) -> Thing:
        """What a call gives."""
        given = self._given(node)
        if callee.tag is Tag.FUNCTION and callee.callee is not None:
            if self._is_named(callee.callee.name, self.examiner.light):
                return UNKNOWN
            if self._is_named(callee.callee.name, self.examiner.heavy):
                return self._heavy(node, callee.callee.name)
            return self.follow(callee.callee, given, node)
        if callee.tag is Tag.EXTERNAL:
            return self._external(node, callee, given)
        if receiver is not None and callee.name:
            return self._method(node, receiver, callee.name, given)
        if callee.tag is Tag.ESTIMATOR and callee.name:
            return Thing(Tag.UNKNOWN, united(one.thing for one in given))
        return self._unresolved(node, callee.name, given, receiver)

    def _given(self, node: cst.Call) -> list[Given]:
        given = []
        for argument in node.args:
            thing = self.evaluate(argument.value)
            keyword = argument.keyword.value if argument.keyword is not None else None
            if argument.star == "**":
                keyword = "**"
            elif argument.star:
                keyword = "*"
            given.append(Given(keyword, thing, argument.value))
        return given

    def _is_named(self, name: str, names: frozenset[str]) -> bool:
        return name in names

    def _heavy(self, node: cst.Call, name: str) -> Thing:
        self.record(Kind.COMPUTE, node, f"calls {name}", "named")
        return UNKNOWN

    # functions from elsewhere

    def _external(self, node: cst.Call, callee: Thing, given: list[Given]) -> Thing:
        path = tables.canonical(callee.name)
        if {path, callee.name} & self.examiner.light:
            return UNKNOWN
        if {path, callee.name} & self.examiner.heavy:
            return self._heavy(node, path)
        special = self._special(node, path, given)
        if special is not None:
            return special
        effect = tables.function(path)
        if effect is not None:
            return self._apply(effect, node, path.rpartition(".")[2], UNKNOWN, given)
        prefix, _, last = path.rpartition(".")
        made = tables.function(prefix) if prefix else None
        if made is not None and made.kind is None and made.gives is not None:
            return self._method(node, Thing(made.gives, name=made.name), last, given)
        found = self.examiner.dotted(self.scope.surroundings, callee)
        if found is not None:
            return self.follow(found, given, node)
        return self._outside(node, path, callee, given)

    def _special(self, node: cst.Call, path: str, given: list[Given]) -> Thing | None:
        """Functions that no table can describe, None for all others."""
        if path == "open":
            return self._open(node, given)
        if path in makers.PASSING:
            return self._passing(path, given, node)
        if path in makers.DROPPING:
            return self._dropping(path, given)
        if path in waits.FUNCTIONS:
            return self._sleep(node, given)
        if path in transformers.FRAME_MAKERS:
            return self._frame(node, transformers.FRAME_MAKERS[path], given)
        if path in transformers.CONCATENATORS:
            return self._concatenated_frames(node, path.partition(".")[0], given)
        if path in transformers.COLUMN_FUNCTIONS:
            return Thing(Tag.FRAME, united(one.thing for one in given))
        if path in computers.RUNNERS:
            return self._command(node, given)
        if any(path.startswith(builder) for builder in computers.SPARK_BUILDERS):
            return self._spark(node, path)
        if path in ("functools.partial", "partial") and given:
            return given[0].thing
        return None

    def _outside(self, node: cst.Call, path: str, callee: Thing, given: list[Given]) -> Thing:
        """A function or class that the tables do not know and that cannot be read."""
        last = path.rpartition(".")[2]
        if last.endswith("Hook"):
            effect = makers.HOOKS.get(last)
            return Thing(effect.gives or Tag.HOOK, name=effect.name) if effect else Thing(Tag.HOOK)
        if path.partition(".")[0] in computers.ESTIMATOR_PACKAGES:
            toy = path.startswith("sklearn.datasets.load_") or path.startswith("sklearn.datasets.make_")
            if toy:
                return SMALL
            if last[:1].isupper() and not path.startswith(computers.NOT_ESTIMATORS):
                return Thing(Tag.ESTIMATOR, name=last, text=path)
            return Thing(Tag.UNKNOWN, united(one.thing for one in given))
        if last[:1].isupper():
            name = callee.text or callee.name
            thing = Thing(Tag.INSTANCE, united(one.thing for one in given), name)
            if self.examiner.method(self.scope.surroundings, name, "__init__") is not None:
                self.examiner.construct(self, name, self.scope.surroundings, given, node)
            return thing
        return self._unresolved(node, last, given, None)

    # methods

    def _method(self, node: cst.Call, receiver: Thing, name: str, given: list[Given]) -> Thing:
        func = node.func
        root = func.value if isinstance(func, cst.Attribute) else func
        if receiver.tag is Tag.INSTANCE:
            found = self.examiner.bound_method(self.scope.surroundings, receiver.name, name)
            if found is not None:
                return self.follow(found, given, node)
        statement = self._statement_per_row(node, receiver, name, given)
        if statement is not None:
            return statement
        if name in _GROWING and receiver.tag not in (Tag.HTTP, Tag.COLLECTION, Tag.SHEET, Tag.CONNECTION):
            if receiver.tag is Tag.FRAME and name == "append":
                return self._concatenated_frames(
                    node, receiver.name or "pandas", [Given(None, receiver, root), *given]
                )
            self.grow(
                root, Thing(Tag.ROW, united(one.thing for one in given)) if len(given) > 1 else _first(given)
            )
            if name != "put" or not receiver.bulk:
                return UNKNOWN
        effect = tables.METHODS.get(receiver.tag, {}).get(name)
        if effect is None and receiver.tag in (
            Tag.UNKNOWN,
            Tag.INSTANCE,
            Tag.ESTIMATOR,
            Tag.HOOK,
            Tag.ROW,
            Tag.DOCUMENT,
        ):
            effect = self._anywhere(receiver, name)
            if name in transformers.FRAME_NAMES and effect is None:
                receiver = self._taken_for_frame(node, receiver, root)
                effect = tables.METHODS[Tag.FRAME].get(name)
        if effect is not None:
            return self._apply(effect, node, name, receiver, given, root)
        return self._plain_method(node, receiver, name, given, root)

    def _anywhere(self, receiver: Thing, name: str) -> Effect | None:
        return tables.ANYWHERE.get(name)

    def _taken_for_frame(self, node: cst.Call, receiver: Thing, root: cst.BaseExpression) -> Thing:
        """An unknown thing with a method that only frames have: a frame that somebody else made."""
        origins = receiver.origins
        if not origins:
            source = _spelled(root)
            origins = (self.record(Kind.IN, node, f"takes the frame {source}", "frame", grade=Grade.HANDED),)
        frame = Thing(Tag.FRAME, origins, "pandas")
        if isinstance(root, cst.Name):
            self.scope.names[root.value] = frame
        return frame

    def _plain_method(
        self, node: cst.Call, receiver: Thing, name: str, given: list[Given], root: cst.BaseExpression
    ) -> Thing:
        tag = receiver.tag
        origins = united([receiver, *(one.thing for one in given)])
        if tag in (Tag.CURSOR, Tag.CONNECTION, Tag.ORM, Tag.SELECTION) and name in (
            "execute",
            "exec_driver_sql",
            "run",
            "exec",
        ):
            return self._executed(receiver, given, root)
        if tag is Tag.TEXT:
            return (
                Thing(Tag.TEXT, origins, text=receiver.text)
                if name in _TEXT_METHODS
                else Thing(Tag.UNKNOWN, origins)
            )
        if tag is Tag.FRAME:
            self._run_functions(given, receiver)
            return Thing(Tag.FRAME, origins, receiver.name)
        if tag is Tag.GROUPS:
            self._run_functions(given, receiver)
            return self._apply(tables.METHODS[Tag.GROUPS]["agg"], node, name, receiver, given, root)
        if tag in (Tag.POOL, Tag.UNKNOWN, Tag.INSTANCE, Tag.MEDIA):
            self._run_functions(given, receiver)
        if tag in (Tag.DOCUMENT, Tag.ROW, Tag.ROWS, Tag.SERIES) and name in (
            "items",
            "values",
            "keys",
            "get",
            "pop",
            "copy",
        ):
            return self._mapping_method(receiver, name, given)
        if tag is Tag.FILE and name in ("read", "readlines", "__iter__"):
            return Thing(Tag.BYTES, receiver.origins)
        if tag is Tag.SPARK:
            return self._spark_method(name)
        if tag in _SAME_AFTER_CALL:
            return Thing(tag, receiver.origins, receiver.name, receiver.text)
        if tag in (Tag.BYTES, Tag.ROW, Tag.DOCUMENT, Tag.ROWS, Tag.SERIES, Tag.SOUP):
            return Thing(Tag.BYTES if tag is Tag.BYTES else tag, receiver.origins, items=receiver.items)
        if tag is Tag.PATH and name == "open":
            return self._open(node, [Given(None, receiver, root), *given])
        if tag is Tag.OBJECT and name == "open":
            return self._open_object(node, receiver, given)
        return self._unresolved(node, name, given, receiver)

    def _mapping_method(self, receiver: Thing, name: str, given: list[Given]) -> Thing:
        if name == "items":
            pair = Thing(Tag.TUPLE, receiver.origins, items=(UNKNOWN, Thing(Tag.DOCUMENT, receiver.origins)))
            return Thing(Tag.SERIES, receiver.origins, items=(pair,))
        if name == "keys":
            return UNKNOWN if receiver.tag is Tag.DOCUMENT else Thing(Tag.ROWS, receiver.origins)
        return Thing(receiver.tag, receiver.origins, receiver.name, items=receiver.items)

    def _executed(self, receiver: Thing, given: list[Given], root: cst.BaseExpression) -> Thing:
        """A cursor remembers the statement that it ran last."""
        text = given[0].thing.text if given else None
        if receiver.tag is Tag.CONNECTION and receiver.name == "clickhouse":
            if len(given) > 1 and given[1].thing.bulk:
                effect = writers.METHODS[Tag.CURSOR]["executemany"]
                return self._apply(
                    effect._replace(words="writes it with execute"),
                    _call_of(root),
                    "execute",
                    receiver,
                    given,
                    root,
                )
            effect = readers.METHODS[Tag.CURSOR]["fetchall"]
            return self._apply(
                effect._replace(what=(0, "query")), _call_of(root), "execute", receiver, given, root
            )
        cursor = Thing(Tag.CURSOR, text=text)
        if receiver.tag is Tag.CURSOR and isinstance(root, cst.Name):
            self.set_known(root.value, cursor)
        return cursor

    def _spark_method(self, name: str) -> Thing:
        if name in (
            "sql",
            "table",
            "load",
            "parquet",
            "csv",
            "json",
            "orc",
            "jdbc",
            "createDataFrame",
            "text",
            "range",
        ):
            return Thing(Tag.SPARK_FRAME)
        return Thing(Tag.SPARK)

    def _open_object(self, node: cst.Call, receiver: Thing, given: list[Given]) -> Thing:
        mode = _mode(given, 0)
        if mode and mode[0] in "wax":
            return Thing(Tag.FILE, name=mode)
        return self.apply_in(Effect(Tag.STREAM, Kind.IN, "reads {what} whole", "object"), node, "an object")

    # effects

    def _apply(
        self,
        effect: Effect,
        node: cst.Call,
        name: str,
        receiver: Thing,
        given: list[Given],
        root: cst.BaseExpression | None = None,
    ) -> Thing:
        """Do what a table says of a function or method."""
        if effect.kind is Kind.IN:
            return self._came_in(effect, node, name, receiver, given)
        if effect.kind is Kind.OUT:
            return self._went_out(effect, node, name, receiver, given, root)
        origins = united([receiver, *(one.thing for one in given)])
        gives = effect.gives or receiver.tag
        self._run_functions(given, receiver)
        if effect.kind is Kind.WORK:
            if origins:
                self.record(Kind.WORK, node, effect.words, effect.topic, origins, slight=effect.slight)
            elif given and all(one.thing.tag is Tag.SMALL for one in given) and receiver.tag is Tag.UNKNOWN:
                return SMALL
            return Thing(gives, origins, receiver.name or effect.name)
        if effect.kind is Kind.COMPUTE:
            return self._computed(effect, node, name, receiver, given)
        if effect.drops:
            return Thing(gives)
        return self._made(effect, gives, receiver, given, origins)

    def _made(
        self, effect: Effect, gives: Tag, receiver: Thing, given: list[Given], origins: tuple[Evidence, ...]
    ) -> Thing:
        """No evidence: a thing whose methods mean something, with the data that flowed into it."""
        if gives is Tag.CURSOR and receiver.tag is Tag.CURSOR:
            return receiver
        if gives is Tag.JOB:
            return Thing(Tag.JOB, text=given[0].thing.text if given else receiver.text)
        if gives is Tag.SERIES or (gives is Tag.ROWS and receiver.tag is Tag.FRAME):
            return Thing(Tag.ROWS, origins, "frame")
        source = given[0].node if given and gives in (Tag.WRITER, Tag.BUFFER) else None
        if gives in (
            Tag.HTTP,
            Tag.CONNECTION,
            Tag.STORE,
            Tag.ORM,
            Tag.COLLECTION,
            Tag.SHEET,
            Tag.HOOK,
            Tag.CURSOR,
        ):
            origins = ()
        text = given[0].thing.text if given and gives is Tag.PATH else None
        return Thing(gives, origins, effect.name or receiver.name, text, source=source)

    def _came_in(
        self, effect: Effect, node: cst.Call, name: str, receiver: Thing, given: list[Given]
    ) -> Thing:
        what = _argument(given, effect.what)
        gives = effect.gives or Tag.UNKNOWN
        handed = what.thing if what is not None else UNKNOWN
        if receiver.bulk and gives is not Tag.RESPONSE:
            return Thing(gives, receiver.origins, effect.name)
        if handed.bulk and handed.tag in (
            Tag.BYTES,
            Tag.BUFFER,
            Tag.STREAM,
            Tag.FILE,
            Tag.RESPONSE,
            Tag.PATH,
            Tag.DOCUMENT,
        ):
            # a reader that is given what has already been fetched: a frame of it
            return Thing(gives, self._as_frame(node, handed.origins, effect), effect.name)
        if effect.query:
            text = handed.text if what is not None and handed.text else receiver.text
            measure = queries.size(text)
            if measure == "small":
                return Thing(gives, name=effect.name)
            words = _query_words(text, what)
            grade = Grade.FETCHED if measure == "grouped" else None
            return self._query(effect, node, words, grade)
        if gives is Tag.RESPONSE:
            return self._request(effect, node, name, given, what)
        if gives in (Tag.PATH, Tag.BYTES) and effect.words.startswith("downloads"):
            return self._download(effect, node, receiver, given, what)
        known = self.paths.get(self._path_key(what)) if what is not None else None
        if known is not None and known.bulk:
            return Thing(gives, self._as_frame(node, known.origins, effect), effect.name)
        return self.apply_in(effect, node, _source_words(what))

    def _query(self, effect: Effect, node: cst.Call, words: str, grade: Grade | None) -> Thing:
        thing = self.apply_in(effect, node, words, grade)
        if thing.tag is Tag.RELATION:
            return thing
        return thing

    def _as_frame(
        self, node: cst.Call, origins: tuple[Evidence, ...], effect: Effect
    ) -> tuple[Evidence, ...]:
        """A frame of what was fetched is bulk; of what was handed over, nobody knows."""
        if effect.gives is not Tag.FRAME or strongest(origins) is not Grade.FETCHED:
            return origins
        library = effect.name or "pandas"
        return (self.record(Kind.IN, node, f"{_origin_words(origins)} into {library}", "frame"),)

    def _went_out(
        self,
        effect: Effect,
        node: cst.Call,
        name: str,
        receiver: Thing,
        given: list[Given],
        root: cst.BaseExpression | None,
    ) -> Thing:
        if receiver.tag is Tag.FRAME and name in writers.FILE_WRITERS:
            target = _argument(given, (0, *readers.TARGETS))
            if target is None or target.thing.tag is Tag.BUFFER:
                if target is not None:
                    self.grow(target.node, Thing(Tag.BYTES, receiver.origins))
                return Thing(Tag.BYTES, receiver.origins)
            self._written(target, receiver)
        chosen = [one.thing for one in _chosen(given, effect.data)]
        things = chosen if effect.data else [receiver, *chosen]
        things += [
            self.paths[key] for one in given if (key := self._path_key(one)) in self.paths and not effect.data
        ]
        origins = self._carried(united(things))
        if receiver.tag in (Tag.FILE, Tag.WRITER) and root is not None:
            self._file_written(receiver, root, Thing(Tag.BYTES, origins))
            if receiver.tag is Tag.WRITER and name == "writerow" and not self.loops:
                return UNKNOWN
        if origins:
            words = effect.words.replace("{name}", name)
            whole = any(thing.tag in (Tag.BYTES, Tag.STREAM, Tag.RESPONSE) and thing.bulk for thing in things)
            self.record(Kind.OUT, node, words, "object" if whole else effect.topic, origins)
        return UNKNOWN

    def _carried(self, origins: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """What is written in the loop that asks for it, page by page, is bulk like what is gathered."""
        if not self.loops:
            return origins
        return self.gathered(Thing(origins=origins))

    def _file_written(self, receiver: Thing, root: cst.BaseExpression, thing: Thing) -> None:
        self.grow(root, thing)
        if receiver.source is not None and thing.bulk:
            self._written(Given(None, UNKNOWN, receiver.source), thing)

    def _written(self, target: Given, thing: Thing) -> None:
        """Remember what a path holds."""
        key = self._path_key(target)
        if key:
            self.paths[key] = Thing(Tag.PATH, thing.origins)
        if target.thing.tag is Tag.FILE:
            self.grow(target.node, Thing(Tag.BYTES, thing.origins))

    def _path_key(self, given: Given) -> str:
        """How a path is known: by its text, else by the name that holds it."""
        text = given.thing.text
        if text and text.strip(GAP):
            return text
        spelled = dotted_name(given.node)
        return f"{id(self.scope)}:{spelled}" if spelled else ""

    def _computed(
        self, effect: Effect, node: cst.Call, name: str, receiver: Thing, given: list[Given]
    ) -> Thing:
        origins = united([receiver, *(one.thing for one in given)])
        data = [one.thing for one in given if one.keyword not in ("epochs", "batch_size", "verbose")]
        literal = bool(data) and all(thing.tag is Tag.SMALL for thing in data)
        trains = effect.topic in ("training", "inference") and receiver.tag is Tag.ESTIMATOR
        if trains and (literal or (receiver.text or "").startswith("literal")):
            return Thing(effect.gives or Tag.UNKNOWN)
        if trains and (receiver.text or "").startswith(_PREPARERS):
            if origins:
                self.record(Kind.WORK, node, f"fits {receiver.name} to it", "frame", origins)
            return Thing(effect.gives or Tag.FRAME, origins)
        words = effect.words.replace("{receiver}", receiver.name or "a model").replace(
            "{name}", _library(node, name)
        )
        self.record(Kind.COMPUTE, node, words, effect.topic, origins)
        return Thing(effect.gives or Tag.UNKNOWN, origins, receiver.name)

    # rows

    def _statement_per_row(
        self, node: cst.Call, receiver: Thing, name: str, given: list[Given]
    ) -> Thing | None:
        """A statement or request whose arguments come from the row of a loop: ROWS; None if it is none."""
        service = receiver.tag in _SERVICES and name in (
            "get",
            "post",
            "put",
            "patch",
            "delete",
            "request",
            "run",
        )
        model = receiver.tag is Tag.MODEL_API and name in (
            "create",
            "invoke",
            "generate_content",
            "embed_query",
            "predict",
        )
        if not (service or model or name in computers.STATEMENTS.get(receiver.tag, ())):
            return None
        origins = self._row_origins(given)
        if not origins:
            return None
        if service or model:
            self._rows(node, origins, "asks a language model" if model else "sends a request", "http")
            return None
        verb = queries.first_word(given[0].thing.text) if given else ""
        if verb in computers.SERVER_WORK:
            return None
        parameters = united(one.thing for one in given[1:])
        document = receiver.tag in (Tag.COLLECTION, Tag.SHEET)
        if not verb and not parameters and not document:
            return None
        self._rows(node, origins, _ROW_WORDS.get(verb, "runs a statement" if verb else "writes"), "sql")
        return None

    def _row_origins(self, given: list[Given]) -> tuple[Evidence, ...]:
        """The data of the loop around that flows into the arguments."""
        flowing = united(one.thing for one in given)
        for loop in reversed(self.loops):
            shared = tuple(origin for origin in loop.over.origins if origin in flowing)
            if shared:
                return shared
            if loop.kind == "while":
                fetched = tuple(
                    origin
                    for origin in flowing
                    if origin.grade is Grade.BULK
                    and origin.topic == "row"
                    and loop in self.made_in.get(id(origin), ())
                )
                if fetched:
                    return fetched
        return ()

    def _rows(self, node: cst.Call, origins: tuple[Evidence, ...], words: str, topic: str) -> None:
        self.record(Kind.ROWS, node, f"{words} for each row", topic, origins)

    # HTTP

    def _request(
        self, effect: Effect, node: cst.Call, name: str, given: list[Given], what: Given | None
    ) -> Thing:
        origins = self._row_origins(given)
        if origins:
            self._rows(node, origins, "sends a request", "http")
        body = [one.thing for one in given if one.keyword in writers.BODIES]
        if name in ("post", "put", "patch", "request"):
            sent = united(body)
            if sent and not origins and strongest(sent) is Grade.BULK:
                self.record(Kind.OUT, node, f"sends it with {name}", "http", sent)
        return self.apply_in(effect, node, _source_words(what))

    def _download(
        self, effect: Effect, node: cst.Call, receiver: Thing, given: list[Given], what: Given | None
    ) -> Thing:
        """A file comes to the local disk: whoever opens it by the same name reads bulk."""
        target = _argument(given, _TARGETS)
        thing = self.apply_in(effect, node, _source_words(what))
        for one in given:
            if one is not what and one.thing.tag in (Tag.UNKNOWN, Tag.TEXT, Tag.PATH, Tag.FILE, Tag.BUFFER):
                self._written(one, thing)
                if one.thing.tag is Tag.BUFFER:
                    self.grow(one.node, Thing(Tag.BYTES, thing.origins))
        if effect.gives is Tag.BYTES and target is not None:
            return Thing(Tag.PATH, thing.origins)
        return thing

    # files

    def _open(self, node: cst.Call, given: list[Given]) -> Thing:
        if not given:
            return UNKNOWN
        path = given[0]
        mode = _mode(given, 1)
        if mode and mode[0] in "wax":
            return Thing(Tag.FILE, name=mode, source=path.node)
        known = self.paths.get(self._path_key(path))
        if known is not None and known.bulk:
            return Thing(Tag.FILE, known.origins, "r", source=path.node)
        if path.thing.bulk and strongest(path.thing.origins) is not Grade.HANDED:
            return Thing(Tag.FILE, path.thing.origins, "r", source=path.node)
        text = (path.thing.text or "").lower()
        if text.endswith(readers.DATA_ENDINGS):
            return self._data_file(node, path, Grade.BULK)
        if text.endswith(readers.DOCUMENT_ENDINGS):
            return self._data_file(node, path, Grade.FETCHED)
        return Thing(Tag.FILE, name="r", source=path.node)

    def _data_file(self, node: cst.Call, path: Given, grade: Grade) -> Thing:
        evidence = self.record(Kind.IN, node, f"reads {_source_words(path)}", "file", grade=grade)
        return Thing(Tag.FILE, (evidence,), "r", source=path.node)

    # builtins

    def _passing(self, path: str, given: list[Given], node: cst.Call) -> Thing:
        if not given:
            return SMALL
        if path in ("map", "filter", "functools.reduce") and len(given) > 1:
            self._run_functions(given[:1], given[1].thing)
            return Thing(Tag.SERIES, given[1].thing.origins, items=(Thing(Tag.ROW, given[1].thing.origins),))
        if path in ("enumerate", "zip", "itertools.zip_longest"):
            return self._zipped(path, given, node)
        if path in ("asyncio.gather", "itertools.chain"):
            return Thing(
                Tag.ROWS if any(one.thing.bulk for one in given) else Tag.UNKNOWN,
                united(one.thing for one in given),
            )
        if path in ("os.path.join",):
            return self._joined_path(given)
        if path.endswith("dumps"):
            return Thing(Tag.TEXT, given[0].thing.origins)
        if path in ("cast", "typing.cast") and len(given) > 1:
            return given[1].thing
        thing = given[0].thing
        if path == "str":
            return Thing(Tag.TEXT, thing.origins, text=thing.text)
        if path in ("list", "tuple", "sorted", "set", "dict") and thing.tag in (
            Tag.JOB,
            Tag.CURSOR,
            Tag.SELECTION,
        ):
            item = self.item(thing, node)
            return Thing(Tag.ROWS, item.origins)
        return thing

    def _zipped(self, path: str, given: list[Given], node: cst.Call) -> Thing:
        items = [self.item(one.thing, node) for one in given if one.keyword is None]
        if path == "enumerate":
            items = [UNKNOWN, *items[:1]]
        small = all(one.thing.tag is Tag.SMALL for one in given)
        if small:
            return SMALL
        origins = united(one.thing for one in given)
        frame = "frame" if any(one.thing.name == "frame" for one in given) else ""
        return Thing(Tag.SERIES, origins, frame, items=(Thing(Tag.TUPLE, origins, items=tuple(items)),))

    def _joined_path(self, given: list[Given]) -> Thing:
        pieces = [one.thing.text or GAP for one in given]
        return Thing(Tag.TEXT, united(one.thing for one in given), text="/".join(pieces))

    def _dropping(self, path: str, given: list[Given]) -> Thing:
        if path in ("int", "float") and given and given[0].thing.number is not None:
            return given[0].thing
        if path == "range":
            known = all(one.thing.number is not None for one in given)
            return SMALL if known and given else UNKNOWN
        return UNKNOWN

    def _sleep(self, node: cst.Call, given: list[Given]) -> Thing:
        seconds = given[0].thing.number if given else None
        self.record(Kind.WAIT, node, "sleeps", "wait", seconds=seconds)
        return UNKNOWN

    # frames

    def _frame(self, node: cst.Call, library: str, given: list[Given]) -> Thing:
        """A frame made of data: of literals it is nothing, of what was fetched it is bulk."""
        data = _argument(given, (0, "data", "d"))
        if data is None:
            return Thing(Tag.FRAME, name=library)
        thing = (
            self.item(data.thing, node)
            if data.thing.tag in (Tag.JOB, Tag.CURSOR, Tag.SELECTION)
            else data.thing
        )
        if not thing.bulk:
            if thing.tag in (Tag.UNKNOWN, Tag.INSTANCE) and not isinstance(
                data.node, (cst.List, cst.Dict, cst.Tuple)
            ):
                words = f"takes {_spelled(data.node)} into {library}"
                handed = self.record(Kind.IN, node, words, "frame", grade=Grade.HANDED)
                return Thing(Tag.FRAME, (handed,), library)
            return Thing(Tag.FRAME, name=library)
        if _one_record(data.node) and strongest(thing.origins) is not Grade.BULK:
            return Thing(Tag.FRAME, name=library)
        effect = Effect(Tag.FRAME, name=library)
        return Thing(Tag.FRAME, self._as_frame(node, thing.origins, effect), library)

    def _concatenated_frames(self, node: cst.Call, library: str, given: list[Given]) -> Thing:
        origins = united(one.thing for one in given)
        if not origins:
            first = _first(given)
            if first.tag is Tag.SMALL or first.tag is Tag.FRAME:
                return Thing(Tag.FRAME, name=library)
            source = _spelled(given[0].node) if given else "frames"
            origins = (
                self.record(Kind.IN, node, f"takes {source} into {library}", "frame", grade=Grade.HANDED),
            )
        origins = self.gathered(Thing(origins=origins))
        self.record(Kind.WORK, node, "concatenates it", "frame", origins)
        for loop in self.loops:
            loop.gathers = True
        return Thing(Tag.FRAME, origins, library)

    # child processes and Spark

    def _command(self, node: cst.Call, given: list[Given]) -> Thing:
        word = _command_word(given[0]) if given else ""
        topic = computers.COMMANDS.get(word)
        if topic is not None:
            self.record(Kind.COMPUTE, node, f"runs {word} in a child process", topic)
        return UNKNOWN

    def _spark(self, node: cst.Call, path: str) -> Thing:
        if path.endswith("getOrCreate"):
            self.record(Kind.COMPUTE, node, "runs a Spark driver", "spark")
            return Thing(Tag.SPARK)
        if path.rpartition(".")[2] in computers.REMOTE_SPARK:
            return UNKNOWN
        return Thing(Tag.EXTERNAL, name=path)

    # what cannot be read

    def _run_functions(self, given: list[Given], data: Thing) -> None:
        """Functions that are handed to a call: they run, for each item as far as one can tell."""
        item = Thing(Tag.ROW, data.origins)
        for one in given:
            if one.thing.tag is Tag.FUNCTION and one.thing.callee is not None:
                self.follow(one.thing.callee, [Given("*", item, one.node)], one.node)

    def _unresolved(self, node: cst.Call, name: str, given: list[Given], receiver: Thing | None) -> Thing:
        things = [one.thing for one in given]
        origins = united(things if receiver is None else [receiver, *things])
        self._run_functions(given, Thing(origins=origins))
        if name.startswith(writers.WRITING_WORDS) and name not in writers.NOT_WRITING:
            data = united(thing for thing in things if thing.tag in _CARRIED)
            if data:
                self.record(Kind.OUT, node, f"hands it to {name}()", "frame", data)
                return UNKNOWN
        if name == "xcom_push" and receiver is not None:
            value = _argument(given, ("value", 1))
            if value is not None and value.thing.bulk and value.thing.tag in _CARRIED:
                self.record(Kind.XCOM, node, "pushes it to XCom", "xcom", value.thing.origins)
            return UNKNOWN
        if name == "xcom_pull":
            return UNKNOWN
        frames = [thing for thing in things if thing.tag is Tag.FRAME and thing.bulk]
        if frames:
            return Thing(Tag.FRAME, united(frames), frames[0].name)
        return Thing(Tag.UNKNOWN, origins)


_TEXT_METHODS = frozenset(
    {"format", "strip", "rstrip", "lstrip", "lower", "upper", "replace", "encode", "join", "substitute"}
)
_SAME_AFTER_CALL = frozenset(
    {
        Tag.STORE, Tag.SHEET, Tag.COLLECTION, Tag.SPARK_FRAME, Tag.RELATION, Tag.STREAM, Tag.WAREHOUSE, Tag.SELECTION,
        Tag.MODEL_API, Tag.ARCHIVE, Tag.HOOK, Tag.CONNECTION, Tag.PATH, Tag.ESTIMATOR, Tag.POOL, Tag.MEDIA,
    }
)  # fmt: skip
_CARRIED = frozenset({Tag.FRAME, Tag.ROWS, Tag.SERIES, Tag.BYTES, Tag.RELATION, Tag.BUFFER, Tag.DOCUMENT})
_TARGETS: tuple[int | str, ...] = ("filename", "local_path", "file_path", "local_full_path", "Filename", 2)
_PREPARERS = (
    "sklearn.preprocessing", "sklearn.impute", "sklearn.feature_extraction", "sklearn.compose", "sklearn.decomposition",
    "sklearn.feature_selection",
)  # fmt: skip
_ROW_WORDS = {
    "insert": "inserts",
    "update": "runs an UPDATE",
    "delete": "runs a DELETE",
    "merge": "runs a MERGE",
    "replace": "inserts",
    "upsert": "inserts",
    "select": "runs a query",
    "with": "runs a query",
}


def _first(given: list[Given]) -> Thing:
    return given[0].thing if given else UNKNOWN


def _argument(given: list[Given], places: tuple[int | str, ...]) -> Given | None:
    """The first argument that stands at one of some places: positions or keywords."""
    positional = [one for one in given if one.keyword is None]
    for place in places:
        if isinstance(place, int):
            if place < len(positional):
                return positional[place]
        else:
            for one in given:
                if one.keyword == place:
                    return one
    return None


def _chosen(given: list[Given], places: tuple[int | str, ...]) -> list[Given]:
    if not places:
        return given
    positional = [one for one in given if one.keyword is None]
    found = [positional[place] for place in places if isinstance(place, int) and place < len(positional)]
    return found + [one for one in given if one.keyword in places and one.keyword is not None]


def _mode(given: list[Given], position: int) -> str:
    mode = _argument(given, (position, "mode"))
    return (mode.thing.text or "r") if mode is not None else "r"


def _call_of(root: cst.BaseExpression) -> cst.Call:
    return root  # type: ignore[return-value]


def _spelled(node: cst.CSTNode) -> str:
    """How the user calls a thing, in a few words."""
    if isinstance(node, cst.Call):
        name = dotted_name(node.func)
        return f"{name}()" if name else "what a call gives"
    name = dotted_name(node) if isinstance(node, cst.BaseExpression) else None
    return f'"{name}"' if name else "data"


def _source_words(what: Given | None) -> str:
    """What is read, as the user calls it: the end of a path, the host of an address, a name."""
    if what is None:
        return "data"
    text = what.thing.text
    if text and text.strip(GAP):
        last = text.rstrip("/").rpartition("/")[2].partition("?")[0]
        if GAP in last or not last:
            last = next(
                (part for part in reversed(text.split("/")) if part and GAP not in part and ":" not in part),
                "",
            )
        if 0 < len(last) <= _NAME_LENGTH and last.isprintable():
            return last
    return _spelled(what.node).strip('"')


def _query_words(text: str | None, what: Given | None) -> str:
    table = queries.table(text)
    if table is not None and len(table) <= _NAME_LENGTH:
        return table
    return "a query"


def _origin_words(origins: tuple[Evidence, ...]) -> str:
    return origins[0].words if len(origins[0].words) <= 60 else "takes data"


def _library(node: cst.Call, name: str) -> str:
    spelled = dotted_name(node.func) or name
    return spelled.partition(".")[0]


def _one_record(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.List) and len(node.elements) == 1


def _command_word(command: Given) -> str:
    """The program that a command runs, without its path."""
    node = command.node
    if isinstance(node, (cst.List, cst.Tuple)) and node.elements:
        first = node.elements[0].value
        text = first.evaluated_value if isinstance(first, cst.SimpleString) else ""
        word = text if isinstance(text, str) else ""
    else:
        text = (command.thing.text or "").replace(GAP, "?")
        try:
            words = shlex.split(text.strip().splitlines()[0]) if text.strip() else []
        except ValueError:
            words = text.split()
        word = words[0] if words else ""
    return word.rpartition("/")[2]


__all__ = ["Calls", "join", "root_of"]
