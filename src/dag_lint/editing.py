"""Text edits carried out on the bytes of a file: every byte that no edit names stays."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dag_lint.diagnostic import Position, TextEdit

_NEWLINE = re.compile("\r\n|\r|\n")
_BOM = "\ufeff"


class NotEditableError(Exception):
    """A file whose bytes edits cannot be trusted with; its text says why."""


@dataclass(frozen=True, slots=True)
class EditableText:
    """The text of a Python file with the very newlines, encoding and BOM it has on disk."""

    _raw: str
    _encoding: str
    _starts: tuple[int, ...]
    """Where each line begins."""
    _newline: str
    """That of most lines, for lines that an edit adds."""

    @classmethod
    def of(cls, content: bytes) -> EditableText:
        """Raises NotEditableError for bytes that decoding and encoding would not give back as they are."""
        try:
            name, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
            # The BOM is kept as a character.
            encoding = "utf-8" if name == "utf-8-sig" else name
            raw = content.decode(encoding)
            exact = raw.encode(encoding) == content
        except (SyntaxError, UnicodeError, LookupError):
            raise NotEditableError("it is not in the encoding that it says it is") from None
        if not exact:
            raise NotEditableError(f"its encoding, {name}, would not give back the same bytes")
        # Decoding takes one away, and flake8 another one.
        first = len(raw) - len(raw.removeprefix(_BOM).removeprefix(_BOM))
        ends = list(_NEWLINE.finditer(raw))
        newline = Counter(end.group() for end in ends).most_common(1)
        return cls(raw, encoding, (first, *(end.end() for end in ends)), newline[0][0] if newline else "\n")

    def edited(self, edits: Iterable[TextEdit]) -> bytes:
        """The bytes after edits that do not overlap. Raises NotEditableError when one does not fit."""
        pieces: list[str] = []
        done = 0
        for edit in sorted(edits, key=lambda edit: edit.span):
            start, end = self._offset(edit.span.start), self._offset(edit.span.end)
            if not done <= start <= end:
                raise NotEditableError("two edits overlap")
            pieces += (self._raw[done:start], edit.text.replace("\n", self._newline))
            done = end
        pieces.append(self._raw[done:])
        try:
            return "".join(pieces).encode(self._encoding)
        except UnicodeError:
            raise NotEditableError(
                f"its encoding, {self._encoding}, lacks a character of the new text"
            ) from None

    def _offset(self, position: Position) -> int:
        if not 1 <= position.line <= len(self._starts):
            raise NotEditableError("an edit lies outside of it")
        offset = self._starts[position.line - 1] + position.column
        last = self._starts[position.line] if position.line < len(self._starts) else len(self._raw)
        if position.column < 0 or offset > last:
            raise NotEditableError("an edit lies outside of it")
        return offset
