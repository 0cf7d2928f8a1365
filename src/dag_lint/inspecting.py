"""Many files inspected: what is known from before is not done again, and the rest is shared among processes."""

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

    from dag_lint.caching import Cache
    from dag_lint.inspection import Request

FILES_FOR_A_WORKER = 40
"""Files to be analysed from which on a worker earns the half second that its start costs."""
MOST_WORKERS = 16
"""Each needs a hundred megabytes."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How a run does its work; what it finds does not depend on it.

    jobs: how many processes, 1 for this one alone, None to decide by the files and the processors.
    cache: the folder of what is known from earlier runs, None for none.
    """

    jobs: int | None = None
    cache: str | None = None


def inspect_all(names: Sequence[str], request: Request, effort: Effort) -> Iterator[Inspection]:
    """What is found in each file, in the order of `names`. Never raises."""
    cache = None
    if effort.cache is not None:
        from dag_lint.caching import Cache

        cache = Cache(effort.cache, request)
    known = [_known(name, cache) for name in names]
    unknown = [name for name, found in zip(names, known, strict=True) if found is None]
    with closing(_analysed(unknown, request, effort, cache)) as analysed:
        for found in known:
            yield next(analysed) if found is None else found


def _known(name: str, cache: Cache | None) -> Inspection | None:
    """What is known of a file without analysing it: one that does not mention Airflow is not even decoded.

    One that holds null characters is named as no text.
    """
    try:
        content = read_bytes(name, 4 * MAXIMUM_CHARACTERS)
    except NotReadableError:
        return None
    if not bytes_mention_airflow(content) and b"\0" not in content:
        return Inspection(name, "")
    return None if cache is None else cache.find(name, content)


def _analysed(
    names: Sequence[str], request: Request, effort: Effort, cache: Cache | None
) -> Generator[Inspection, None, None]:
    jobs = effort.jobs or min(_processors(), len(names) // FILES_FOR_A_WORKER, MOST_WORKERS)
    if jobs <= 1:
        if cache is None:
            return (inspect_file(name, request) for name in names)
        return (cache.inspect(name) for name in names)
    from dag_lint.workers import inspected_by_workers

    return inspected_by_workers(names, request, jobs, cache=effort.cache)


def _processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
