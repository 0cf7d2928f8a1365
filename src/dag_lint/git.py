"""What git knows of a repository: its files at a revision, and what differs from them now.

git is run as a program, with lists of arguments and never with a shell, without locks, without programs that a
repository's configuration names. A name that comes from outside never stands where an option could.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PATIENCE = 120
"""Seconds that one run of git may take."""

_AT_ONCE = 32 * 1024 * 1024
"""Bytes of old files that are held in memory at a time."""

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""A hook of git sets them, for the folder in which it was started."""

_PLAIN = ("-c", "core.fsmonitor=false")


class GitError(Exception):
    """What git could not do; its text says what the user can."""


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file, or a link, of a revision."""

    path: str
    """From the top of the repository, with slashes."""
    name: str
    """git's own name for the content."""
    size: int
    is_link: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """How the files on disk differ from those of a revision; all paths as in OldFile."""

    renamed: dict[str, str]
    """The old paths of files that have another now."""
    changed: frozenset[str]
    """All paths, old and new, of files that are not what they were."""
    deleted: frozenset[str]
    """Paths that are gone and have no new one."""


class Repository:
    """A repository by its top folder."""

    __slots__ = ("_program", "top")

    def __init__(self, top: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise GitError("it needs git, and there is none on the PATH")
        self._program = program
        self.top = top

    def commit(self, revision: str) -> str:
        """The commit that a revision means; `main...` is where the branch left main, as for git diff."""
        branch = revision.removesuffix("...")
        if branch.startswith("-") or not branch or "\0" in branch:
            raise GitError(f'"{revision}" is no revision')
        found = self._commit_of(branch)
        if found is None:
            raise GitError(f'there is no revision "{branch}" in {self.top}{self._hint(branch)}')
        if branch == revision:
            return found
        code, base, _ = self._run("merge-base", found, "HEAD")
        if code:
            raise GitError(f'HEAD and "{branch}" have no common history{self._hint(branch)}')
        return base.decode().strip()

    def files(self, commit: str) -> Iterator[OldFile]:
        """The files and links of a commit."""
        for line in self._read("ls-tree", "-r", "-z", "--long", "--full-tree", commit).split(b"\0"):
            about, _, path = line.partition(b"\t")
            if path:
                mode, kind, name, size = about.decode().split()
                if kind == "blob":
                    yield OldFile(os.fsdecode(path), name, int(size), mode == "120000")

    def contents(self, files: Sequence[OldFile]) -> Iterator[tuple[OldFile, bytes]]:
        """Files with what they hold."""
        some: list[OldFile] = []
        for file in files:
            some.append(file)
            if sum(one.size for one in some) > _AT_ONCE or len(some) == 5_000:
                yield from self._contents(some)
                some = []
        yield from self._contents(some)

    def differences(self, commit: str) -> Differences:
        """How the files on disk, also those that git does not know yet, differ from a commit."""
        words = self._read(
            "diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--no-textconv", commit, "--"
        ).split(b"\0")
        fields = iter([os.fsdecode(word) for word in words if word])
        renamed: dict[str, str] = {}
        changed: set[str] = set()
        deleted: set[str] = set()
        for status in fields:
            path = next(fields)
            changed.add(path)
            if status.startswith(("R", "C")):
                new = next(fields)
                changed.add(new)
                if status.startswith("R"):
                    renamed[new] = path
            elif status == "D":
                deleted.add(path)
        unknown = self._read("ls-files", "--others", "--exclude-standard", "-z", "--full-name").split(b"\0")
        changed.update(os.fsdecode(path) for path in unknown if path)
        return Differences(renamed, frozenset(changed), frozenset(deleted))

    def _contents(self, files: Sequence[OldFile]) -> Iterator[tuple[OldFile, bytes]]:
        if not files:
            return
        wanted = "".join(f"{file.name}\n" for file in files).encode()
        answer = self._read("cat-file", "--batch", given=wanted)
        at = 0
        for file in files:
            head, at = answer[at : answer.index(b"\n", at)], answer.index(b"\n", at) + 1
            if head.endswith(b" missing"):
                raise GitError(f"{file.path} of the revision is not in {self.top}{self._hint('')}")
            size = int(head.rsplit(b" ", 1)[1])
            yield file, answer[at : at + size]
            at += size + 1

    def _commit_of(self, revision: str) -> str | None:
        code, name, errors = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if code == 0:
            return name.decode().strip()
        if errors.strip():
            # Not that there is no such revision: that the repository belongs to somebody else, for example.
            raise GitError(_first_line(errors))
        return None

    def _hint(self, revision: str) -> str:
        code, shallow, _ = self._run("rev-parse", "--is-shallow-repository")
        if code == 0 and shallow.strip() == b"true":
            return ": this is a shallow clone; fetch its history, in GitHub's actions/checkout with fetch-depth: 0"
        code, _, _ = self._run("rev-parse", "--verify", "--quiet", f"origin/{revision}^{{commit}}")
        return f'; did you mean "origin/{revision}"?' if code == 0 and revision else ""

    def _read(self, *arguments: str, given: bytes = b"") -> bytes:
        code, output, errors = self._run(*arguments, given=given)
        if code:
            raise GitError(f"git {arguments[0]}: {_first_line(errors)}")
        return output

    def _run(self, *arguments: str, given: bytes = b"") -> tuple[int, bytes, bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        try:
            done = subprocess.run(
                [self._program, "-C", str(self.top), *_PLAIN, *arguments],
                input=given, capture_output=True, env=environment, timeout=_PATIENCE, check=False,
            )  # fmt: skip
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise GitError(f"git {arguments[0]} could not be run: {type(error).__name__}") from None
        return done.returncode, done.stdout, done.stderr


@cache
def top_above(folder: Path) -> Path | None:
    """The top of the repository that a folder is in, None when it is in none."""
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)


def _first_line(errors: bytes) -> str:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "no reason given"
