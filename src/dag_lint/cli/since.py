"""`dag-lint check --changed-since REVISION`: only what a revision of the repository had not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace, _ArgumentGroup
    from collections.abc import Iterable, Iterator

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
        self._request = request
        self._writes: bool = options.write_baseline is not None
        self._comparisons: dict[Path, Comparison] = {}

    @property
    def is_asked(self) -> bool:
        """Whether there is a revision to compare with."""
        return self._revision is not None

    def concerned(self, files: list[str]) -> list[str]:
        """The files that can have new findings. Raises NotComparedError."""
        if not self.is_asked:
            return files
        if self._writes:
            raise NotComparedError("--write-baseline writes all findings: leave --changed-since away")
        return [name for name in files if self._comparison(name).may_have_new(name)]

    def without_old(self, inspections: Iterable[Inspection]) -> Iterable[Inspection]:
        """Files with what is new in them. Raises NotComparedError."""
        return self._compared(inspections) if self.is_asked else inspections

    def _compared(self, inspections: Iterable[Inspection]) -> Iterator[Inspection]:
        from dag_lint.git import GitError

        given = list(inspections)
        by_repository: dict[Comparison, list[Inspection]] = {}
        for one in given:
            by_repository.setdefault(self._comparison(one.path), []).append(one)
        try:
            for comparison, some in by_repository.items():
                comparison.learn(some, self._request)
        except (GitError, OSError) as error:
            raise NotComparedError(f"--changed-since {self._revision}: {error}") from None
        for one in given:
            yield self._comparison(one.path).without_old(one)

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
