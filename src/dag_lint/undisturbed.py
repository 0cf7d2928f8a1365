"""The state of the process in which a file is analysed; as it was before, once that is over."""

from __future__ import annotations

import gc
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage collection, and no warnings of Python about the code that is read.

    A tree is tens of thousands of objects, none of them garbage, which the collector would count again and
    again. The analysis of one file is bounded, and so is what it could leave to be collected.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if collects:
            gc.enable()
