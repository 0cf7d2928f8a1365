"""The garbage collector, off while a file is analysed."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collector() -> Iterator[None]:
    """No garbage collection; afterwards as before.

    A tree is tens of thousands of objects, none of them garbage, which the collector would count again and
    again. The analysis of one file is bounded, and so is what it could leave to be collected.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
