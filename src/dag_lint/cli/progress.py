"""How far a long run is: a line on stderr that vanishes, for somebody who watches a terminal."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING, TextIO

from dag_lint.report.style import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dag_lint.inspection import Inspection

_PATIENCE = 1.0
"""Seconds before the first line: most runs are over by then."""
_PAUSE = 0.1
"""Seconds between two lines."""
_LONGEST_BAR = 40


def with_progress(
    inspections: Iterable[Inspection],
    files: int,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Inspection]:
    """What is inspected, as it comes; in between a line says how many of the files are done."""
    stream = sys.stderr if stream is None else stream
    if files < 2 or not is_terminal(stream):
        yield from inspections
        return
    line = _Line(stream, files, clock)
    try:
        for done, inspection in enumerate(inspections, 1):
            if inspection.diagnostics:
                # What is found, or its fix, may be written next, and to the same terminal.
                line.erase()
            yield inspection
            line.draw(done)
    finally:
        line.erase()


class _Line:
    def __init__(self, stream: TextIO, files: int, clock: Callable[[], float]) -> None:
        self._stream, self._files, self._clock = stream, files, clock
        self._next = clock() + _PATIENCE
        self._drawn = False

    def draw(self, done: int) -> None:
        now = self._clock()
        if now < self._next:
            return
        self._next, self._drawn = now + _PAUSE, True
        share = done / self._files
        words = f"{done} of {self._files} files"
        room = min(_LONGEST_BAR, shutil.get_terminal_size().columns - len(words) - 4)
        bar = f" [{'#' * int(room * share):-<{room}}]" if room > 0 else ""
        self._stream.write(f"\r\x1b[K{words}{bar}")
        self._stream.flush()

    def erase(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False
