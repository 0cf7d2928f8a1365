"""A worker process: it inspects the files whose names come in, one after the other, until no more come.

What it is asked and what it answers goes through its standard input and output, pickled: both ends are ours.
"""

from __future__ import annotations

import os
import pickle
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import BinaryIO


def main() -> None:
    """Answer with an Inspection for each name, after a first answer that says that the worker is ready."""
    # Who interrupts the run ends the process that we work for, and with it our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(0), "rb") as questions, os.fdopen(os.dup(1), "wb") as answers:
        # What anything prints must not stand between two answers.
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        _answer_all(questions, answers)


def _answer_all(questions: BinaryIO, answers: BinaryIO) -> None:
    # Imported before the first file, whose time is bounded.
    import libcst  # noqa: F401

    import dag_lint.lint
    import dag_lint.rules  # noqa: F401
    from dag_lint.caching import Cache
    from dag_lint.inspection import inspect_file

    request, folder = pickle.load(questions)
    cache = None if folder is None else Cache(folder, request)
    _say(None, answers)
    while True:
        try:
            name = pickle.load(questions)
        except EOFError:
            return
        _say(inspect_file(name, request) if cache is None else cache.inspect(name), answers)


def _say(what: Any, answers: BinaryIO) -> None:
    pickle.dump(what, answers)
    answers.flush()
