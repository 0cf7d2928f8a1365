"""`match`: which case fits, and what its pattern binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.evaluate.classes import Class, Instance
from dag_lint.evaluate.introspection import is_instance
from dag_lint.evaluate.iteration import in_order
from dag_lint.evaluate.protocols import compare_values, truth_of
from dag_lint.evaluate.records import fields_of
from dag_lint.evaluate.targets import key_of
from dag_lint.evaluate.values import plain
from dag_lint.evaluate.ways import read_both_ways
from dag_lint.known import Constant, Mapping, Sequence, Text, Unknown, Value
from dag_lint.syntax import walk

if TYPE_CHECKING:
    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.ways import Signal


def match(run: Interpreter, node: cst.Match) -> Signal:
    """`match`."""
    return _first_match(run, run.evaluate(node.subject), list(node.cases))


def _first_match(run: Interpreter, subject: Value, cases: list[cst.MatchCase]) -> Signal:
    for index, case in enumerate(cases):
        known = _matches(run, case.pattern, subject)
        if known is True and case.guard is not None:
            known = truth_of(run, run.evaluate(case.guard))
        if known is True:
            return run.execute(case.body)
        if known is None:
            return _may_match(run, subject, case, cases[index + 1 :])
    return None


def _may_match(run: Interpreter, subject: Value, case: cst.MatchCase, rest: list[cst.MatchCase]) -> Signal:
    def fits() -> Signal:
        for name in _captured(case.pattern):
            run.bind(name, Unknown(case.pattern))
        return run.execute(case.body)

    return read_both_ways(run, fits, lambda: _first_match(run, subject, rest))


def _captured(pattern: cst.MatchPattern) -> list[str]:
    """The names that a pattern binds."""
    found: list[str] = []
    for node in walk(pattern):
        if isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
            found.append(node.name.value)
        elif isinstance(node, cst.MatchMapping) and node.rest is not None:
            found.append(node.rest.value)
    return found


def _matches(run: Interpreter, pattern: cst.MatchPattern, subject: Value) -> bool | None:
    """Whether a pattern fits, None when that is not known; it binds its names when it does."""
    if isinstance(pattern, cst.MatchValue):
        return compare_values(run, "==", subject, run.evaluate(pattern.value))
    if isinstance(pattern, cst.MatchSingleton):
        return compare_values(run, "is", subject, run.evaluate(pattern.value))
    if isinstance(pattern, cst.MatchOr):
        for element in pattern.patterns:
            known = _matches(run, element.pattern, subject)
            if known is not False:
                return known
        return False
    if isinstance(pattern, cst.MatchAs):
        known = True if pattern.pattern is None else _matches(run, pattern.pattern, subject)
        if known is True and pattern.name is not None:
            run.bind(pattern.name.value, subject)
        return known
    if isinstance(pattern, (cst.MatchList, cst.MatchTuple)):
        return _matches_sequence(run, pattern, subject)
    if isinstance(pattern, cst.MatchMapping):
        return _matches_mapping(run, pattern, subject)
    return _matches_class(run, pattern, subject) if isinstance(pattern, cst.MatchClass) else None


def _all_match(run: Interpreter, pairs: list[tuple[cst.MatchPattern, Value]]) -> bool | None:
    unsure = False
    for pattern, value in pairs:
        known = _matches(run, pattern, value)
        if known is False:
            return False
        unsure = unsure or known is None
    return None if unsure else True


def _matches_sequence(
    run: Interpreter, pattern: cst.MatchList | cst.MatchTuple, subject: Value
) -> bool | None:
    if isinstance(subject, (Constant, Text, Mapping)):
        return False
    if isinstance(subject, Instance) and (items := subject.as_items()) is not None:
        subject = Sequence("tuple", items)
    if not isinstance(subject, Sequence) or subject.kind not in ("list", "tuple") or not in_order(subject):
        return None
    elements = list(pattern.patterns)
    stars = [index for index, element in enumerate(elements) if isinstance(element, cst.MatchStar)]
    if not stars and len(elements) != len(subject.items):
        return False
    before = stars[0] if stars else len(elements)
    after = len(elements) - before - 1 if stars else 0
    if len(subject.items) < before + after:
        return False
    plain_elements = [one for one in elements if not isinstance(one, cst.MatchStar)]
    last = subject.items[len(subject.items) - after :] if after else []
    values = [*subject.items[:before], *last]
    known = _all_match(run, [(one.value, value) for one, value in zip(plain_elements, values, strict=True)])
    star = elements[before] if stars else None
    if known is True and isinstance(star, cst.MatchStar) and star.name is not None:
        rest = subject.items[before : len(subject.items) - after]
        run.bind(star.name.value, Sequence("list", rest, star, born=run.doubts))
    return known


def _matches_mapping(run: Interpreter, pattern: cst.MatchMapping, subject: Value) -> bool | None:
    if isinstance(subject, (Constant, Text, Sequence)):
        return False
    if not isinstance(subject, Mapping):
        return None
    pairs: list[tuple[cst.MatchPattern, Value]] = []
    used: list[object] = []
    for element in pattern.elements:
        key = key_of(run.evaluate(element.key))
        entry = None if key is None else subject.get(key[0])
        if key is None or entry is None:
            return False if key is not None and not subject.open_ended else None
        used.append(key[0])
        pairs.append((element.pattern, entry.value))
    known = _all_match(run, pairs)
    if known is True and pattern.rest is not None:
        rest = {key: entry for key, entry in subject.entries.items() if key not in used}
        run.bind(pattern.rest.value, Mapping(rest, pattern, subject.open_ended, run.doubts))
    return known


def _matches_class(run: Interpreter, pattern: cst.MatchClass, subject: Value) -> bool | None:
    cls = run.evaluate(pattern.cls)
    fits = is_instance(subject, cls)
    if fits is not True:
        return fits
    pairs: list[tuple[cst.MatchPattern, Value]] = []
    names = _positional_names(cls)
    for index, element in enumerate(pattern.patterns):
        if names is None:
            # `str(text)`: the one pattern stands for the whole value.
            pairs.append((element.value, subject))
        elif index < len(names):
            pairs.append((element.value, run.attribute(subject, names[index], element)))
        else:
            return None
    named = [(one.pattern, run.attribute(subject, one.key.value, one)) for one in pattern.kwds]
    return _all_match(run, pairs + named)


def _positional_names(cls: Value) -> list[str] | None:
    """The attributes that positional patterns mean, None for Python's own types."""
    if not isinstance(cls, Class):
        return None
    declared = cls.look_up("__match_args__")
    known, names = plain(declared) if declared is not None else (False, None)
    if known and isinstance(names, (list, tuple)):
        return [str(name) for name in names]
    return fields_of(cls)
