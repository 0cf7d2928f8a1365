"""The baseline: a file that holds the findings of old, so that only new ones are reported.

It is JSON with one finding a line, sorted, so that two branches that touch different DAGs merge. A finding is
known by its fingerprint and by the path of its file; the rest of a line is for people. A file that was renamed
takes its entries with it: an entry whose file is gone counts for any file.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.fingerprint import fingerprints
from dag_lint.reading import NotReadableError, read_bytes
from dag_lint.rewriting import NotWrittenError, write_file
from dag_lint.target import project_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dag_lint.diagnostic import Diagnostic

DEFAULT_NAME = "dag-lint-baseline.json"

_VERSION = 1

_LIMIT = 32 * 1024 * 1024
"""Some two hundred thousand findings."""

_LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finding of old. Only its path and its fingerprint count."""

    path: str
    """From the root of the project, with slashes."""
    code: str
    text: str
    """The line on which the finding stood."""
    fingerprint: str

    @property
    def name(self) -> str:
        """The fingerprint without its number: equal findings of a file are counted."""
        return self.fingerprint.partition(":")[0]


class Baseline:
    """The entries of one file, and which findings they know."""

    __slots__ = ("_homeless", "_own", "base", "entries")

    def __init__(self, base: Path, entries: Iterable[Entry] = ()) -> None:
        self.base = base
        """The folder that the paths of the entries begin at."""
        self.entries = tuple(entries)
        self._own: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._own[entry.path].append(entry)
        self._homeless: list[Entry] | None = None

    def path_of(self, location: Path | str) -> str:
        """A file as entries name it."""
        # Links stay as written, as they do in project_root.
        whole = os.path.abspath(location)  # noqa: PTH100
        try:
            return os.path.relpath(whole, self.base).replace(os.sep, "/")
        except ValueError:  # on another drive
            return whole.replace(os.sep, "/")

    def exists(self, entry: Entry) -> bool:
        """Whether the file of an entry is still there."""
        try:
            return os.path.lexists(self.base / entry.path)
        except ValueError:  # its name holds a null character
            return False

    def known(self, found: Sequence[Diagnostic], text: str, location: Path | str) -> list[Entry | None]:
        """For each finding in a file the entry that knows it, in the order of the text.

        Of equal findings, the first are known, as many as there are entries. Entries of the file itself come
        first, then those whose file is gone. What could not be done is never known.
        """
        wanted = [one for one in found if one.code != "DAG000"]
        if not wanted or not self.entries:
            return [None] * len(found)
        names = dict(zip(map(id, wanted), fingerprints(wanted, text), strict=True))
        left: dict[str, list[Entry]] = defaultdict(list)
        path = self.path_of(location)
        for entry in (*self._own.get(path, ()), *(one for one in self._without_file() if one.path != path)):
            left[entry.name].append(entry)
        answer: dict[int, Entry] = {}
        for one in sorted(wanted, key=lambda one: one.span):
            candidates = left[names[id(one)].partition(":")[0]]
            if candidates:
                answer[id(one)] = candidates.pop(0)
        return [answer.get(id(one)) for one in found]

    def entries_for(self, found: Sequence[Diagnostic], text: str, location: Path | str) -> list[Entry]:
        """The entries that make the findings of a file known."""
        path, lines = self.path_of(location), text.split("\n")
        wanted = [one for one in found if one.code != "DAG000"]
        return [
            Entry(path, one.code, one_line(lines[one.span.start.line - 1], _LONGEST_TEXT), name)
            for one, name in zip(wanted, fingerprints(wanted, text), strict=True)
        ]

    def _without_file(self) -> list[Entry]:
        if self._homeless is None:
            gone = {path for path, entries in self._own.items() if not self.exists(entries[0])}
            self._homeless = [entry for entry in self.entries if entry.path in gone]
        return self._homeless


@dataclass(frozen=True, slots=True)
class Place:
    """Where a baseline lies."""

    file: Path
    bound: Path | None = None
    """The project whose settings name it: it has to lie in there. None where the user names it."""

    @property
    def leads_out(self) -> bool:
        """Whether settings name a file that is not of their project: strangers wrote them."""
        if self.bound is None:
            return False
        return not Path(os.path.realpath(self.file)).is_relative_to(os.path.realpath(self.bound))


def place_for(name: str, root: Path | None, overrides: Mapping[str, object]) -> Place:
    """Where the baseline lies that the settings of a file name: an option from here, a project from its root."""
    if "baseline" in overrides or root is None:
        return Place(Path(os.path.abspath(name)))  # noqa: PTH100
    return Place(root / name, root)


@cache
def read_baseline(place: Place) -> tuple[Baseline, str | None]:
    """A baseline, and what is wrong with it, if anything is: then it knows no finding, and hides none."""
    base = project_root(place.file) or place.file.parent
    try:
        if place.leads_out:
            raise NotReadableError("it is not in the project")
        document = json.loads(read_bytes(place.file, _LIMIT).decode("utf-8-sig"))
        return Baseline(base, _entries(document)), None
    except (NotReadableError, ValueError, RecursionError) as error:
        reason = "it nests too deeply" if isinstance(error, RecursionError) else str(error)
    return Baseline(base), (
        f"the baseline {place.file.name} cannot be read, so it hides nothing: {one_line(reason, 60)};"
        " dag-lint check --write-baseline writes it"
    )


def write_baseline(place: Place, entries: Iterable[Entry]) -> None:
    """Replace the file of a baseline whole. Raises NotWrittenError."""
    if place.leads_out:
        raise NotWrittenError("it is not in the project")
    lines = ",\n".join(
        "    " + json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
        for entry in sorted(set(entries))
    )
    text = f'{{\n  "version": {_VERSION},\n  "findings": [\n{lines}\n  ]\n}}\n'
    write_file(str(place.file), text.encode())


def _entries(document: object) -> list[Entry]:
    """What a document holds. Raises ValueError."""
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise ValueError("it is no baseline of dag-lint")
    if document.get("version") != _VERSION:
        raise ValueError(
            f"it is of version {document.get('version')!r:.20}, and this dag-lint reads {_VERSION}"
        )
    found = []
    for one in document["findings"]:
        values = (
            {key: value for key, value in one.items() if isinstance(value, str)}
            if isinstance(one, dict)
            else {}
        )
        if not values.keys() >= {"path", "code", "text", "fingerprint"}:
            raise ValueError(f"{one!r:.30} is no finding")
        found.append(Entry(values["path"], values["code"], values["text"], values["fingerprint"]))
    return found
