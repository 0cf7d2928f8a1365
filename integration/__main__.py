"""`python -m integration`: run the clients, or those that are named, and print a line for each.

    ok       the client shows what it has to
    FAILED   it does not; the exit status is 1
    skipped  it cannot be installed here; the line says why and what would help

The Python that runs it makes the environments. It needs pip, PyYAML and git, and leaves nothing in the tree.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
import traceback
from typing import TYPE_CHECKING

from integration.clients import CLIENTS
from integration.workshop import FailedError, SkippedError, Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.clients import Check


def main(arguments: Sequence[str] | None = None) -> int:
    """Drive the clients; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m integration", description=__doc__.split("\n")[0])
    parser.add_argument("clients", nargs="*", metavar="CLIENT", help=f"default: all of {', '.join(CLIENTS)}")
    parser.add_argument("--no-skips", action="store_true", help="fail where a client cannot be installed")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.clients if name not in CLIENTS]:
        parser.error(f"no such client: {', '.join(unknown)}")
    # Whoever ends us ends the clients too, and finds no folder of ours left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Workshop() as workshop:
        words = [_drive(name, CLIENTS[name], workshop) for name in options.clients or CLIENTS]
    _say(", ".join(f"{words.count(word)} {word}" for word in ("ok", "FAILED", "skipped")))
    bad = ("FAILED", "skipped") if options.no_skips else ("FAILED",)
    return int(any(word in bad for word in words))


def _drive(name: str, check: Check, workshop: Workshop) -> str:
    started = time.monotonic()
    try:
        word, detail = "ok", check(workshop)
    except SkippedError as reason:
        word, detail = "skipped", str(reason)
    except FailedError as reason:
        word, detail = "FAILED", str(reason)
    except subprocess.TimeoutExpired as reason:
        word, detail = "FAILED", f"no end after {reason.timeout:.0f} seconds: {reason.cmd}"
    except Exception:  # a client that surprises us must not hide how the others fare
        word, detail = "FAILED", traceback.format_exc()
    _say(f"{word:8} {name}: {detail} ({time.monotonic() - started:.1f} s)")
    return word


def _say(line: str) -> None:
    # At once: whoever waits for a slow client sees which one it is.
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
