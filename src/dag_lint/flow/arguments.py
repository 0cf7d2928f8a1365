"""The arguments of a call: choosing among them, and saying what they are in the user's words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from dag_lint.flow import queries
from dag_lint.flow.things import GAP, UNKNOWN, Thing
from dag_lint.syntax import dotted_name, literal

if TYPE_CHECKING:
    from dag_lint.flow.facts import Evidence

_NAME_LENGTH = 40
_WORDS_LENGTH = 60


class Given(NamedTuple):
    """An argument of a call; `*` and `**` stand for the keyword of what is spread."""

    keyword: str | None
    thing: Thing
    node: cst.BaseExpression


def first(given: list[Given]) -> Thing:
    """The first argument, unknown when there is none."""
    return given[0].thing if given else UNKNOWN


def things(given: list[Given]) -> list[Thing]:
    """What all arguments stand for."""
    return [one.thing for one in given]


def argument(given: list[Given], places: tuple[int | str, ...]) -> Given | None:
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


def chosen(given: list[Given], places: tuple[int | str, ...]) -> list[Given]:
    """All arguments at some places; without places, all arguments."""
    if not places:
        return given
    positional = [one for one in given if one.keyword is None]
    found = [positional[place] for place in places if isinstance(place, int) and place < len(positional)]
    return found + [one for one in given if one.keyword is not None and one.keyword in places]


def mode(given: list[Given], position: int) -> str:
    """The mode of an open()."""
    found = argument(given, (position, "mode"))
    return (found.thing.text or "r") if found is not None else "r"


def is_one_record(node: cst.BaseExpression) -> bool:
    """Whether an expression is a list of exactly one element."""
    return isinstance(node, cst.List) and len(node.elements) == 1


# in words


def spelled(node: cst.CSTNode) -> str:
    """How the user calls a thing, in a few words."""
    if isinstance(node, cst.Call):
        name = dotted_name(node.func)
        return f"{name}()" if name is not None and len(name) <= _NAME_LENGTH else "data"
    name = dotted_name(node) if isinstance(node, cst.BaseExpression) else None
    return f'"{name}"' if name is not None and len(name) <= _NAME_LENGTH else "data"


def source(what: Given | None) -> str:
    """What is read, as the user calls it: the end of a path, a name."""
    if what is None:
        return "data"
    text = what.thing.text
    if text and text.strip(GAP):
        known = _last_part(text)
        if (
            0 < len(known) <= _NAME_LENGTH
            and known.isprintable()
            and known[0] not in ".%?*"
            and "{" not in known
        ):
            return known
    return spelled(what.node).strip('"')


def _last_part(text: str) -> str:
    """The last known part of a path; the host of an address."""
    if text.startswith(("http://", "https://")):
        host = text.partition("//")[2].partition("/")[0].partition("?")[0]
        return host if host and GAP not in host and "@" not in host else ""
    last = text.rstrip("/").rpartition("/")[2].partition("?")[0]
    if last and GAP not in last:
        return last
    parts = (part for part in reversed(text.split("/")) if part and GAP not in part and ":" not in part)
    return next(parts, "")


def query(text: str | None) -> str:
    """What a statement reads: its first table."""
    table = queries.table(text)
    return table if table is not None and len(table) <= _NAME_LENGTH else "a query"


def origin(origins: tuple[Evidence, ...]) -> str:
    """What the data came from, as a phrase."""
    return origins[0].words if len(origins[0].words) <= _WORDS_LENGTH else "takes data"


def library(node: cst.Call, name: str) -> str:
    """The first name of what is called: `cv2.imread` is cv2."""
    return (dotted_name(node.func) or name).partition(".")[0]


def command(given: Given) -> list[str]:
    """The words of a command line, the program without its folder; an unknown word is empty."""
    node = given.node
    if isinstance(node, (cst.List, cst.Tuple)):
        words = [_literal(element.value) for element in node.elements]
    else:
        text = (given.thing.text or "").replace(GAP, "?").strip()
        try:
            words = shlex.split(text.splitlines()[0]) if text else []
        except ValueError:
            words = text.split()
    return [words[0].rpartition("/")[2], *words[1:]] if words else []


def _literal(node: cst.BaseExpression) -> str:
    value = literal(node) if isinstance(node, cst.SimpleString) else ""
    return value if isinstance(value, str) else ""
