"""`python -m fuzzing.twin`: answers what is found in texts, from a process with hash seeds and a history of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzzing.laws import BrokenLawError, Case, answers

if TYPE_CHECKING:
    from types import TracebackType


class Twin:
    """A second process that is asked the same."""

    def __init__(self, hash_seed: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fuzzing.twin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONIOENCODING": "utf-8"},
        )

    def __enter__(self) -> Twin:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def agrees(self, case: Case) -> None:
        """Hold that the twin finds what is found here. Raises BrokenLawError."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        version = case.settings.airflow_version
        self._process.stdin.write(json.dumps([case.text, str(case.path), version]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        here, there = answers(case), json.loads(line) if line else None
        if here != there:
            raise BrokenLawError("the same under another hash seed", "another answer", f"{here}\n{there}")


def case_of(text: str, path: str, version: str | None) -> Case:
    """A case as it is sent between processes."""
    from dag_lint.settings import Settings

    return Case(text, Path(path), Settings(airflow_version=version, enable=frozenset({"DAG"})))


def main() -> None:
    """Answer line by line until there is no more."""
    for line in sys.stdin:
        asked: list[Any] = json.loads(line)
        sys.stdout.write(json.dumps(answers(case_of(*asked))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
