"""Inspections by the state of their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.caching.folder import Folder
from dag_lint.caching.keys import Keys
from dag_lint.caching.plain import decode, encode
from dag_lint.diagnostic import Diagnostic
from dag_lint.inspection import Inspection, inspect, inspect_file
from dag_lint.lookups import Surroundings, recorded
from dag_lint.project import FileSummary
from dag_lint.reading import NotReadableError, decode_python, read_bytes
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile

if TYPE_CHECKING:
    from dag_lint.inspection import Request
    from dag_lint.lookups import Lookups


class Cache:
    """What is known of the files of one run."""

    def __init__(self, folder: str, request: Request) -> None:
        self._folder = Folder(folder)
        self._request = request
        self._keys = Keys(request)
        self._surroundings = Surroundings()

    def find(self, name: str, content: bytes) -> Inspection | None:
        """What was found in a file that holds this, None when that is not known. Never raises."""
        kept = self._folder.read(self._keys.key(name, content))
        if kept is None:
            return None
        try:
            entry = json.loads(kept)
            if not all(self._surroundings.answer(*asked) == answer for *asked, answer in entry["lookups"]):
                return None
            diagnostics, summary = decode(entry["diagnostics"]), decode(entry["summary"])
        except (AttributeError, TypeError, ValueError, KeyError, RecursionError):
            return None
        if type(diagnostics) is not tuple or not all(isinstance(one, Diagnostic) for one in diagnostics):
            return None
        if not isinstance(summary, (FileSummary, type(None))):
            return None
        text, root = decode_python(content), self._keys.root(name)
        return Inspection(name, text, diagnostics, root, Path(name), summary)

    def inspect(self, name: str) -> Inspection:
        """What is found in a file by analysing it; it is kept. Never raises."""
        try:
            content = read_bytes(name, 4 * MAXIMUM_CHARACTERS)
        except NotReadableError:
            return inspect_file(name, self._request)
        source = SourceFile(name, decode_python(content), Path(name))
        with recorded(self._surroundings) as lookups:
            found = inspect(source, self._request)
        self._keep(self._keys.key(name, content), found, lookups)
        return found

    def _keep(self, key: str, found: Inspection, lookups: Lookups) -> None:
        try:
            entry = {
                "lookups": [[*asked, answer] for asked, answer in lookups.items()],
                "diagnostics": encode(found.diagnostics),
                "summary": encode(found.summary),
            }
        except TypeError:
            return
        self._folder.write(key, json.dumps(entry, separators=(",", ":")).encode())
