"""The two doors, asked of the same files: `flake8` and `dag-lint check` say the same."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import dag_lint
from fuzzing.laws import BrokenLawError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fuzzing.laws import Case

_SECONDS = 600

_SOURCES = str(Path(dag_lint.__file__).resolve().parent.parent)
"""The dag_lint that this process has: another folder as the working directory may lead to another one."""


def doors_agree(cases: Sequence[Case]) -> None:
    """Hold that both doors find the same in texts that are Python. Raises BrokenLawError."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".git").mkdir()
        names = [f"text_{number}.py" for number in range(len(cases))]
        for name, case in zip(names, cases, strict=True):
            # Surrogates are text to Python, and no bytes.
            Path(folder, name).write_bytes(case.text.encode("utf-8", "replace"))
        by_flake8 = _lines(folder, ["flake8", "--isolated", "--select", "DAG", "--jobs", "1", *names])
        by_check = _lines(folder, ["dag_lint", "check", *names])
    if by_flake8 is not None and by_flake8 != by_check:
        only_flake8 = sorted(set(by_flake8) - set(by_check or ()))
        only_check = sorted(set(by_check or ()) - set(by_flake8))
        first = next(iter([*only_flake8, *only_check]), "the order")
        number = first.partition(".py")[0].rpartition("_")[2]
        text = cases[int(number)].text if number.isdecimal() else ""
        detail = f"only flake8: {only_flake8}\nonly check: {only_check}\n{text}"
        raise BrokenLawError("check equals flake8", first.split(": ")[-1][:40], detail)


def _lines(folder: str, command: list[str]) -> list[str] | None:
    """What a command prints; None when it is flake8 that dies of what other plugins do."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": _SOURCES},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if command[0] == "flake8" and "failed during execution" in done.stdout and "[DAG]" not in done.stdout:
        return None
    if done.stderr:
        raise BrokenLawError("doors are quiet", command[0], done.stderr)
    return sorted(done.stdout.splitlines())
