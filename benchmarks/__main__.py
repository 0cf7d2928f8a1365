"""`python -m benchmarks [PART ...]`: measure, and print the table of docs/performance.md."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import FailedError
from benchmarks.parts import PARTS, Bench, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = 5


def main() -> int:
    """Print the table, part by part; 1 when a part could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[[], *PARTS], help=f"{', '.join(PARTS)}; default: all")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often everything is measured; default: 5")
    parser.add_argument(
        "--no-network", action="store_true", help="leave out what comes from the package index"
    )
    parser.add_argument(
        "--folder", action="append", type=Path, default=[], help="analyse the DAG files in it too"
    )
    options = parser.parse_args()
    say(table([], versions()))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.runs, not options.no_network, options.folder)
        return max(measured(PARTS[name], bench) for name in options.part or PARTS)


def measured(part: Callable[[Bench], Iterator[Row]], bench: Bench) -> int:
    """Print the rows of a part as they come; 1 when it could not be measured."""
    try:
        for row in part(bench):
            say(f"{line(row)}\n")
    except FailedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def say(text: str) -> None:
    """Print at once: the whole takes many minutes."""
    sys.stdout.write(text)
    sys.stdout.flush()


def versions() -> str:
    """What is measured, and on what."""
    names = ("libcst", "flake8", "pycodestyle", "pyflakes")
    parts = [f"Python {platform.python_version()}", *(f"{name} {metadata.version(name)}" for name in names)]
    return f"{', '.join(parts)}; {platform.system()}, {platform.machine()}"


def table(rows: list[Row], measured_with: str) -> str:
    """The table as Markdown."""
    head = ["| what | ratio | measured |", "|---|---|---|"]
    return "\n".join([f"{measured_with}.", "", *head, *map(line, rows)]) + "\n"


def line(row: Row) -> str:
    """A line of the table."""
    return f"| {row.what} | **{row.ratio}** | {row.figures} |"


if __name__ == "__main__":
    sys.exit(main())
