"""Bounded reading of files that strangers wrote: regular files only, up to a size, never waiting."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import tokenize
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SMALL = 256 * 1024
"""More than any hand-written configuration file; less than what a hostile one needs to cost seconds."""


class NotReadableError(Exception):
    """A file that exists and is not read; its text says why."""


def read_bytes(path: Path | str, limit: int = SMALL) -> bytes:
    """The bytes of a regular file of at most `limit` bytes, else NotReadableError."""
    try:
        # O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotReadableError("it is not a regular file")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                content = file.read(limit + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise NotReadableError(error.strerror or type(error).__name__) from None
    except ValueError:
        raise NotReadableError("its name holds a null character") from None
    if len(content) > limit:
        raise NotReadableError(f"it is larger than {limit:,} bytes")
    return content


def decode_python(content: bytes) -> str:
    """The text of a Python file, as flake8 reads it: by its cookie or its BOM, with universal newlines."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        text = content.decode("latin-1").removeprefix("\xef\xbb\xbf")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def parse_toml(content: bytes) -> dict[str, Any]:
    """The document that a TOML file holds, else NotReadableError."""
    # Imported here: most projects never make us read TOML.
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover - coverage is measured on the newest Python
        import tomli as tomllib
    try:
        document: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise NotReadableError("it nests too deeply") from None
    except ValueError as error:
        raise NotReadableError(str(error)) from None
    return document


def is_bounded_glob(pattern: str) -> bool:
    """Whether matching a pattern of names takes no time: each star in a name multiplies it by the name's length."""
    stars = [re.sub(r"\*+", "*", part).count("*") for part in pattern.split("/")]
    return max(stars) <= _STARS_IN_A_NAME and sum(stars) <= 2 * _STARS_IN_A_NAME


_STARS_IN_A_NAME = 4
"""With six, a name of 120 letters takes half a minute. Nobody writes more than three."""
