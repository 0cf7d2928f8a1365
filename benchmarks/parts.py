"""The parts of a measurement; each gives rows of the table."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass, field
from subprocess import CalledProcessError
from typing import TYPE_CHECKING

from benchmarks import places, stages
from benchmarks.inputs import (
    CORE_EXAMPLES,
    PROVIDER_EXAMPLES,
    dag_file,
    download_examples,
    mixed_repository,
    plain_file,
)
from benchmarks.measure import Command, Cost, of_commands
from dag_lint.source import MAXIMUM_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MIXED = 1_000
MANY = 6_000
GROWTH = (100, 1_000, 10_000)
TASKS_OF_AN_EDITORS_DAG = 40
"""Which make a file of 300 lines."""


@dataclass(slots=True)
class Bench:
    """What all parts share: a folder to work in, how often to measure, and whether there is a network."""

    folder: Path
    runs: int
    network: bool
    folders: list[Path] = field(default_factory=list)
    _mixed: list[Path] = field(default_factory=list)

    def mixed(self) -> Path:
        """The mixed repository, made when it is first asked for."""
        place = self.folder / "mixed"
        if not place.exists():
            self._mixed = mixed_repository(place, MIXED)
        return place

    def words(self, command: str) -> list[str]:
        """How to start `flake8` without us, `flake8+dag-lint` or `dag-lint`."""
        if command == "dag-lint":
            return places.dag_lint_words(self.folder)
        return places.flake8_words(self.folder, with_us=command != "flake8")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what, the ratio that is said of it and to what, and the measured figures."""

    what: str
    ratio: str
    figures: str


def of_stages(bench: Bench) -> Iterator[Row]:
    """The analysis by stage, on examples, on generated files, and on folders that were named."""
    groups: dict[str, list[Path]] = {
        "generated DAG files": sorted((bench.mixed() / "dags").rglob("*.py"))[:100]
    }
    for name, distributions in (
        ("core and standard", CORE_EXAMPLES),
        ("older providers'", PROVIDER_EXAMPLES),
    ):
        examples = _examples(bench, name, distributions)
        if examples is None:
            yield _skipped(f"analysis of Airflow's examples, {name}")
        else:
            groups[f"Airflow's examples, {name}"] = examples
    for folder in bench.folders:
        groups[f"the folder {folder.name}"] = sorted(folder.rglob("*.py"))
    for name, paths in groups.items():
        found = stages.of_files(paths, bench.runs)
        if not found.files:
            continue
        parts = ", ".join(f"{stage} {found.ratio(stage):.2f}" for stage in stages.STAGES)
        yield Row(
            f"analysis, {name}",
            f"{found.ratio(stages.WHOLE):.2f} x libcst.parse_module",
            f"{found.files} files; parsing 1.00, {parts}; dearest file above 5 kB {found.worst:.2f};"
            f" {found.seconds[stages.WHOLE] / found.files * 1000:.1f} ms a file",
        )


def _examples(bench: Bench, name: str, distributions: tuple[str, ...]) -> list[Path] | None:
    if not bench.network:
        return None
    with contextlib.suppress(OSError, CalledProcessError):
        return download_examples(bench.folder / "examples" / name.split()[0], distributions)
    return None


def of_flake8(bench: Bench) -> Iterator[Row]:
    """flake8 with and without us, on the mixed repository and on its DAG files alone."""
    for name, folder in (
        ("the mixed repository", bench.mixed()),
        ("its DAG files alone", bench.mixed() / "dags"),
    ):
        costs = of_commands(
            {
                command: Command([*bench.words(command), "--isolated", "-j1", "."], folder)
                for command in ("flake8", "flake8+dag-lint")
            },
            bench.runs,
        )
        yield _compared(f"flake8 with dag-lint, {name}", costs, "flake8+dag-lint", "flake8", "plain flake8")


def of_editors(bench: Bench) -> Iterator[Row]:
    """What an editor starts at every save: flake8 with one file on its standard input."""
    texts = {
        "a DAG of 300 lines": dag_file(4, TASKS_OF_AN_EDITORS_DAG),
        "a file without Airflow": plain_file(4, 20),
    }
    for name, text in texts.items():
        costs = of_commands(
            {
                command: Command(
                    [*bench.words(command), "--isolated", "--stdin-display-name", "dags/a.py", "-"],
                    bench.mixed(),
                    text,
                )
                for command in ("flake8", "flake8+dag-lint")
            },
            4 * bench.runs,
        )
        yield _compared(f"an editor's call, {name}", costs, "flake8+dag-lint", "flake8", "plain flake8")


def of_check(bench: Bench) -> Iterator[Row]:
    """The command: everything new, with one and two workers, and nothing new."""
    cache = bench.folder / "cache"
    words = bench.words("dag-lint")

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def check(*options: str, before: Callable[[], None] = lambda: None) -> Command:
        return Command([*words, "check", *options, "."], bench.mixed(), before=before)

    kept = ("--cache-dir", str(cache))
    costs = of_commands(
        {
            "without a cache": check("--jobs", "1", "--no-cache"),
            "two workers": check("--jobs", "2", "--no-cache"),
            "cold": check("--jobs", "1", *kept, before=forget),
            "nothing new": check("--jobs", "1", *kept),
        },
        bench.runs,
    )
    for name, to in (
        ("two workers", "without a cache"),
        ("cold", "without a cache"),
        ("nothing new", "cold"),
    ):
        yield _compared(f"dag-lint check, {name}", costs, name, to, to, wall=name == "two workers")
    place = bench.folder / "many"
    mixed_repository(place, MANY)
    many = Command([*words, "check", *kept, "."], place)
    of_commands({"first": many}, 1)
    cost = of_commands({"again": many}, bench.runs)["again"]
    yield Row(
        f"dag-lint check, {MANY:,} files, nothing new",
        f"{MANY / cost.cpu:,.0f} files a second of CPU",
        f"{_figures(cost)}; {MANY / cost.wall:,.0f} files a second",
    )


def of_others(bench: Bench) -> Iterator[Row]:
    """Other linters on the mixed repository, each in its own way."""
    if not bench.network:
        yield _skipped("other linters")
        return
    programs = places.other_linters(bench.folder / "others")
    options = {
        "ruff": ["check", "--isolated", "--no-cache", "--preview", "--select", "AIR", "."],
        "pylint": ["--rcfile", os.devnull, "--recursive=y", "-j1", "."],
        "daglint": ["check", "."],
        "dagruff": ["--no-cache", "."],
        "pipeline-lint": ["check", "."],
    }
    ours = Command(
        [*bench.words("dag-lint"), "check", "--jobs", "1", "--no-cache", "."], bench.mixed() / "dags"
    )
    base = of_commands({"dag-lint": ours}, bench.runs)["dag-lint"]
    yield Row("dag-lint check, DAG files alone, one process", "1.00", _figures(base))
    for name in places.OTHERS:
        if name not in programs:
            yield _skipped(name)
            continue
        # Some end with other statuses than 0 and 1 when they find something.
        command = Command([str(programs[name]), *options[name]], ours.folder, fine=tuple(range(32)))
        cost = of_commands({name: command}, max(1, bench.runs // 2))[name]
        yield Row(f"{name}, the same files", f"{cost.cpu / base.cpu:.2f} x dag-lint", _figures(cost))


def of_growth(bench: Bench) -> Iterator[Row]:
    """DAGs of more and more tasks."""
    for tasks in GROWTH:
        text = dag_file(4, tasks)
        what = f"analysis, a DAG of {tasks:,} tasks"
        if len(text) > MAXIMUM_CHARACTERS:
            yield Row(
                what,
                "not analysed",
                f"it has {len(text):,} characters, more than {MAXIMUM_CHARACTERS:,}: DAG000",
            )
            continue
        found = stages.Stages()
        found.add(text, max(1, bench.runs // 2))
        seconds = found.seconds[stages.WHOLE]
        yield Row(
            what,
            f"{found.ratio(stages.WHOLE):.2f} x libcst.parse_module",
            f"{seconds:.2f} s of CPU, {seconds / tasks * 1000:.2f} ms a task",
        )


PARTS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "analysis": of_stages,
    "flake8": of_flake8,
    "editor": of_editors,
    "check": of_check,
    "growth": of_growth,
    "others": of_others,
}


def _compared(what: str, costs: dict[str, Cost], name: str, to: str, called: str, wall: bool = False) -> Row:
    ours, theirs = costs[name], costs[to]
    ratio = ours.wall / theirs.wall if wall else ours.cpu / theirs.cpu
    more = (ours.cpu - theirs.cpu) * 1000
    return Row(
        what,
        f"{ratio:.2f} x {called}" + (" in wall time" if wall else ""),
        f"{_figures(ours)}, against {_figures(theirs)}; {more:+.0f} ms of CPU",
    )


def _figures(cost: Cost) -> str:
    return f"{cost.cpu:.2f} s of CPU, {cost.wall:.2f} s, {cost.memory / 2**20:.0f} MB"


def _skipped(what: str) -> Row:
    return Row(what, "skipped", "it could not be had from the package index")
