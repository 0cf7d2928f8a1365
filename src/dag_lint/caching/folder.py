"""The folder of a cache: one file for each entry, replaced whole, and never more than it may hold."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from contextlib import suppress

from dag_lint.reading import NotReadableError, read_bytes

FORMAT = "1"
"""Of the folder and its entries; another one has a folder of its own."""

SHELVES = 256
MOST_BYTES = 64 * 1024 * 1024
"""In all: the oldest entries make room. Each shelf, the first two digits of a key, keeps to its part of it."""
_DAY = 24 * 60 * 60

_ENTRY = re.compile(r"[0-9a-f]{30}")
_UNFINISHED = re.compile(r"[0-9a-z_]+\.new")

_TAG = """Signature: 8a477f597d28d172789f06886806bc55
# This folder was made by dag-lint and may be removed at any time.
# About cache directory tags see https://bford.info/cachedir/
"""


class Folder:
    """Entries by their keys, 32 hexadecimal digits each. Nothing here raises: what fails was not kept.

    Any number of processes may use the same folder.
    """

    def __init__(self, path: str, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._most_on_a_shelf = most_bytes // SHELVES
        self._made = False

    def read(self, key: str) -> bytes | None:
        """What was kept under a key, None when nothing was, or when it is not as it was written."""
        place = self._place(key)
        try:
            digest, _, content = read_bytes(place, self._most_on_a_shelf).partition(b"\n")
        except NotReadableError:
            return None
        if digest != _digest(content):
            return None
        self._keep_young(place)
        return content

    def write(self, key: str, content: bytes) -> None:
        """Keep something under a key."""
        whole = _digest(content) + b"\n" + content
        if len(whole) > self._most_on_a_shelf:
            return
        place = self._place(key)
        shelf = os.path.dirname(place)
        with suppress(OSError, ValueError):
            self._make()
            os.makedirs(shelf, mode=0o700, exist_ok=True)
            descriptor, new = tempfile.mkstemp(suffix=".new", dir=shelf)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(whole)
                os.replace(new, place)
            except BaseException:
                os.unlink(new)
                raise
            self._make_room(shelf)

    def _place(self, key: str) -> str:
        return os.path.join(self._path, FORMAT, key[:2], key[2:])

    def _make(self) -> None:
        if self._made:
            return
        os.makedirs(os.path.join(self._path, FORMAT), mode=0o700, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            with (
                suppress(FileExistsError),
                open(os.path.join(self._path, name), "x", encoding="ascii") as file,
            ):
                file.write(text)
        self._made = True

    def _keep_young(self, place: str) -> None:
        with suppress(OSError):
            if time.time() - os.stat(place).st_mtime > _DAY:
                os.utime(place)

    def _make_room(self, shelf: str) -> None:
        """Remove the oldest entries of a shelf that is too full, and what a process left that was killed."""
        entries: list[tuple[float, int, str]] = []
        with os.scandir(shelf) as found:
            for one in found:
                with suppress(OSError):
                    status = one.stat(follow_symlinks=False)
                    if _ENTRY.fullmatch(one.name):
                        entries.append((status.st_mtime, status.st_size, one.path))
                    elif _UNFINISHED.fullmatch(one.name) and time.time() - status.st_mtime > _DAY:
                        os.unlink(one.path)
        size = sum(one[1] for one in entries)
        for _, freed, path in sorted(entries):
            if size <= self._most_on_a_shelf:
                break
            with suppress(OSError):
                os.unlink(path)
            size -= freed


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).hexdigest().encode()
