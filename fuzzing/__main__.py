"""`python -m fuzzing [FOLDER]`: mutate DAG files and hold laws against what dag-lint makes of them.

Each thing found is printed as an entry for the list of tests/fuzzing/test_found.py. The exit status is 1 when
there is one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fuzzing.session import cpu_seconds, dag_files, whole_session

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_DEATHS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__.split("\n")[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, help="real DAG files; default: those of the project's tests"
    )
    parser.add_argument("--minutes", type=float, default=1, help="CPU time to use; default: 1")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other texts; default: 1")
    options = parser.parse_args(arguments)
    files = dag_files(options.folder)
    if not files:
        parser.error(f"no Python files in {options.folder}")
    seconds, seeds, failed = (
        options.minutes * 60,
        iter(range(options.seed, options.seed + _MOST_DEATHS)),
        False,
    )
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder, "current.py")
        started = cpu_seconds()
        while (left := seconds - (cpu_seconds() - started)) > 0 and (seed := next(seeds, None)) is not None:
            # In a process of its own: libcst may die of what it is given, and takes the process with it.
            process = multiprocessing.get_context("spawn").Process(
                target=whole_session, args=(files, seed, left, current)
            )
            process.start()
            process.join()
            failed = failed or process.exitcode != 0
            if process.exitcode not in (0, 1):
                code = process.exitcode or 0
                name = signal.Signals(-code).name if code < 0 else f"status {code}"
                sys.stdout.write(f"# The process died by {name} of:\n{current.read_text('utf-8')}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
