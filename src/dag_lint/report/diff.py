"""What fixes would change, as a unified diff that `patch -p0` and `git apply -p0` take."""

from __future__ import annotations

import io
import tokenize
from difflib import unified_diff
from typing import TYPE_CHECKING

from dag_lint.report.concise import escaped
from dag_lint.report.style import PLAIN

if TYPE_CHECKING:
    from dag_lint.report.style import Style


def diff(path: str, before: bytes, after: bytes, style: Style = PLAIN) -> str:
    """The difference between two contents of a file; carriage returns are part of a line."""
    name = escaped(path)
    return "".join(_dressed(line, style) for line in unified_diff(_lines(before), _lines(after), name, name))


def _lines(content: bytes) -> list[str]:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        text = content.decode("latin-1")
    # Not str.splitlines, which also ends a line at a form feed, nor universal newlines, which lose some.
    *lines, last = text.split("\n")
    return [line + "\n" for line in lines] + ([last] if last else [])


def _dressed(line: str, style: Style) -> str:
    text = line.removesuffix("\n")
    if text.startswith(("--- ", "+++ ")):
        text = style.bold(text)
    elif text.startswith("@@ "):
        text = style.dim(text)
    elif text.startswith("-"):
        text = style.removed(text)
    elif text.startswith("+"):
        text = style.added(text)
    return f"{text}\n" if line.endswith("\n") else f"{text}\n\\ No newline at end of file\n"
