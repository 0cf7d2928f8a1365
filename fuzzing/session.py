"""A run of the fuzzer: texts are made, laws held against them, and what breaks one is kept, small."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from fuzzing.doors import doors_agree
from fuzzing.drafts import draft
from fuzzing.laws import LAWS, BrokenLawError, Case, hold
from fuzzing.minimise import minimised
from fuzzing.mutations import broken, mutated
from fuzzing.twin import Twin, case_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzzing.drafts import Draft

PROJECT = Path(__file__).parent.parent
OWN = ("tests/fixtures/*/*.py", "tests/truth/dags/*.py", "tests/claims/dags/*.py", "examples/dags/*.py")
"""The DAG files that are mutated when no folder is given."""

LONGEST = 30_000
"""Characters: what is larger costs the time of many small ones, and holds no more kinds of things."""

MOST_MUTATIONS = 8
VERSIONS = (None, "2.11", "3.1")
_FILES_A_DOOR = 30
_SHARE = {
    "nothing raises": 1.0,
    "findings lie inside": 0.5,
    "reports do not raise": 0.3,
    "the same twice": 0.15,
    "fixes mend": 0.4,
}
"""How many of the texts are held against a law; a tenth against those that are not named."""


@dataclass
class Tally:
    """What a run did."""

    texts: int = 0
    held: Counter[str] = field(default_factory=Counter)
    broken: dict[tuple[str, str], str] = field(default_factory=dict)
    """For each law and cause, the smallest text that shows it."""
    again: Counter[tuple[str, str]] = field(default_factory=Counter)


def dag_files(folder: Path | None) -> list[Path]:
    """The Python files to be mutated."""
    if folder is not None:
        return sorted(path for path in folder.rglob("*.py") if path.is_file())
    return sorted(path for pattern in OWN for path in PROJECT.glob(pattern))


class Session:
    """Mutates files until its time is over. `before_each` is told every text before it is tried."""

    def __init__(
        self, files: list[Path], seed: int, before_each: Callable[[Case], None] = lambda _case: None
    ) -> None:
        self.tally = Tally()
        self._random = Random(seed)
        self._files = files
        self._drafts: dict[Path, Draft | None] = {}
        self._before_each = before_each
        self._waiting: list[Case] = []

    def run(
        self, seconds: float, twin: Twin | None = None, say: Callable[[str], object] = sys.stdout.write
    ) -> None:
        """Use CPU time, of this process and of those that it started and that have ended."""
        started = cpu_seconds()
        while cpu_seconds() - started < seconds:
            for case, is_python in self._texts():
                self._judge(case, is_python, twin, say)
                if cpu_seconds() - started > seconds:
                    break

    def _texts(self) -> list[tuple[Case, bool]]:
        """A file under one mutation after the other, and a text that is none any more."""
        path = self._random.choice(self._files)
        one, other = self._draft(path), self._draft(self._random.choice(self._files))
        found: list[tuple[Case, bool]] = []
        version = self._random.choice(VERSIONS)
        for _ in range(self._random.randint(1, MOST_MUTATIONS)):
            if one is None or other is None or len(one.text) > LONGEST:
                break
            if self._random.random() < 0.04:
                found.append((case_of(broken(one, other, self._random), str(path), version), False))
            one = mutated(one, other, self._random)
            if one is not None:
                found.append((case_of(one.text, str(path), version), True))
        return found

    def _draft(self, path: Path) -> Draft | None:
        if path not in self._drafts:
            try:
                self._drafts[path] = draft(path.read_text(encoding="utf-8"))
            except (OSError, UnicodeError):
                self._drafts[path] = None
        return self._drafts[path]

    def _judge(self, case: Case, is_python: bool, twin: Twin | None, say: Callable[[str], object]) -> None:
        self.tally.texts += 1
        self._before_each(case)
        for law in LAWS:
            name = law.__name__.replace("_", " ")
            if self._random.random() < _SHARE.get(name, 0.1):
                self.tally.held[name] += 1
                self._note(case, lambda one, law=law: hold(one, (law,)), say)  # type: ignore[misc]
        if twin is not None and self._random.random() < 0.15:
            self.tally.held["the same under another hash seed"] += 1
            self._note(case, twin.agrees, say)
        if twin is not None and is_python and self._random.random() < 0.1:
            self._waiting.append(case)
            if len(self._waiting) == _FILES_A_DOOR:
                self.tally.held["check equals flake8"] += _FILES_A_DOOR
                self._note_doors(say)

    def _note_doors(self, say: Callable[[str], object]) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            doors_agree(waiting)
        except BrokenLawError as error:
            self._keep(error, str(error), say)

    def _note(self, case: Case, law: Callable[[Case], None], say: Callable[[str], object]) -> None:
        try:
            law(case)
        except BrokenLawError as error:
            key = (error.law, error.kind)
            if key in self.tally.broken:
                self.tally.again[key] += 1
                return

            def still_broken(text: str) -> bool:
                smaller = case.with_text(text)
                self._before_each(smaller)
                try:
                    law(smaller)
                except BrokenLawError as other:
                    return (other.law, other.kind) == key
                return False

            small = case.text if error.law == "bounded" else minimised(case.text, still_broken)
            self._keep(error, small, say, case)

    def _keep(
        self, error: BrokenLawError, text: str, say: Callable[[str], object], case: Case | None = None
    ) -> None:
        self.tally.broken[error.law, error.kind] = text
        say(as_test(error, text, case))


def whole_session(files: list[Path], seed: int, seconds: float, current: Path) -> None:
    """A run in this process, which ends with it; `current` always holds the text that is being tried."""

    def remember(case: Case) -> None:
        current.write_bytes(case.text.encode("utf-8", "replace"))

    def say(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    started = cpu_seconds()
    session = Session(files, seed, remember)
    with Twin(hash_seed=seed + 1) as twin:
        session.run(seconds, twin, say)
    tally = session.tally
    minutes = (cpu_seconds() - started) / 60
    say(f"# {tally.texts} texts of {len(files)} files, {minutes:.1f} minutes of CPU, seed {seed}\n")
    for name, count in tally.held.items():
        say(f"#   {count:8} {name}\n")
    for law, kind in tally.broken:
        say(f"#   BROKEN {law}: {kind} ({1 + tally.again[law, kind]} times)\n")
    sys.exit(int(bool(tally.broken)))


def as_test(error: BrokenLawError, text: str, case: Case | None) -> str:
    """A regression test: an entry for the list of tests/fuzzing/test_found.py."""
    origin = f" ({case.path.name}, Airflow {case.settings.airflow_version})" if case else ""
    comment = "\n".join(f"    # {line}" for line in f"{error}{origin}".splitlines())
    lines = "\n".join(f"        {line!r}" for line in text.splitlines(keepends=True) or [text])
    return f"{comment}\n    (\n{lines}\n    ),\n"


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
