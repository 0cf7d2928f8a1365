"""What fixes would change, as a unified diff that `patch -p0` and `git apply -p0` take."""

from __future__ import annotations

import io
import tokenize
from difflib import unified_diff

from dag_lint.report.concise import escaped

_COLOURS = {"---": "1", "+++": "1", "@@ ": "36", "-": "31", "+": "32"}
"""By the beginning of a line, the longest first: bold, cyan, red, green."""


def diff(path: str, before: bytes, after: bytes, *, coloured: bool = False) -> str:
    """The difference between two contents of a file; carriage returns are part of a line."""
    lines = unified_diff(_lines(before), _lines(after), escaped(path), escaped(path), lineterm="\n")
    return "".join(_ended(_painted(line) if coloured else line) for line in lines)


def _lines(content: bytes) -> list[str]:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        text = content.decode("latin-1")
    # Not str.splitlines, which also ends a line at a form feed, nor universal newlines, which lose some.
    *lines, last = text.split("\n")
    return [line + "\n" for line in lines] + ([last] if last else [])


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _painted(line: str) -> str:
    text = line.removesuffix("\n")
    colour = next((colour for start, colour in _COLOURS.items() if text.startswith(start)), None)
    if colour is None:
        return line
    return f"\033[{colour}m{text}\033[0m" + line[len(text) :]
