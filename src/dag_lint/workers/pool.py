"""The process that has workers: it hands out names, one at a time to each, and takes what is found.

A worker has one file at a time, so that one that dies names its file by it: libcst can end a process, and so can
the system when memory runs out. A new one takes its place and the rest goes on.
"""

from __future__ import annotations

import pickle
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dag_lint.inspection import Inspection, inspect_file, uninspected

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from dag_lint.inspection import Request

SECONDS = 30.0
"""That the analysis of one file may take; a file of a thousand tasks takes two."""

_SECONDS_TO_START = 60.0

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from dag_lint.workers.child import main; main()"


def inspected_by_workers(
    names: Sequence[str], request: Request, count: int, seconds: float = SECONDS, cache: str | None = None
) -> Generator[Inspection, None, None]:
    """What is found in each file, in the order of `names`, by `count` processes. Never raises.

    A file on which a worker dies, or takes more than `seconds`, is a finding DAG000. Where no worker can be
    started, this process does the work. `cache`: the folder in which workers keep what they find.
    """
    pool = _Pool(names, request, seconds, cache)
    workers = [_Worker(pool) for _ in range(min(count, len(names)))]
    try:
        for worker in workers:
            worker.start()
        yield from pool.in_order(workers)
    finally:
        pool.close()
        for worker in workers:
            worker.end()


class _Pool:
    """What is to be done, and what was found."""

    def __init__(self, names: Sequence[str], request: Request, seconds: float, cache: str | None) -> None:
        self.names = names
        self.request = request
        self.seconds = seconds
        self.cache = cache
        self._lock = threading.Lock()
        self._next = 0
        self._found: queue.SimpleQueue[tuple[int, Inspection] | None] = queue.SimpleQueue()

    def take(self) -> int | None:
        """The number of the next file, None when all are taken."""
        with self._lock:
            if self._next >= len(self.names):
                return None
            self._next += 1
            return self._next - 1

    def close(self) -> None:
        """Nothing more is to be done."""
        with self._lock:
            self._next = len(self.names)

    def put(self, index: int, found: Inspection) -> None:
        """Note what was found in a file."""
        self._found.put((index, found))

    def leave(self) -> None:
        """A worker has nothing more to do, or cannot be had."""
        self._found.put(None)

    def in_order(self, workers: Sequence[_Worker]) -> Iterator[Inspection]:
        """What is found, in the order of the names, as soon as all before it is known."""
        early: dict[int, Inspection] = {}
        at_work = len(workers)
        due = 0
        while due < len(self.names):
            if due in early:
                yield early.pop(due)
                due += 1
            elif at_work:
                answer = self._found.get()
                if answer is None:
                    at_work -= 1
                else:
                    early[answer[0]] = answer[1]
            else:
                yield inspect_file(self.names[due], self.request)
                due += 1


class _Worker(threading.Thread):
    """The thread that talks to one worker process, and to the next one when that has died."""

    def __init__(self, pool: _Pool) -> None:
        super().__init__(daemon=True)
        self._pool = pool
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Have files inspected until none is left."""
        pool = self._pool
        try:
            while self._is_ready() and (index := pool.take()) is not None:
                pool.put(index, self._inspect(pool.names[index]))
        finally:
            pool.leave()

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
        self.join()
        if self._process is not None:
            _close(self._process)

    def _is_ready(self) -> bool:
        """Whether there is a process that waits for a name."""
        if self._process is not None:
            return True
        try:
            self._process = subprocess.Popen(
                _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except (OSError, ValueError):
            return False
        try:
            self._ask((self._pool.request, self._pool.cache), _SECONDS_TO_START)
        except _DiedError:
            return False
        return True

    def _inspect(self, name: str) -> Inspection:
        try:
            found: Inspection = self._ask(name, self._pool.seconds)
        except _DiedError as error:
            return uninspected(name, str(error), self._pool.request)
        return found

    def _ask(self, question: Any, seconds: float) -> Any:
        """The answer to a question; _DiedError when there is none, and then no process either."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        answered = True
        try:
            pickle.dump(question, process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            answered = False
        finally:
            timer.cancel()
            # It may have begun to stop the process just as the answer came.
            timer.join()
            if late.is_set() or not answered:
                status = process.wait()
                _close(process)
                self._process = None
        if late.is_set():
            raise _DiedError(f"its analysis took more than {seconds:g} seconds and was ended")
        raise _DiedError(f"the analysis of this file ended the worker process: {_how(status)}")


class _DiedError(Exception):
    """A process does not answer any more; the text says why."""


def _command() -> list[str]:
    """Python, told where to find modules by us: not by the folder that it is started in, which strangers fill."""
    flags = [flag for flag, given in (("-B", sys.dont_write_bytecode),) if given]
    flags += ["-X", "utf8"] if sys.flags.utf8_mode else []
    return [sys.executable, "-I", *flags, "-c", _PROGRAM, *sys.path]


def _how(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            # There may be something left to be written to a process that is gone.
            with suppress(OSError):
                pipe.close()
    process.wait()
