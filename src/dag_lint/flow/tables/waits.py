"""WAIT: what makes a task sleep, by the position of its seconds."""

from __future__ import annotations

FUNCTIONS: frozenset[str] = frozenset(
    {
        "time.sleep",
        "asyncio.sleep",
        "gevent.sleep",
        "eventlet.sleep",
        "trio.sleep",
        "anyio.sleep",
    }
)
