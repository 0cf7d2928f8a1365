"""What the analysis of a file asks of the files around it, so that a cache can tell when to repeat it.

Whoever looks at something beside the file says so first, with `note`; while `recorded` runs, what is there is
written down. Answers are short texts: they are the same as long as the analysis could not tell a difference.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dag_lint.reading import NotReadableError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Lookups = dict[tuple[str, str], str]
"""What was asked, (question, path), with the answer."""


class Surroundings:
    """The files of a machine as one run sees them: what is asked again is answered as before."""

    def __init__(self) -> None:
        self._answers: Lookups = {}
        self._folders: dict[str, str] = {}

    def answer(self, question: str, path: str) -> str:
        """What there is to say of a path. Never raises.

        Questions: `place`, what lies there, links followed; `content`, what a file holds; `some PATTERN`,
        whether a folder holds such a name; `names PATTERN ...`, which it holds.
        """
        known = self._answers.get((question, path))
        if known is None:
            kind, _, patterns = question.partition(" ")
            try:
                known = _ANSWERS[kind](self, path, patterns)
            except (OSError, ValueError, KeyError) as error:
                known = type(error).__name__
            self._answers[question, path] = known
        return known

    def place(self, path: str, _: str) -> str:
        """Where a path leads to, and whether to a file or a folder."""
        real = self._real(path)
        try:
            mode = os.stat(real).st_mode
        except OSError:
            return f"nothing {real}"
        return f"{'file' if stat.S_ISREG(mode) else 'folder' if stat.S_ISDIR(mode) else 'other'} {real}"

    def _real(self, path: str) -> str:
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir):
            return os.path.realpath(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        straight = os.path.join(self._folders[folder], name)
        return os.path.realpath(straight) if os.path.islink(straight) else straight

    def content(self, path: str, _: str) -> str:
        """A digest of what a file holds, or why it cannot be read."""
        try:
            return hashlib.blake2b(read_bytes(path), digest_size=16).hexdigest()
        except NotReadableError as error:
            return str(error)

    def some(self, path: str, pattern: str) -> str:
        """Whether a folder holds a name."""
        with os.scandir(path) as entries:
            return str(any(fnmatch.fnmatch(entry.name, pattern) for entry in entries))

    def names(self, path: str, patterns: str) -> str:
        """The names that a folder holds."""
        with os.scandir(path) as entries:
            names = [entry.name for entry in entries]
        return "/".join(sorted({name for one in patterns.split() for name in fnmatch.filter(names, one)}))


_ANSWERS: dict[str, Callable[[Surroundings, str, str], str]] = {
    "place": Surroundings.place,
    "content": Surroundings.content,
    "some": Surroundings.some,
    "names": Surroundings.names,
}

_RECORDING: list[tuple[Surroundings, Lookups]] = []


@contextmanager
def recorded(surroundings: Surroundings) -> Iterator[Lookups]:
    """Write down what is asked meanwhile, with the answers."""
    found: Lookups = {}
    _RECORDING.append((surroundings, found))
    try:
        yield found
    finally:
        _RECORDING.pop()


def note(question: str, path: Path | str) -> None:
    """Say what is going to be asked of a path; see `Surroundings.answer` for the questions."""
    if _RECORDING:
        surroundings, found = _RECORDING[-1]
        key = (question, os.path.abspath(path))
        if key not in found:
            found[key] = surroundings.answer(*key)
