"""Reading code both ways where a condition is not known, and agreeing on what is left afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.evaluate.values import same
from dag_lint.known import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter, Signal
    from dag_lint.evaluate.scope import Journal, Scope

_LEAVES = ("return", "break", "continue", "raise")


def read_both_ways(
    run: Interpreter, first: Callable[[], Signal], second: Callable[[], Signal], repeated: bool = False
) -> Signal:
    """Run two alternatives of which one happens; names that differ afterwards are unknown.

    `repeated`: the first may happen any number of times. A way out that only one of them takes makes
    the rest of the call uncertain, unless it is an exception: a file that is imported did not raise it.
    """
    signals: list[Signal] = []
    outcomes: list[dict[tuple[Scope, str], Value | None]] = []
    for alternative in (first, second):
        with run.journal() as journal, run.doubtful():
            signals.append(alternative())
            outcomes.append(_take_back(journal))
    _merge(run, outcomes, signals, repeated)
    if signals[0] == signals[1]:
        return signals[0]
    for signal in signals:
        if signal in ("break", "continue"):
            run.frames[-1].maybe_left = True
    if "return" in signals or "break" in signals or "continue" in signals:
        frame = run.frames[-1]
        frame.doubt += 1
        run.doubt += 1
    if "raise" in signals:
        # The other way is the one that was taken.
        return signals[1] if signals[0] == "raise" else signals[0]
    return None


def _take_back(journal: Journal) -> dict[tuple[Scope, str], Value | None]:
    """The names a stretch of code bound; afterwards they are what they were before it."""
    outcome = {}
    for (scope, name), before in journal.items():
        outcome[scope, name] = scope.names.get(name)
        if before is None:
            scope.names.pop(name, None)
        else:
            scope.names[name] = before
    return outcome


def _merge(
    run: Interpreter,
    outcomes: list[dict[tuple[Scope, str], Value | None]],
    signals: list[Signal],
    repeated: bool,
) -> None:
    # A way that leaves does not come out below: only the other one's names matter there.
    alive = [outcome for outcome, signal in zip(outcomes, signals, strict=True) if signal not in _LEAVES]
    for key in {key: None for outcome in alive for key in outcome}:
        scope, name = key
        before = scope.names.get(name)
        values = [outcome.get(key, before) for outcome in alive]
        present = [value for value in values if value is not None]
        if not present:
            continue
        agree = all(same(present[0], value) for value in present[1:]) and not (repeated and before is None)
        run.bind(name, present[0] if agree else Unknown(present[0].node), scope)
