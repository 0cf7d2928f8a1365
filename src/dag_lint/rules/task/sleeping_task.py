"""DAG302: a task that waits by sleeping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow import Kind
from dag_lint.flow.story import called, inside, seconds_in_words
from dag_lint.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.flow import Evidence
    from dag_lint.model import DagFile, TaskCallable
    from dag_lint.rule import Finding

_POLLING = 'use a deferrable sensor, or a sensor with mode="reschedule"'
_WAITING = "let a TimeDeltaSensor wait instead, or fail and set retries with a retry_delay"
_SPLITTING = "split it into tasks with a TimeDeltaSensor between them"
_SHORTEST_POLL = 2
"""Seconds; what looks more often waits for its own process."""
_PAGE_LOAD = 30
"""Seconds; a pause below it in a task that drives a browser is for the page."""
_RETRYING = "let the task fail, and set retries and retry_delay"
_POKING = "return False: poke() is called again every poke_interval"


class SleepingTask(Rule):
    """A task that sleeps in a while loop, or for a constant time of `min-sleep` seconds or more.

    What happens
    ------------
    A sleeping task holds its worker slot, and its pod or process, for as long as it sleeps. A few tasks that
    poll for hours fill the pool, and tasks that have something to do stay queued. When the worker restarts,
    the wait starts over.

    What to write
    -------------
    Wait for something with a sensor: a deferrable one waits in the triggerer, one with `mode="reschedule"`
    gives its slot back between two looks. For a plain pause between two tasks put a TimeDeltaSensor between
    them. To try again later, let the task fail and set `retries` and `retry_delay`.

    Known limits
    ------------
    A pause below `min-sleep` seconds (10) in a for loop, in a loop that gathers pages of an API, or before a
    failed request is tried again, is no wait. A time that is computed counts only where a while loop polls, a
    random one by the least it can be. Polling every second or more often, or for a page of a browser that the
    task drives, is not flagged. A callable that waits at several places is told once for each way out, at the
    longest wait.
    """

    code = "DAG302"
    name = "sleeping-task"
    default = "on"
    since = "0.1.0"
    example = Example(
        bad="""\
import time

import pendulum
from airflow.sdk import dag, task


def is_there():
    return False


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)
def load():
    @task
    def wait_for_file():
        while not is_there():
            time.sleep(60)

    wait_for_file()


load()
""",
        good="""\
import pendulum
from airflow.sdk import dag, task


def is_there():
    return False


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="UTC"), catchup=False)
def load():
    @task.sensor(poke_interval=60, mode="reschedule")
    def wait_for_file():
        return is_there()

    wait_for_file()


load()
""",
    )

    def check(self, file: DagFile) -> Iterator[Finding]:
        """See `Rule.check`."""
        least = file.settings.min_sleep
        for callable_ in file.callables:
            # A task with a browser waits for pages to load: no sensor can look at that.
            browses = callable_.flow.speaks_of("browser")
            shortest = max(least, _PAGE_LOAD) if browses else least
            waits = callable_.flow.of(Kind.WAIT)
            polls = [wait for wait in waits if _polls(wait, shortest if browses else _SHORTEST_POLL)]
            if browses:
                polls = [wait for wait in polls if wait.seconds is not None]
            long = [wait for wait in waits if wait not in polls and (wait.seconds or 0) >= shortest]
            if polls:
                yield self.finding(polls[0].node, _polling(callable_, polls[0]), callable_.use)
            for same in (
                [wait for wait in long if wait.retries],
                [wait for wait in long if not wait.retries],
            ):
                if same:
                    longest = max(same, key=lambda wait: wait.seconds or 0)
                    yield self.finding(longest.node, _waiting(callable_, longest, same), callable_.use)


def _polls(wait: Evidence, shortest: float) -> bool:
    """Whether a task sleeps in a loop until something happens."""
    if wait.loop != "while" or wait.pauses or wait.retries:
        return False
    return wait.seconds is None or wait.seconds >= shortest


def _polling(callable_: TaskCallable, wait: Evidence) -> str:
    way = _POKING if callable_.kind == "method" and callable_.name.endswith(".poke") else _POLLING
    at_a_time = f" {_time(wait)} at a time" if wait.seconds is not None else ""
    fact = f"sleeps{at_a_time} in a while loop{inside(wait)} and holds its worker slot all along"
    return f"{called(callable_.name)} {fact}; {way}"


def _waiting(callable_: TaskCallable, wait: Evidence, same: list[Evidence]) -> str:
    """What is said of the longest of several waits that have the same way out."""
    fact = f"{called(callable_.name)} sleeps {_time(wait)}"
    places = len({id(each.node) for each in same})
    if places > 1:
        alike = all(each.seconds == wait.seconds for each in same)
        fact += f" at {places} places" if alike else f", the longest of {places} waits"
    fact += inside(wait)
    if wait.retries:
        return f"{fact} before it tries again, and holds its worker slot; {_RETRYING}"
    way = _WAITING if places == 1 else _SPLITTING
    return f"{fact} and holds its worker slot for nothing; {way}"


def _time(wait: Evidence) -> str:
    return f"{'at least ' if wait.at_least else ''}{seconds_in_words(wait.seconds)}"
