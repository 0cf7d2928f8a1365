"""Many files inspected: by worker processes where that is worth their start."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.inspection import Inspection, inspect_file
from dag_lint.reading import NotReadableError, read_bytes
from dag_lint.source import MAXIMUM_CHARACTERS, bytes_mention_airflow

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from dag_lint.inspection import Request

FILES_FOR_A_WORKER = 40
"""Files that mention Airflow from which on a worker earns the half second that its start costs."""
MOST_WORKERS = 16
"""Each needs a hundred megabytes."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How a run does its work; what it finds does not depend on it.

    jobs: how many processes, 1 for this one alone, None to decide by the files and the processors.
    """

    jobs: int | None = None


def inspect_all(names: Sequence[str], request: Request, effort: Effort) -> Iterator[Inspection]:
    """What is found in each file, in the order of `names`. Never raises."""
    concerned = [_concerns_us(name) for name in names]
    asked = [name for name, is_concerned in zip(names, concerned, strict=True) if is_concerned]
    found = _found_in(asked, request, effort)
    with closing(found):
        for name, is_concerned in zip(names, concerned, strict=True):
            yield next(found) if is_concerned else Inspection(name, "")


def _concerns_us(name: str) -> bool:
    """Whether a file has to be looked into: one that does not mention Airflow is not even decoded.

    One that holds null characters is named as no text.
    """
    try:
        content = read_bytes(name, 4 * MAXIMUM_CHARACTERS)
        return bytes_mention_airflow(content) or b"\0" in content
    except NotReadableError:
        return True


def _found_in(names: Sequence[str], request: Request, effort: Effort) -> Generator[Inspection, None, None]:
    jobs = effort.jobs or min(_processors(), len(names) // FILES_FOR_A_WORKER, MOST_WORKERS)
    if jobs <= 1:
        return (inspect_file(name, request) for name in names)
    from dag_lint.workers import inspected_by_workers

    return inspected_by_workers(names, request, jobs)


def _processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
