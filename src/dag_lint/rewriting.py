"""Files replaced whole or not at all: nobody ever reads, or is left with, half of one."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress

from dag_lint.reading import NotReadableError, read_bytes


class NotWrittenError(Exception):
    """A file that was left as it is; its text says why."""


def replace_file(path: str, expected: bytes, content: bytes) -> None:
    """Put `content` in the place of a file that holds `expected`; its mode, owner and attributes stay.

    A link is followed: the file that it leads to is replaced. Raises NotWrittenError, and then nothing has
    changed: for a file that is read-only, that has several names of which one would go its own way, or that
    no longer holds `expected`.
    """
    target = os.path.realpath(path)
    try:
        before = os.stat(target)
        if not before.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(
            target, os.W_OK
        ):
            raise NotWrittenError("it is read-only")
        if before.st_nlink > 1:
            raise NotWrittenError("it has several names (hard links)")
        _replace(target, content, expected, before)
    except (OSError, NotReadableError) as error:
        raise NotWrittenError(getattr(error, "strerror", None) or str(error)) from None


def write_file(path: str, content: bytes) -> None:
    """Make a file, or replace it whole. Raises NotWrittenError, and then nothing has changed."""
    if os.path.lexists(path):
        try:
            expected = read_bytes(path, _ANY_SIZE)
        except NotReadableError as error:
            raise NotWrittenError(str(error)) from None
        replace_file(path, expected, content)
        return
    try:
        _replace(path, content, None, None)
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from None


_ANY_SIZE = 1 << 30


def _replace(target: str, content: bytes, expected: bytes | None, before: os.stat_result | None) -> None:
    # In the same folder: only within a file system is a renaming atomic.
    descriptor, temporary = tempfile.mkstemp(prefix=".dag-lint-", dir=os.path.dirname(target) or ".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if before is None:
            os.chmod(temporary, 0o666 & ~_umask())
        else:
            _keep_attributes(target, temporary, before)
        if expected is not None and read_bytes(target, len(expected) + 1) != expected:
            raise NotWrittenError("it was changed meanwhile")
        os.replace(temporary, target)
    except BaseException:
        # An interrupt too leaves no litter.
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _keep_attributes(target: str, temporary: str, before: os.stat_result) -> None:
    if hasattr(os, "chown"):
        new = os.stat(temporary)
        if (new.st_uid, new.st_gid) != (before.st_uid, before.st_gid):
            os.chown(temporary, before.st_uid, before.st_gid)
    # Mode and extended attributes; the time of the last change is now.
    shutil.copystat(target, temporary)
    os.utime(temporary)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
