"""Time and memory: of something done here, and of a command. Variants take turns, so that all see the same machine."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians, in seconds, and the most memory that was used, in bytes."""

    cpu: float
    wall: float
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, where, with which input, and what its end has to say: its first statuses that are no failure."""

    words: Sequence[str]
    folder: Path
    text: str | None = None
    environment: Mapping[str, str] | None = None
    before: Callable[[], None] = lambda: None
    fine: tuple[int, ...] = (0, 1)


class FailedError(Exception):
    """A command ended otherwise than it should; the text says how."""


def of_commands(commands: Mapping[str, Command], runs: int) -> dict[str, Cost]:
    """What each of the commands costs. Raises FailedError."""
    seen: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            command.before()
            seen[name].append(_run(command))
    return {name: _median(costs) for name, costs in seen.items()}


def of_actions(actions: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The CPU time of each of the actions, the median of its runs."""
    seen: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            gc.collect()
            start = time.process_time()
            action()
            seen[name].append(time.process_time() - start)
    return {name: statistics.median(costs) for name, costs in seen.items()}


_LAUNCHER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
with open(sys.argv[1], "w") as file:
    file.write(f"{usage.ru_utime + usage.ru_stime} {wall} {usage.ru_maxrss * 1024}")
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Linux counts the memory of the process that starts another one as the other's: so a small one starts it."""


def _run(command: Command) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "cost")
        _launch(command, told)
        cpu, wall, memory = map(float, told.read_text(encoding="ascii").split())
    return Cost(cpu, wall, int(memory))


def _launch(command: Command, told: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(told), *command.words],
        cwd=command.folder,
        env=None if command.environment is None else dict(command.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    if command.text is not None:
        process.stdin.write(command.text.encode())
    process.stdin.close()
    said = process.stderr.read().decode(errors="replace")
    process.stderr.close()
    process.wait()
    if process.returncode not in command.fine:
        raise FailedError(
            f"{' '.join(command.words[:6])}: status {process.returncode}: {said.strip()[-300:]}"
        )


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        max(cost.memory for cost in costs),
    )
