"""Compare DAG301, DAG302 and DAG303 with the labels of tests/flow/labels.tsv, on a folder of repositories.

    python scripts/measure_flow.py CORPUS_FOLDER [--labels FILE] [--show]

CORPUS_FOLDER holds one folder for each repository of the labels; none of that code is part of the project.
A label names the line of a callable's `def`. A callable that its own file gives to no task (a DAG file
imports it from there) is judged as if an operator at the end of the file did.
"""

from __future__ import annotations

import argparse
import ast
import csv
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.build.file import build_file
from dag_lint.rules.task.heavy_processing import HeavyProcessing
from dag_lint.rules.task.row_by_row_write import RowByRowWrite
from dag_lint.rules.task.sleeping_task import SleepingTask
from dag_lint.settings import Settings
from dag_lint.source import SourceFile
from dag_lint.spans import locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.model import DagFile

LABELS = Path(__file__).parent.parent / "tests" / "flow" / "labels.tsv"
RULES = (HeavyProcessing(), SleepingTask(), RowByRowWrite())
_STUB = """

from airflow.operators.python import PythonOperator as _MeasuredOperator
_MeasuredOperator(task_id="measured", python_callable={name})
"""


@dataclass(frozen=True)
class Label:
    """What a reader said of one callable."""

    repository: str
    path: str
    line: int
    judgement: str
    reason: str


def read_labels(path: Path) -> list[Label]:
    """The labels of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [
            Label(row["repository"], row["path"], int(row["line"]), row["judgement"], row["reason"])
            for row in rows
        ]


def messages(file: Path, line: int) -> list[str] | None:
    """What the rules say of the callable at a line, None when there is none."""
    text = file.read_text(encoding="utf-8", errors="replace")
    name = next((found for found, at in _functions(text) if at == line), None)
    found = _callable_at(file, text, line)
    if found is None and name is not None:
        found = _callable_at(file, text + _STUB.format(name=name), line)
    if found is None:
        return None
    return [f"{finding.code} {finding.message}" for rule in RULES for finding in rule.check(found)]


def _functions(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno


def _callable_at(file: Path, text: str, line: int) -> DagFile | None:
    """The facts of a file, reduced to the callable at a line."""
    module = cst.parse_module(text)
    built = build_file(SourceFile(str(file), text, file), module, Settings())
    spans = locate(module, ast.parse(text), (callable_.place for callable_ in built.callables))
    chosen = [
        callable_
        for callable_ in built.callables
        if (span := spans.get(id(callable_.place))) is not None and span.start.line == line
    ]
    return replace(built, callables=chosen[:1], tasks=[]) if chosen else None


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def main() -> int:
    """Print what was missed and what was flagged without need, then the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--show", action="store_true", help="print the messages too")
    options = parser.parse_args()
    flagged: dict[str, list[bool]] = {}
    for label in read_labels(options.labels):
        said = messages(options.corpus / label.repository / label.path, label.line)
        place = f"{label.repository}/{label.path}:{label.line}"
        if said is None:
            _say(f"not found  {place}  ({label.judgement}: {label.reason})")
            continue
        flagged.setdefault(label.judgement, []).append(bool(said))
        if label.judgement == "heavy" and not said:
            _say(f"missed     {place}  ({label.reason})")
        if label.judgement == "light" and said:
            _say(f"false      {place}  ({label.reason})")
        if options.show or (label.judgement == "light" and said):
            for message in said:
                _say(f"           {message}")
    for judgement in ("heavy", "arguable", "light"):
        hits = flagged.get(judgement, [])
        share = sum(hits) / len(hits) if hits else 0
        _say(f"{judgement:9} {sum(hits):4} of {len(hits):4} flagged  {share:.0%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
