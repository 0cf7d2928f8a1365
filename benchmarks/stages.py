"""What the analysis costs by stage, in this process, as ratios to `libcst.parse_module` of the same text."""

from __future__ import annotations

import ast
import contextlib
from typing import TYPE_CHECKING

import libcst as cst

from benchmarks.measure import of_actions
from dag_lint.build.file import build_file
from dag_lint.collector import without_collector
from dag_lint.lint import active_rules, lint, understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile, too_deep
from dag_lint.spans import locate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PARSE, WHOLE = "libcst.parse_module", "analysis, all stages"
DEPTH, MODEL, RULES, PLACES = "look at the depth", "build the model", "ask the rules", "find the places"
STAGES = (DEPTH, MODEL, RULES, PLACES)


class Stages:
    """Seconds of CPU, summed over files, and the ratio of the dearest of them."""

    def __init__(self) -> None:
        self.files = 0
        self.seconds: dict[str, float] = {}
        self.worst = 0.0

    def add(self, text: str, runs: int, location: Path | None = None) -> None:
        """Measure a file; one that cannot be parsed does not count. With a location, its siblings are read too."""
        source, settings = SourceFile("measured.py", text, location), Settings()
        if not source.mentions_airflow():
            return
        with contextlib.suppress(SyntaxError, cst.ParserSyntaxError, ValueError):
            tree = ast.parse(text)
            understood = understand(source, settings, tree)
            rules = [rule() for rule in active_rules(understood.file)]
            found = [one for rule in rules for one in rule.check(understood.file)]
            nodes = [node for one in found for node in (one.where, *one.uses)]
            quiet = {
                DEPTH: lambda: too_deep(tree, source.text),
                MODEL: lambda: build_file(source, understood.module, settings),
                RULES: lambda: [list(rule.check(understood.file)) for rule in rules],
                PLACES: lambda: locate(understood.module, tree, nodes) if nodes else None,
            }
            # The analysis goes on without the collector, parsing alone is measured with it.
            costs = of_actions(
                {PARSE: lambda: cst.parse_module(text), WHOLE: lambda: lint(source, settings, tree)}, runs
            )
            with without_collector():
                costs |= of_actions(quiet, runs)
            for name, cost in costs.items():
                self.seconds[name] = self.seconds.get(name, 0.0) + cost
            self.files += 1
            if len(text) > 5_000:
                self.worst = max(self.worst, costs[WHOLE] / costs[PARSE])

    def ratio(self, name: str) -> float:
        """A stage as a multiple of parsing."""
        return self.seconds[name] / self.seconds[PARSE]


def of_files(paths: Iterable[Path], runs: int) -> Stages:
    """The stages of the DAG files among `paths`, siblings aside."""
    stages = Stages()
    for path in paths:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            stages.add(path.read_text(encoding="utf-8"), runs)
    return stages
