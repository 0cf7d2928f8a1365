"""Snippets in which `maybe` is not known: what is known all the same is what Python makes of every `maybe`."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path
from typing import Any

import libcst as cst
import pytest

from dag_lint.build.callables import CallableCollector
from dag_lint.build.context import Building
from dag_lint.build.siblings import Siblings
from dag_lint.build.world import AirflowWorld
from dag_lint.evaluate import Interpreter
from dag_lint.evaluate.classes import Instance
from dag_lint.evaluate.scope import Scope
from dag_lint.evaluate.values import plain
from dag_lint.known import Constant, Mapping, Sequence, Text, Unknown, Value

SNIPPETS = Path(__file__).with_name("snippets.txt").read_text(encoding="utf-8").split("\n#---\n")
MAYBES: list[Any] = [True, False, None, 0, "x", [1, 2], ["a"], {"a": 1}, 5, 7]
COMPARED = (int, float, str, bytes, type(None), list, tuple, dict, set, frozenset)


def read(code: str) -> dict[str, Value]:
    scope = Scope("module")
    scope.names["maybe"] = Unknown()
    world = AirflowWorld(Building(None), CallableCollector(scope), Siblings(None, None))
    Interpreter(world).run_module(scope, cst.parse_module(code))
    return {name: value for name, value in scope.names.items() if name not in ("maybe", "__name__")}


def in_python(code: str) -> list[dict[str, Any]]:
    """The names of the module for each `maybe` with which Python reads it to its end."""
    found = []
    for maybe in MAYBES:
        # Dataclasses look their module up.
        module = sys.modules["snippet"] = types.ModuleType("snippet")
        module.__dict__["maybe"] = maybe
        try:
            exec(compile(code, "snippet", "exec", dont_inherit=True), module.__dict__)
        except Exception:
            continue
        finally:
            del sys.modules["snippet"]
        found.append(module.__dict__)
    return found


def wrong(value: Value, real: Any, path: str) -> list[str]:
    """Where a value contradicts what Python has, as far as it is known."""
    if isinstance(value, Constant) and isinstance(real, COMPARED):
        same = type(value.value) is type(real) and value.value == real
        return [] if same else [f"{path} is {real!r}, not {value.value!r}"]
    if isinstance(value, Text):
        pattern = "".join(".*" if piece is None else re.escape(piece) for piece in value.pieces)
        return [] if re.fullmatch(pattern, real, re.DOTALL) else [f"{path} is {real!r}, not {value!r}"]
    if isinstance(value, Sequence):
        return _wrong_items(value, real, path)
    if isinstance(value, Mapping) and isinstance(real, dict):
        keys = [] if value.open_ended or list(value.entries) == list(real) else [f"{path} has {list(real)}"]
        inner = [
            wrong(entry.value, real[key], f"{path}[{key!r}]")
            for key, entry in value.entries.items()
            if key in real
        ]
        return keys + [one for found in inner for one in found]
    if isinstance(value, Instance):
        inner = [
            wrong(one, getattr(real, name), f"{path}.{name}")
            for name, one in value.attributes.items()
            if hasattr(real, name)
        ]
        return [one for found in inner for one in found]
    return []


def _wrong_items(value: Sequence, real: Any, path: str) -> list[str]:
    if value.open_ended or not isinstance(real, (list, tuple, set, frozenset)):
        return []
    if len(real) != len(value.items):
        return [f"{path} has {len(real)} items, not {len(value.items)}"]
    if value.unordered or isinstance(real, (set, frozenset)):
        return []
    inner = [wrong(item, real[index], f"{path}[{index}]") for index, item in enumerate(value.items)]
    return [one for found in inner for one in found]


@pytest.mark.parametrize("code", SNIPPETS)
def test_what_is_known_is_so_whatever_is_not(code: str) -> None:
    found = read(code)
    every = in_python(code)
    assert every
    for names in every:
        assert [
            one for name, value in found.items() if name in names for one in wrong(value, names[name], name)
        ] == []


def test_what_does_not_hang_on_it_is_nearly_all_known() -> None:
    known = missed = 0
    for code in SNIPPETS:
        found, every = read(code), in_python(code)
        for name, value in found.items():
            reals = [names[name] for names in every if name in names]
            if (
                len(reals) == len(every)
                and isinstance(reals[0], COMPARED)
                and all(one == reals[0] for one in reals)
            ):
                known += plain(value)[0]
                missed += not plain(value)[0]
    assert known > 600
    assert missed < 0.1 * known
