"""Functions that no table can describe: open, zip, sleep, DataFrame, child processes, Spark's builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dag_lint.flow import arguments
from dag_lint.flow.applying import Applying
from dag_lint.flow.facts import Kind
from dag_lint.flow.tables import computers, makers, transformers, waits
from dag_lint.flow.things import GAP, SMALL, UNKNOWN, Tag, Thing, united

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst

    from dag_lint.flow.arguments import Given

_DRAWN = "random"
_FETCHABLE = frozenset({Tag.JOB, Tag.CURSOR, Tag.SELECTION})


class BuiltinCalls(Applying):
    """The part of the reader for functions with a meaning of their own."""

    def special(self, node: cst.Call, path: str, given: list[Given]) -> Thing | None:
        """What such a function gives, None for all others."""
        exact = self._exact.get(path)
        if exact is not None:
            return exact(self, node, given)
        if path in transformers.FRAME_MAKERS:
            return self.frame(node, transformers.FRAME_MAKERS[path], given)
        if path in transformers.CONCATENATORS:
            return self.concatenated(node, path.partition(".")[0], given)
        if path in transformers.COLUMN_FUNCTIONS:
            return Thing(Tag.FRAME, united(arguments.things(given)))
        if path in makers.PASSING:
            return self._passed(node, path, given)
        if path in makers.DROPPING:
            return UNKNOWN
        if path in waits.FUNCTIONS:
            return self._sleep(node, given)
        if path in computers.RUNNERS:
            return self._command(node, given)
        if path.startswith(computers.SPARK_BUILDERS):
            return self._spark(node, path)
        return None

    def _passed(self, node: cst.Call, path: str, given: list[Given]) -> Thing:
        if not given:
            return SMALL
        thing = given[0].thing
        if thing.tag in _FETCHABLE and path not in ("str", "next"):
            return Thing(Tag.ROWS, self.item(thing, node).origins)
        if thing.tag is Tag.FUNCTION:
            self.run_functions(given, UNKNOWN)
        return thing

    def _open(self, node: cst.Call, given: list[Given]) -> Thing:
        return self.opened(node, given)

    def _mapped(self, node: cst.Call, given: list[Given]) -> Thing:
        if len(given) < 2:
            return UNKNOWN
        over = given[1].thing
        self.run_functions(given[:1], over)
        if not over.bulk:
            return over
        return Thing(Tag.SERIES, over.origins, items=(Thing(Tag.ROW, over.origins),))

    def _enumerated(self, node: cst.Call, given: list[Given]) -> Thing:
        return self._series(node, given[:1], [UNKNOWN])

    def _zipped(self, node: cst.Call, given: list[Given]) -> Thing:
        return self._series(node, given, [])

    def _series(self, node: cst.Call, given: list[Given], before: list[Thing]) -> Thing:
        """Iterating gives tuples of what iterating over the arguments gives."""
        things = arguments.things(given)
        if all(thing.tag is Tag.SMALL for thing in things):
            return SMALL
        items = (*before, *(self.item(thing, node) for thing in things))
        origins = united(things)
        name = "frame" if any(thing.name == "frame" for thing in things) else ""
        return Thing(Tag.SERIES, origins, name, items=(Thing(Tag.TUPLE, origins, items=items),))

    def _gathered_calls(self, node: cst.Call, given: list[Given]) -> Thing:
        origins = united(arguments.things(given))
        return Thing(Tag.ROWS if origins else Tag.UNKNOWN, origins)

    def _joined_path(self, node: cst.Call, given: list[Given]) -> Thing:
        pieces = [one.thing.text or GAP for one in given]
        return Thing(Tag.TEXT, united(arguments.things(given)), text="/".join(pieces))

    def _dumped(self, node: cst.Call, given: list[Given]) -> Thing:
        return Thing(Tag.TEXT, arguments.first(given).origins)

    def _cast(self, node: cst.Call, given: list[Given]) -> Thing:
        return given[-1].thing if given else UNKNOWN

    def _text(self, node: cst.Call, given: list[Given]) -> Thing:
        thing = arguments.first(given)
        return Thing(Tag.TEXT, thing.origins, text=thing.text)

    def _converted(self, node: cst.Call, given: list[Given]) -> Thing:
        thing = arguments.first(given)
        return thing if thing.number is not None else UNKNOWN

    def _range(self, node: cst.Call, given: list[Given]) -> Thing:
        known = bool(given) and all(one.thing.number is not None for one in given)
        return SMALL if known else UNKNOWN

    def _partial(self, node: cst.Call, given: list[Given]) -> Thing:
        return arguments.first(given)

    def _sleep(self, node: cst.Call, given: list[Given]) -> Thing:
        time = arguments.first(given)
        self.record(Kind.WAIT, node, "sleeps", "wait", seconds=time.number, at_least=time.name == _DRAWN)
        return UNKNOWN

    def _drawn(self, node: cst.Call, given: list[Given]) -> Thing:
        """A random number, known by the least that it can be."""
        numbers = [one.thing.number for one in given]
        known = [number for number in numbers if number is not None]
        complete = len(known) == len(numbers) == 2
        return Thing(Tag.SMALL, name=_DRAWN, number=min(known)) if complete else UNKNOWN

    def _command(self, node: cst.Call, given: list[Given]) -> Thing:
        words = arguments.command(given[0]) if given else []
        word = words[0] if words else ""
        topic = computers.COMMANDS.get(word)
        if word.startswith("python"):
            word = next((part for part in words[1:] if part.endswith(".py")), "").rpartition("/")[2]
            topic = next((topic for start, topic in computers.SCRIPTS.items() if start in word), None)
        if topic is not None:
            self.record(Kind.COMPUTE, node, f"runs {word} in a child process", topic)
        return UNKNOWN

    def _spark(self, node: cst.Call, path: str) -> Thing:
        last = path.rpartition(".")[2]
        if last == "getOrCreate":
            self.record(Kind.COMPUTE, node, "runs a Spark driver", "spark")
            return Thing(Tag.SPARK)
        if last in computers.REMOTE_SPARK:
            return UNKNOWN
        return Thing(Tag.EXTERNAL, name=path)

    _exact: ClassVar[dict[str, Callable[[BuiltinCalls, cst.Call, list[Given]], Thing]]] = {
        "open": _open,
        "map": _mapped,
        "filter": _mapped,
        "functools.reduce": _mapped,
        "enumerate": _enumerated,
        "zip": _zipped,
        "itertools.zip_longest": _zipped,
        "asyncio.gather": _gathered_calls,
        "itertools.chain": _gathered_calls,
        "os.path.join": _joined_path,
        "json.dumps": _dumped,
        "typing.cast": _cast,
        "str": _text,
        "int": _converted,
        "float": _converted,
        "range": _range,
        "functools.partial": _partial,
        "random.uniform": _drawn,
        "random.randint": _drawn,
        "random.randrange": _drawn,
    }
