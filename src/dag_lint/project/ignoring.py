"""Which files `.airflowignore` hides from Airflow, in both of its dialects.

Airflow walks down from the dags folder. In each folder it adds the lines of the `.airflowignore` there to those
from above, and then asks them of each folder, which is entered or not, and of each file. Airflow 2 takes a line
for a regular expression, to be found anywhere in the path below the dags folder; Airflow 3 takes it for a glob
as in .gitignore. The setting dag_ignore_file_syntax decides otherwise for both.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from dag_lint.reading import NotReadableError, is_bounded_glob, read_bytes

Dialect = Literal["regexp", "glob"]

_COMMENT = re.compile(r"\s*#.*")
_LONGEST = 300
"""Characters of a line or a path that are looked at."""
_SLOW = re.compile(r"\)[*+{]|\\[1-9]|\(\?<?[=!]")
"""What can make Python's expressions take for ever, and what RE2, which Airflow 2 has, does not know."""
_MOST_REPETITIONS = 3


@dataclass(frozen=True, slots=True)
class IgnoreLine:
    """A line of an `.airflowignore`. `number` from 1; `text` without the comment."""

    file: Path
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lines say of a file. `line`: the one that hides it, or the folder `hidden` that it lies in.

    `sure`: no line was too strange to be followed.
    """

    line: IgnoreLine | None = None
    hidden: str | None = None
    sure: bool = True


@lru_cache(maxsize=4096)
def hidden_by(location: str, folder: str, dialect: Dialect) -> Verdict:
    """Which line hides a file that lies in a dags folder."""
    base, path = Path(folder), Path(location)
    lines: list[IgnoreLine] = []
    parts = path.relative_to(base).parts
    sure = True
    here = base
    for number, part in enumerate(parts):
        lines.extend(_lines_of(here))
        here = here / part
        is_folder = number < len(parts) - 1
        line, certain = _decide(here, base, lines, dialect, is_folder)
        sure = sure and certain
        if line is not None:
            return Verdict(line, here.relative_to(base).as_posix(), sure)
    return Verdict(sure=sure)


def may_be_hidden(location: str, folder: str) -> bool:
    """Whether some dialect hides a file, or may."""
    verdicts = [hidden_by(location, folder, dialect) for dialect in _DIALECTS]
    return any(verdict.line is not None or not verdict.sure for verdict in verdicts)


_DIALECTS: tuple[Dialect, ...] = ("regexp", "glob")


def _decide(
    path: Path, base: Path, lines: list[IgnoreLine], dialect: Dialect, is_folder: bool
) -> tuple[IgnoreLine | None, bool]:
    """The line that hides a file or folder, and whether all lines were understood."""
    decide = _by_glob if dialect == "glob" else _by_regexp
    found: IgnoreLine | None = None
    sure = True
    for line in lines:
        says = decide(path, base, line, is_folder)
        if says is None:
            sure = False
        elif says == "hides":
            found = line
            if dialect == "regexp":
                break
        elif says == "shows":
            found = None
    return found, sure


def _by_regexp(path: Path, base: Path, line: IgnoreLine, is_folder: bool) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pattern = re.compile(line.text)
    except (re.error, OverflowError, RecursionError):
        return "nothing"  # Airflow logs it and goes on
    relative = path.relative_to(base).as_posix()
    repetitions = len(re.findall(r"(?<!\\)[*+]|\{", line.text))
    if _SLOW.search(line.text) or repetitions > _MOST_REPETITIONS or len(relative) > _LONGEST:
        return None
    return "hides" if pattern.search(relative) else "nothing"


def _by_glob(path: Path, base: Path, line: IgnoreLine, is_folder: bool) -> str | None:
    text = line.text
    if text.strip() == "/":
        return "nothing"
    spec = _spec(text)
    if spec is None or text.count("*") > _MOST_REPETITIONS:
        return None
    only_folders = text.lstrip("!").rstrip().endswith("/")
    if only_folders and not is_folder:
        return "nothing"
    # With a slash before its end it belongs to its own folder, without one it means every name below.
    bound = text.startswith("/") or "/" in text.rstrip("/")
    name = path.relative_to(line.file.parent).as_posix() if bound else path.name
    include = spec.check_file(f"{name}/" if is_folder else name).include
    return "nothing" if include is None else "hides" if include else "shows"


@lru_cache(maxsize=1024)
def _spec(text: str) -> Any:
    if not is_bounded_glob(text):
        return None
    # Imported here: most projects have no such file.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([text])
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _lines_of(folder: Path) -> tuple[IgnoreLine, ...]:
    file = folder / ".airflowignore"
    try:
        text = read_bytes(file).decode("utf-8", "replace")
    except NotReadableError:
        return ()
    found = ((number, _COMMENT.sub("", line)) for number, line in enumerate(text.split("\n"), start=1))
    return tuple(IgnoreLine(file, number, line) for number, line in found if line)[:500]
