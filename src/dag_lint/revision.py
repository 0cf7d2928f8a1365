"""What a revision of a repository knows of the findings of today: the old files, linted in their old surroundings.

What a file means hangs on its neighbours: settings, pins, templates, modules beside it. So the projects of the
files in question are written into a temporary folder as they were, with the same layout.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dag_lint.fingerprint import fingerprints
from dag_lint.git import GitError, Repository
from dag_lint.indexing import with_project_findings
from dag_lint.inspecting import inspect_all
from dag_lint.reading import SMALL
from dag_lint.source import MAXIMUM_CHARACTERS
from dag_lint.target import ROOT_FILES, project_root

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.git import OldFile
    from dag_lint.inspecting import Effort
    from dag_lint.inspection import Inspection, Request

MOST_FILES = 200_000
MOST_BYTES = 1 << 30
MOST_DELETED = 1_000


class Comparison:
    """A repository as it is now, beside one of its revisions."""

    __slots__ = ("_known", "_now", "_old", "_paths", "_repository", "_roots", "_top")

    def __init__(self, top: Path, revision: str) -> None:
        """Raises GitError."""
        self._top = top
        self._repository = Repository(top)
        commit = self._repository.commit(revision)
        self._old = {file.path: file for file in self._repository.files(commit)}
        self._now = self._repository.differences(commit)
        self._roots = {project_root(top / path) for path in self._now.changed}
        self._known: dict[str, Counter[str]] = {}

    def may_have_new(self, name: str) -> bool:
        """Whether a file can have findings that it had not: it, or something in its project, differs."""
        return project_root(Path(name)) in self._roots or self._path(name) not in self._old

    def learn(self, inspections: Iterable[Inspection], request: Request, effort: Effort) -> None:
        """Find out which findings of files the revision had. Raises GitError."""
        asking = [one for one in inspections if any(found.code != "DAG000" for found in one.diagnostics)]
        if not asking:
            return
        before = {one.path: self._path_before(one.path) for one in asking}
        with TemporaryDirectory(prefix="dag-lint-", ignore_cleanup_errors=True) as folder:
            old = _OldTree(Path(folder) / (self._top.name or "top"), self._repository, self._old)
            roots = {self._root_now(one.path) for one in asking}
            names = old.findings(
                [path for path in before.values() if path is not None], roots, request, effort
            )
            for one in asking:
                path = before[one.path]
                # A file may be given by two names; each of them has all that the old one had.
                self._known[one.path] = Counter() if path is None else Counter(names[path])
            homeless = [one for one in asking if before[one.path] is None]
            if homeless:
                self._adopt(homeless, old.findings(self._deleted(), roots, request, effort))

    def without_old(self, inspection: Inspection) -> Inspection:
        """A file with the findings that the revision had not; of equal ones, the last.

        What could not be done is kept, unless the file itself is as it was.
        """
        path = self._path(inspection.path)
        unchanged = path in self._old and path not in self._now.changed
        left = self._known.get(inspection.path, Counter()).copy()
        old: set[int] = set()
        for found, name in _named(inspection):
            if unchanged if found.code == "DAG000" else left[name]:
                old.add(id(found))
                left[name] -= 1
        return replace(
            inspection, diagnostics=tuple(one for one in inspection.diagnostics if id(one) not in old)
        )

    def _adopt(self, inspections: Iterable[Inspection], deleted: dict[str, Counter[str]]) -> None:
        """Give files that are new the findings of files that are gone: git follows no file that it does not know."""
        left = sum(deleted.values(), Counter())
        for one in inspections:
            now = Counter(name for found, name in _named(one) if found.code != "DAG000")
            self._known[one.path] = now & left
            left -= now

    def _path(self, name: str) -> str:
        """A file as git names it; through links only if there is none under the name as it is written."""
        whole = Path(os.path.abspath(name))  # noqa: PTH100
        if whole.is_relative_to(self._top):
            path = whole.relative_to(self._top).as_posix()
            if path in self._old:
                return path
        real, top = os.path.realpath(whole), os.path.realpath(self._top)
        return Path(os.path.relpath(real, top)).as_posix()

    def _path_before(self, name: str) -> str | None:
        """Where a file was; None for one that was not there."""
        path = self._path(name)
        if path in self._now.renamed:
            return self._now.renamed[path]
        return path if path in self._old else None

    def _root_now(self, name: str) -> str:
        """The root of a file's project, from the top."""
        root = project_root(Path(name))
        return "" if root in (None, self._top) else f"{self._path(str(root))}/"

    def _deleted(self) -> list[str]:
        found = sorted(path for path in self._now.deleted if path.endswith(".py") and path in self._old)
        return found[:MOST_DELETED]


class _OldTree:
    """The files of a revision, of which projects are written into a folder when something in them is asked."""

    def __init__(self, top: Path, repository: Repository, files: dict[str, OldFile]) -> None:
        self._top = top
        self._repository = repository
        self._files = files
        self._roots = {posixpath.dirname(path) for path in files if posixpath.basename(path) in ROOT_FILES}
        self._written: set[str] = set()
        # The search for the root of a project ends here.
        (top / ".git").mkdir(parents=True)

    def findings(
        self, paths: Collection[str], roots: Collection[str], request: Request, effort: Effort
    ) -> dict[str, Counter[str]]:
        """The fingerprints of what was found in old files, by their paths.

        `roots`: folders that make up the projects of today, with a slash at their ends.
        """
        self._write({*roots, *map(self._root_of, paths)} if paths else ())
        names = {str(self._top / path): path for path in paths}
        old = inspect_all(sorted(names), request, effort)
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for inspection in with_project_findings(old, request):
            found[names[inspection.path]] = Counter(name for _, name in _named(inspection))
        return found

    def _root_of(self, path: str) -> str:
        """The root of the project that a file was in, with a slash at its end, empty for the top."""
        folder = posixpath.dirname(path)
        while folder and folder not in self._roots:
            folder = posixpath.dirname(folder)
        return f"{folder}/" if folder else ""

    def _write(self, roots: Collection[str]) -> None:
        wanted = tuple(root for root in roots)
        files = (
            [
                file
                for path, file in self._files.items()
                if path not in self._written and path.startswith(wanted) and _is_harmless(path)
            ]
            if wanted
            else []
        )
        contents = [file for file in files if file.size <= _most_bytes(file)]
        if len(files) > MOST_FILES or sum(file.size for file in contents) > MOST_BYTES:
            raise GitError("its project is too large to compare: more than 200,000 files or a gigabyte")
        self._written.update(file.path for file in files)
        for file in files:
            place = self._top / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            if not file.is_link:
                # What is too large to be read is there all the same.
                place.touch()
        links = []
        for file, content in self._repository.contents(contents):
            if file.is_link:
                links.append((file, content))
            else:
                (self._top / file.path).write_bytes(content)
        for file, content in links:
            self._link(file, os.fsdecode(content))

    def _link(self, file: OldFile, target: str) -> None:
        """Make a link, unless it leads out of the tree, or the system has none."""
        where = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), target))
        if not posixpath.isabs(target) and where != ".." and not where.startswith("../"):
            with suppress(OSError, NotImplementedError):
                (self._top / file.path).symlink_to(target)


def _named(inspection: Inspection) -> Iterator[tuple[Diagnostic, str]]:
    """The findings in a file in the order of the text, with their fingerprints; equal ones have the same."""
    found: Sequence[Diagnostic] = sorted(inspection.diagnostics, key=lambda one: one.span)
    for one, name in zip(found, fingerprints(found, inspection.text), strict=True):
        yield one, name.partition(":")[0]


def _most_bytes(file: OldFile) -> int:
    """How large a file may be to be read at all."""
    return 4 * MAXIMUM_CHARACTERS if file.path.endswith(".py") else SMALL


def _is_harmless(path: str) -> bool:
    """Whether a path of a repository, which a stranger may have made, stays inside of a folder."""
    parts = path.replace(os.sep, "/").split("/")
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts)
