"""The files of a project together: who has which dag_id, and who shares a dags folder with whom."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.project.folders import are_rivals, dags_folder
from dag_lint.project.ignoring import may_be_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dag_lint.project.summary import DagSummary, FileSummary


class Project:
    """The summaries of a project's files.

    `sketched`: the dag_ids of files that were not analysed, by their location. `complete`: no file that may
    build DAGs was left out.
    """

    def __init__(
        self,
        files: Iterable[FileSummary],
        sketched: Mapping[str, frozenset[str]] | None = None,
        complete: bool = True,
    ) -> None:
        self.files = tuple(sorted(files, key=lambda file: file.location))
        self.complete = complete
        self._sketched = dict(sketched or {})
        self._by_id: dict[str, list[tuple[FileSummary, DagSummary]]] = defaultdict(list)
        for file in self.files:
            for dag in file.dags:
                if dag.dag_id is not None:
                    self._by_id[dag.dag_id].append((file, dag))

    def dags(self, dag_id: str) -> list[tuple[FileSummary, DagSummary]]:
        """The DAGs of that id in all analysed files."""
        return list(self._by_id.get(dag_id, ()))

    def dag_ids(self) -> frozenset[str]:
        """Every dag_id that is known."""
        return frozenset(self._by_id).union(*self._sketched.values())

    def may_have(self, dag_id: str) -> bool:
        """Whether some DAG of the project may have that id, as far as can be known."""
        if dag_id in self.dag_ids() or not self.complete or not all(file.complete for file in self.files):
            return True
        unsure = (dag.pieces for file in self.files for dag in file.dags if dag.dag_id is None)
        return any(_may_be(dag_id, pieces) for pieces in unsure)

    def rivals(self, file: FileSummary, dag: DagSummary) -> Iterator[tuple[FileSummary, DagSummary]]:
        """The DAGs of other files that Airflow surely takes for the same DAG, the first file first."""
        folder = dags_folder(file.location, file.root)
        if folder is None or dag.dag_id is None or not self._is_read(file, folder):
            return
        for other, twin in self.dags(dag.dag_id):
            if (
                other.location != file.location
                and twin.sure
                and twin.span is not None
                and dags_folder(other.location, other.root) == folder
                and are_rivals(file.location, other.location)
                and self._is_read(other, folder)
            ):
                yield other, twin

    def name_of(self, file: FileSummary) -> str:
        """A file as the people of the project would write it."""
        return Path(file.location).relative_to(file.root).as_posix()

    def _is_read(self, file: FileSummary, folder: str) -> bool:
        """Whether Airflow surely reads a file of its dags folder."""
        return {"airflow", "dag"} <= file.words and not may_be_hidden(file.location, folder)


def _may_be(dag_id: str, pieces: tuple[str | None, ...]) -> bool:
    """Whether an id of which some pieces are known may be this one."""
    if pieces and pieces[0] is not None and not dag_id.startswith(pieces[0]):
        return False
    if pieces and pieces[-1] is not None and not dag_id.endswith(pieces[-1]):
        return False
    return all(piece is None or piece in dag_id for piece in pieces)
