"""Clients that come as Debian packages."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from integration.workshop import SECONDS_TO_INSTALL, SkippedError

if TYPE_CHECKING:
    from integration.workshop import Workshop


def packages(workshop: Workshop, *names: str) -> None:
    """Have Debian packages installed, or say why that is impossible.

    Only root may, and only a root's machine, which is a container more often than not, is changed without a
    question: nobody's password is asked for.
    """
    advice = f"apt-get install --no-install-recommends {' '.join(names)}"
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        raise SkippedError(f"this is no Debian, so {' and '.join(names)} cannot be installed")
    if _installed(workshop, names):
        return
    if os.geteuid() != 0:
        raise SkippedError(f"only root can install what it needs: {advice}")
    if not _install(workshop, names):
        # The lists of packages may be missing, as in a fresh container, or name versions that are gone.
        _apt(workshop, "update")
        if not _install(workshop, names):
            raise SkippedError(f"its packages cannot be installed from here: {advice}")


def _installed(workshop: Workshop, names: tuple[str, ...]) -> bool:
    done = workshop.run(["dpkg-query", "--show", "--showformat=${db:Status-Status}\n", *names])
    return done.status == 0 and done.stdout.split() == ["installed"] * len(names)


def _install(workshop: Workshop, names: tuple[str, ...]) -> bool:
    return _apt(workshop, "install", "--yes", "--no-install-recommends", *names) and _installed(
        workshop, names
    )


def _apt(workshop: Workshop, *words: str) -> bool:
    patience = [
        "-o",
        "DPkg::Lock::Timeout=120",
        "-o",
        "Acquire::Retries=2",
        "-o",
        "Acquire::http::Timeout=30",
    ]
    variables = workshop.variables(DEBIAN_FRONTEND="noninteractive")
    done = workshop.run(
        ["apt-get", "--quiet", *patience, *words], variables=variables, seconds=SECONDS_TO_INSTALL
    )
    return done.status == 0
