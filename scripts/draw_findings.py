"""Draw findings to be read and judged, from a folder of repositories: the data behind docs/precision.md.

    python scripts/draw_findings.py CORPUS [--codes DAG1,DAG301] [--count 20] [--seed 4] [--all]

CORPUS holds one folder for each repository, each with a `.git` so that it is the top of its project, and
dagfiles.txt, which names the DAG files one a line. None of that code is part of this project.

The draw goes round the repositories, one finding of each at a time, in an order that is a hash of the seed,
the code and the place: a finding keeps its turn when others appear or vanish, and so a second measurement
has most of its findings read already.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.lint import lint
from dag_lint.pyproject import settings_under
from dag_lint.source import SourceFile
from dag_lint.target import project_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, order=True)
class Found:
    """A finding and where it stands: `path` within its repository, `line` from 1."""

    code: str
    repository: str
    path: str
    line: int
    message: str


def findings_in(corpus: Path) -> Iterator[Found]:
    """All findings of the rules that are on by default, file by file."""
    for name in (corpus / "dagfiles.txt").read_text(encoding="utf-8").splitlines():
        path = corpus / name
        repository, _, inside = name.partition("/")
        source = SourceFile(str(path), path.read_text(encoding="utf-8", errors="replace"), path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            settings = settings_under(project_root(path), {})
            diagnostics = lint(source, settings)
        for diagnostic in diagnostics:
            yield Found(diagnostic.code, repository, inside, diagnostic.span.start.line, diagnostic.message)


def draw(found: Iterable[Found], count: int, seed: int) -> list[Found]:
    """`count` findings over as many repositories as there are: one of each, then a second of each ..."""
    turns: dict[str, list[Found]] = defaultdict(list)
    for one in sorted(found, key=lambda one: _turn(seed, one.code, one.repository, one.path, str(one.line))):
        turns[one.repository].append(one)
    rounds = [
        (place, _turn(seed, one.code, repository), one)
        for repository, ones in turns.items()
        for place, one in enumerate(ones)
    ]
    return [one for _, _, one in sorted(rounds)[:count]]


def _turn(seed: int, *words: str) -> str:
    return hashlib.sha256("\n".join((str(seed), *words)).encode()).hexdigest()


def main() -> int:
    """Print the drawn findings as tab-separated values, and the totals to stderr."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--codes", default="DAG", help="codes or their beginnings, separated by commas")
    parser.add_argument("--count", type=int, default=20, help="findings for each code")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--all", action="store_true", help="print every finding")
    options = parser.parse_args()
    wanted = tuple(options.codes.split(","))
    by_code: dict[str, list[Found]] = defaultdict(list)
    for one in findings_in(options.corpus):
        if one.code.startswith(wanted):
            by_code[one.code].append(one)
    for code, found in sorted(by_code.items()):
        files = {(one.repository, one.path) for one in found}
        repositories = {one.repository for one in found}
        sys.stderr.write(
            f"{code}: {len(found)} findings in {len(files)} files of {len(repositories)} repositories\n"
        )
        for one in found if options.all else draw(found, options.count, options.seed):
            fields = (one.code, one.repository, one.path, str(one.line), one.message)
            sys.stdout.write("\t".join(fields) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
