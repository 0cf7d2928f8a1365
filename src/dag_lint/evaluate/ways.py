"""The ways that a program may take: both of an `if` that is not known, and the ways out of a stretch of code.

Where it is not known which way the program takes, each is read from the same beginning, and afterwards a name
has the value that all ways agree on. A way that leaves (`break`, `continue`, `return`, `raise`) does so with the
names as they are at that moment; they come back where it arrives: at the end of the turn, the loop, the call,
or at the handlers of the `try`. Until then it is in doubt whether the code that follows runs.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dag_lint.evaluate.values import either, same
from dag_lint.known import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.scope import Frame, Journal, Scope
    from dag_lint.known import Value

Signal = Literal["return", "break", "continue", "raise", "left"] | None
"""How a stretch of code was left, None when it ran to its end. `left`: by ways of which none comes back here."""

Names = dict["tuple[Scope, str]", "Value | None"]
"""What names are bound to at the end of a way, as far as it bound them; None: not bound."""

RegionKind = Literal["loop", "turn", "call", "try"]


class DeadEndError(Exception):
    """No way leads on from here: raised inside of expressions, where no signal can be given back."""


@dataclass(slots=True, eq=False)
class Region:
    """A stretch of code that can be left before its end, and the ways on which it may have been."""

    kind: RegionKind
    frame: Frame
    journal: int
    """The place of its journal among the open ones."""
    doubts: tuple[int, ...]
    """The doubts at its beginning."""
    ways: list[Names] = field(default_factory=list)
    lingering: list[int] = field(default_factory=list)
    """Doubts that end with this stretch."""
    closed: bool = False
    """A loop whose `else` is being read: `break` means the loop around it."""
    risked: bool = False
    """Of a `try`: something in it may have failed."""
    raised: list[str | None] = field(default_factory=list)
    """Of a `try`: the names of the exceptions that were raised in it, None for one that is not known."""


def enter(run: Interpreter, kind: RegionKind) -> Region:
    """Begin a stretch of code. A turn shares the journal of its loop."""
    if kind != "turn":
        run.journals.append({})
    region = Region(kind, run.frames[-1], len(run.journals) - 1, run.doubts)
    run.regions.append(region)
    return region


def leave(run: Interpreter, region: Region, alive: bool) -> bool:
    """End a stretch of code, whose end was reached if `alive`; whether any way leads on from here."""
    run.regions.remove(region)
    run.settle(region.lingering)
    if region.ways:
        _meet(run, region, alive)
    if region.kind != "turn":
        run.close_journal()
    return alive or bool(region.ways)


def find(run: Interpreter, kind: RegionKind) -> Region | None:
    """The innermost stretch of this kind that the present code can leave."""
    frame = run.frames[-1]
    for region in reversed(run.regions):
        if region.kind == kind and not region.closed and (kind == "try" or region.frame is frame):
            return region
    return None


def leave_by(run: Interpreter, kind: RegionKind, signal: Signal) -> Signal:
    """Leave the innermost stretch of a kind: by a signal when that is certain, else by one more way."""
    region = find(run, kind)
    if region is None or run.doubts == region.doubts:
        return signal
    region.ways.append(snapshot(run, region))
    return "left"


def snapshot(run: Interpreter, region: Region) -> Names:
    """The names that were bound since a region began, as they are now."""
    return {key: key[0].names.get(key[1]) for journal in run.journals[region.journal :] for key in journal}


def read_both_ways(
    run: Interpreter, first: Callable[[], Signal], second: Callable[[], Signal], repeated: bool = False
) -> Signal:
    """Run two alternatives of which one happens; names that differ afterwards are unknown.

    `repeated`: the first may happen any number of times. Where only one comes to its end, the rest of what the
    other one left is in doubt; but an exception that nothing catches was not raised: the file was imported.
    """
    counts = count_ways(run)
    signals: list[Signal] = []
    outcomes: list[Names] = []
    for alternative in (first, second):
        run.journals.append({})
        doubt = run.begin_doubt()
        try:
            signals.append(alternative())
        except DeadEndError:
            signals.append("left")
        finally:
            run.settle([doubt])
            outcomes.append(take_back(run.journals[-1]))
            run.close_journal()
    alive = [outcome for outcome, signal in zip(outcomes, signals, strict=True) if signal is None]
    merge(run, alive, repeated)
    if not alive:
        return "left" if "left" in signals else signals[0]
    if len(alive) < len(signals):
        linger(run, counts)
    return None


def count_ways(run: Interpreter) -> list[int]:
    """How many ways have left each open region so far."""
    return [len(region.ways) for region in run.regions]


def linger(run: Interpreter, counts: list[int]) -> None:
    """Keep the rest in doubt until all ways come together that left open regions since they were counted."""
    for region, count in zip(run.regions, counts, strict=False):
        if len(region.ways) > count:
            region.lingering.append(run.begin_doubt())
            return


def take_back(journal: Journal) -> Names:
    """The names a stretch of code bound; afterwards they are what they were before it."""
    outcome = {}
    for (scope, name), before in journal.items():
        outcome[scope, name] = scope.names.get(name)
        if before is None:
            scope.names.pop(name, None)
        else:
            scope.names[name] = before
    return outcome


def apply(run: Interpreter, names: Names) -> None:
    """Bind names as they are at the end of a way."""
    for (scope, name), value in names.items():
        if value is None:
            run.unbind(name, scope)
        else:
            run.bind(name, value, scope)


def merge(run: Interpreter, outcomes: list[Names], repeated: bool = False) -> None:
    """Bind what all ways agree on; a single way leaves its names as they are."""
    for key in {key: None for outcome in outcomes for key in outcome}:
        scope, name = key
        before = scope.names.get(name)
        _bind(
            run, scope, name, [outcome.get(key, before) for outcome in outcomes], repeated and before is None
        )


def _meet(run: Interpreter, region: Region, alive: bool) -> None:
    """Bring the ways that left a region together with the one that came to its end."""
    journal = run.journals[region.journal]
    ways = [*region.ways, snapshot(run, region)] if alive else region.ways
    for key in {key: None for way in ways for key in way}:
        scope, name = key
        before = journal[key] if key in journal else scope.names.get(name)
        _bind(run, scope, name, [way.get(key, before) for way in ways], False)


def _bind(run: Interpreter, scope: Scope, name: str, values: list[Value | None], differs: bool) -> None:
    # A name that some ways do not bind is only used by the others: the file would not be imported.
    present = [value for value in values if value is not None]
    in_doubt = name in scope.maybe_unbound or len(present) < len(values)
    if present and len(present) < len(values) and hasattr(builtins, name):
        # Where nothing binds it, it is the built-in of that name.
        present.append(Unknown(present[0].node))
    if not present:
        run.unbind(name, scope)
    elif not differs and all(same(present[0], value) for value in present[1:]):
        run.bind(name, present[0], scope)
    else:
        run.bind(name, either(present), scope)
    if present and in_doubt:
        scope.maybe_unbound.add(name)
