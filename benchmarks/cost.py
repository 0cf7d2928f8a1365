"""What the analysis costs, as a ratio to parsing: `python benchmarks/cost.py [FOLDER ...]`.

Without a folder, Airflow's own example DAGs are downloaded from the package index into a temporary folder
and measured. For each file: the CPU time of `libcst.parse_module` alone, and of `dag_lint.lint.lint` with
Python's own tree given, as flake8 gives it; the minimum of five runs each, summed over the files. Modules
of the same project are not read, unless `--siblings` is given.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import libcst as cst

from dag_lint.lint import lint, understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = (
    "apache-airflow==2.11.2",
    "apache-airflow-core==3.3.2",
    "apache-airflow-providers-standard==1.21.0",
)
RUNS = 5


def main() -> int:
    """Print the table; 0 when something was measured, else 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="*", type=Path)
    parser.add_argument("--siblings", action="store_true", help="read modules of the same project too")
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folders = arguments.folder or [Path(stack.enter_context(tempfile.TemporaryDirectory()))]
        if not arguments.folder:
            download_examples(folders[0])
        rows = [
            row for path in dag_files(folders) if (row := measure(path, arguments.siblings, arguments.runs))
        ]
    if not rows:
        sys.stderr.write("no DAG file there\n")
        return 1
    sys.stdout.write(table(rows))
    return 0


def download_examples(folder: Path) -> None:
    """Fetch the wheels that hold Airflow's example DAGs and unpack them."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), *EXAMPLES]
    subprocess.run(command, check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if "/example_dags/" in name and name.endswith(".py")]
            archive.extractall(folder / wheel.stem, names)


def dag_files(folders: list[Path]) -> Iterator[Path]:
    """The Python files below that mention Airflow."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                if SourceFile("", path.read_text(encoding="utf-8")).mentions_airflow():
                    yield path


def measure(path: Path, siblings: bool, runs: int) -> tuple[Path, int, float, float, float] | None:
    """Path, characters, and seconds of CPU for parsing, understanding and linting; None when it cannot be parsed."""
    text = path.read_text(encoding="utf-8")
    source = SourceFile(str(path), text, path if siblings else None)
    try:
        tree = ast.parse(text)
        cst.parse_module(text)
    except (SyntaxError, cst.ParserSyntaxError, ValueError):
        return None
    settings = Settings()
    return (
        path,
        len(text),
        fastest(lambda: cst.parse_module(text), runs),
        fastest(lambda: understand(source, settings, tree), runs),
        fastest(lambda: lint(source, settings, tree), runs),
    )


def fastest(action: Callable[[], object], runs: int) -> float:
    """The least CPU time of several runs, in seconds."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def table(rows: list[tuple[Path, int, float, float, float]]) -> str:
    """The sums as ratios to parsing, and the dearest file above 5 kB."""
    parse, model, whole = (sum(row[index] for row in rows) for index in (2, 3, 4))
    big = [row for row in rows if row[1] > 5000] or rows
    worst = max(big, key=lambda row: row[4] / row[2])
    return (
        f"files                     {len(rows)}\n"
        f"libcst.parse_module       {parse:.2f} s\n"
        f"with the model            {model / parse:.2f} x\n"
        f"with all rules (lint)     {whole / parse:.2f} x\n"
        f"dearest file above 5 kB   {worst[4] / worst[2]:.2f} x  {worst[0].name}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
