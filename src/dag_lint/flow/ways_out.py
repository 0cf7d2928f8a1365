"""The way out of a heavy flow: one that fits its strongest evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow.facts import Kind

if TYPE_CHECKING:
    from dag_lint.flow.verdict import Verdict

POD = "run it as @task.kubernetes with limits of its own"
_GPU = f"{POD} and a GPU"
_RESOURCES = "set what the pod may use by executor_config"
_IN_SQL = f"{POD}, or let the database do it in SQL"

# By the topic of what is heavy by itself, or done for each row.
_BY_TOPIC = {
    "training": f"{_GPU}, or train on a service for it",
    "inference": f"{POD}, or call a model server",
    "spark": "submit it to a cluster with SparkSubmitOperator",
    "media": POD,
    "browser": f"{POD}, or drive a browser elsewhere with webdriver.Remote",
    "pool": "give each item a task of its own with .expand(), and a pool that limits how many run",
    "named": POD,
    "http": "map a task over the items with .expand(), and limit it with a pool",
    "query": _IN_SQL,
}
# For data that is carried or worked on, by where it comes from.
_BY_SOURCE = {
    "query": _IN_SQL,
    "rows": _IN_SQL,
    "row": _IN_SQL,
    "object": f"{POD}, or let a transfer operator or COPY do it",
    "spark": "let Spark write the result itself, and submit it with SparkSubmitOperator",
}


def way_out(verdict: Verdict, *, in_pod: bool = False) -> str:
    """What to do instead; what follows `, or ` may be left out."""
    main, source = verdict.main, verdict.source
    if main.kind in (Kind.COMPUTE, Kind.ROWS):
        way = _BY_TOPIC.get(main.topic, _IN_SQL)
    else:
        way = _BY_SOURCE.get(source.topic if source is not None else "", POD)
    return way.replace(_GPU, _RESOURCES).replace(POD, _RESOURCES) if in_pod else way
