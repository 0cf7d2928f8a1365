"""`dag-lint check --changed-since REVISION`: only what a revision of the repository had not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.cli import effort
from dag_lint.indexing import with_project_findings

if TYPE_CHECKING:
    from argparse import Namespace, _ArgumentGroup
    from collections.abc import Iterator, Sequence

    from dag_lint.inspection import Inspection, Request
    from dag_lint.revision import Comparison


def add_options(group: _ArgumentGroup) -> None:
    """Declare the option."""
    group.add_argument(
        "--changed-since",
        metavar="REVISION",
        help="report only what the files of this git revision had not, as in origin/main; origin/main... is where "
        "the branch left it",
    )


class NotComparedError(Exception):
    """A revision that findings cannot be compared with; the text says why."""


class Since:
    """The comparisons of a run with a revision: one for each repository that its files are in."""

    def __init__(self, options: Namespace, request: Request) -> None:
        self._revision: str | None = options.changed_since
        self._paths: Sequence[str] = options.paths
        self._request = request
        self._effort = effort.given(options)
        self._comparisons: dict[Path, Comparison] = {}

    def concerned(self, files: Sequence[str]) -> Sequence[str]:
        """The files that can have new findings. Raises NotComparedError."""
        if self._revision is None:
            return files
        # A revision that is none is told of though there is no file.
        for path in () if files else self._paths:
            self._comparison(str(Path(path) / "any.py"))
        return [name for name in files if self._comparison(name).may_have_new(name)]

    def learnt(self, inspections: Iterator[Inspection]) -> Iterator[Inspection]:
        """The same inspections, once it is known what the revision had. Raises NotComparedError."""
        if self._revision is None:
            return inspections
        from dag_lint.git import GitError

        given = list(inspections)
        by_repository: dict[Comparison, list[Inspection]] = {}
        for one in with_project_findings(given, self._request):
            if one.location is not None:
                by_repository.setdefault(self._comparison(one.path), []).append(one)
        try:
            for comparison, some in by_repository.items():
                comparison.learn(some, self._request, self._effort)
        except (GitError, OSError) as error:
            raise NotComparedError(f"--changed-since {self._revision}: {error}") from None
        return iter(given)

    def without_old(self, inspection: Inspection) -> Inspection:
        """A file with what the revision had not; what is wrong with settings or paths is told in any case."""
        if self._revision is None or inspection.location is None:
            return inspection
        return self._comparison(inspection.path).without_old(inspection)

    def _comparison(self, name: str) -> Comparison:
        from dag_lint.git import GitError, top_above
        from dag_lint.revision import Comparison

        folder = Path(os.path.abspath(name)).parent  # noqa: PTH100
        try:
            top = top_above(folder)
            if top is None:
                raise GitError(f"{folder} is in no git repository")
            if top not in self._comparisons:
                self._comparisons[top] = Comparison(top, self._revision or "")
        except GitError as error:
            raise NotComparedError(f"--changed-since {self._revision}: {error}") from None
        return self._comparisons[top]
