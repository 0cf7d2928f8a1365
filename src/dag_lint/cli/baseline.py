"""`dag-lint check` and the findings of old: what a baseline knows is silent, and --write-baseline writes it."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.cli import since
from dag_lint.cli.standard_input import STDIN
from dag_lint.diagnostic import Diagnostic, Position, Severity, Span, not_analysed
from dag_lint.pyproject import settings_under
from dag_lint.selection import selected
from dag_lint.settings import overrides_in
from dag_lint.target import project_root

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from dag_lint.baseline import Baseline, Entry, Place
    from dag_lint.inspection import Inspection


def add_options(parser: ArgumentParser) -> None:
    """Declare the options about the baseline."""
    group = parser.add_argument_group("findings of old")
    group.add_argument(
        "--write-baseline",
        nargs="?",
        const="",
        type=_file,
        metavar="FILE",
        help="write what is found into the baseline instead of reporting it; default: the file that the setting "
        "baseline names, or else dag-lint-baseline.json in the root of the project",
    )
    group.add_argument(
        "--no-baseline",
        action="store_const",
        dest="baseline",
        const="",
        help="report what the baseline knows, too",
    )
    since.add_options(group)


def _file(text: str) -> str:
    if text and (text == STDIN or text.endswith(".py") or Path(text).is_dir()):
        raise ArgumentTypeError(
            f"{text} is to be linted and is no baseline; name it first: dag-lint check {text} --write-baseline"
        )
    return text


def misused(options: Namespace) -> str | None:
    """What is wrong with the request, if anything is."""
    if options.write_baseline is None:
        return None
    if options.changed_since is not None:
        return "--write-baseline writes all findings: leave --changed-since away"
    if options.paths == [STDIN]:
        return "--write-baseline is about files, and stdin is none: name the file"
    if options.add_noqa or options.diff:
        return "--write-baseline goes neither with --add-noqa nor with --diff: one after the other"
    return None


@dataclass(slots=True)
class _Seen:
    """What a run saw of a baseline."""

    baseline: Baseline
    used: set[Entry] = field(default_factory=set)
    """Entries that know a finding."""
    found: set[Entry] = field(default_factory=set)
    """What would make all findings known."""
    new: int = 0
    """How many findings no entry knows."""
    unclear: set[str] = field(default_factory=set)
    """Paths of files that could not be analysed: nothing is known of their findings."""


class Baselines:
    """The baselines of the projects that a run comes to, and what it saw of them."""

    def __init__(self, options: Namespace, files: Iterable[str]) -> None:
        self._overrides = overrides_in(options)
        self._given: str | None = options.write_baseline
        self._writes = self._given is not None
        self._sees_all = options.changed_since is None and options.paths != [STDIN]
        self._folders = [os.path.abspath(path) for path in options.paths if Path(path).is_dir()]  # noqa: PTH100
        self._files = {os.path.abspath(name) for name in files}  # noqa: PTH100
        self._seen: dict[Place, _Seen] = {}
        self._told: set[Place] = set()

    def reported(self, inspection: Inspection) -> tuple[Diagnostic, ...]:
        """What the baseline of a file does not know; asking changes nothing."""
        place = self._place_for(inspection)
        if place is None:
            return inspection.diagnostics
        from dag_lint.baseline import read_baseline

        found = inspection.diagnostics
        known = read_baseline(place)[0].known(found, inspection.text, inspection.path)
        return tuple(one for one, entry in zip(found, known, strict=True) if entry is None)

    def without_known(self, inspection: Inspection) -> Inspection:
        """A file with what is to be reported: what its baseline does not know.

        While a baseline is written, that is only what could not be done.
        """
        place = self._place_for(inspection)
        if place is None:
            return inspection
        from dag_lint.baseline import read_baseline

        baseline, problem = read_baseline(place)
        seen = self._seen.setdefault(place, _Seen(baseline))
        found, text, path = inspection.diagnostics, inspection.text, inspection.path
        known = baseline.known(found, text, path)
        seen.used.update(entry for entry in known if entry is not None)
        if any(one.code == "DAG000" for one in found):
            seen.unclear.add(baseline.path_of(path))
        if self._writes:
            seen.found.update(baseline.entries_for(found, text, path))
            seen.new += sum(
                entry is None and one.code != "DAG000" for one, entry in zip(found, known, strict=True)
            )
            return replace(inspection, diagnostics=tuple(one for one in found if one.code == "DAG000"))
        left = [one for one, entry in zip(found, known, strict=True) if entry is None]
        if problem is not None and place not in self._told:
            self._told.add(place)
            left.insert(0, not_analysed(path, problem))
        return replace(inspection, diagnostics=tuple(left))

    def finish(self) -> int:
        """Write the baselines, or tell of entries that no longer occur; the exit status."""
        if self._writes:
            return max([self._write(place, seen) for place, seen in self._seen.items()], default=0)
        for place, seen in self._seen.items() if self._sees_all else ():
            left = (entry for entry in seen.baseline.entries if entry not in seen.used)
            gone = sum(self._covers(entry, seen) for entry in left)
            if gone:
                entries, occur, them = ("entries", "occur", "them") if gone > 1 else ("entry", "occurs", "it")
                told = f"{gone} {entries} of {_shown(place)} no longer {occur}"
                _tell(f"{told}; --write-baseline removes {them}")
        return 0

    def _place_for(self, inspection: Inspection) -> Place | None:
        """The baseline that a file belongs to, None when there is none."""
        root = project_root(Path(inspection.path))
        name = settings_under(root, self._overrides).baseline
        if not name and not self._writes:
            return None
        from dag_lint.baseline import DEFAULT_NAME, Place, place_for

        if self._given:
            return Place(Path(os.path.abspath(self._given)))  # noqa: PTH100
        place = place_for(name, root, self._overrides) if name else Place((root or Path.cwd()) / DEFAULT_NAME)
        # Without a DAG file, a project needs no baseline.
        return place if inspection.text or not self._writes or place.file.exists() else None

    def _covers(self, entry: Entry, seen: _Seen) -> bool:
        """Whether the finding of an entry would have been found by this run, if it were there."""
        path = os.path.normpath(seen.baseline.base / entry.path)
        inside = path in self._files or any(Path(path).is_relative_to(folder) for folder in self._folders)
        return inside and entry.path not in seen.unclear and self._reports(entry.code, Path(path))

    def _reports(self, code: str, path: Path) -> bool:
        """Whether findings of a rule are reported for a file: options may have selected others."""
        from dag_lint.rules import ALL_RULES

        start = Position(1, 0)
        severity = next((rule.severity for rule in ALL_RULES if rule.code == code), Severity.ERROR)
        one = Diagnostic(str(path), code, "", "", Span(start, start), severity)
        root = project_root(path)
        return bool(selected([one], settings_under(root, self._overrides), path, root))

    def _write(self, place: Place, seen: _Seen) -> int:
        from dag_lint.baseline import write_baseline
        from dag_lint.rewriting import NotWrittenError

        before = seen.baseline.entries
        moved = {entry for entry in seen.used if not seen.baseline.exists(entry)}
        kept = {entry for entry in before if entry not in moved and not self._covers(entry, seen)}
        gone = sum(entry not in seen.used and entry not in kept for entry in before)
        try:
            write_baseline(place, seen.found | kept)
        except NotWrittenError as error:
            _tell(f"{_shown(place)} could not be written: {error}")
            return 2
        total = len(seen.found | kept)
        _tell(f"{_shown(place)} holds {total} finding{'s' * (total != 1)} now: {seen.new} new, {gone} gone")
        root, name = project_root(place.file), seen.baseline.path_of(place.file)
        if settings_under(root, {}).baseline != name:
            _tell(
                f'flake8 and dag-lint honour it with baseline = "{name}" in [tool.dag-lint] of pyproject.toml'
            )
        return 0


def _shown(place: Place) -> str:
    """A file as the user would name it from here."""
    here = Path.cwd()
    return str(place.file.relative_to(here) if place.file.is_relative_to(here) else place.file)


def _tell(text: str) -> None:
    # What comes after the findings is to stand after them, wherever both go.
    sys.stdout.flush()
    sys.stderr.write(f"dag-lint: {text}\n")
