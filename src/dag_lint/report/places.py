"""How files are named in reports: by readers in the working directory, or at the top of its repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders from which names are read."""

    folder: Path
    """The working directory."""
    repository: Path
    """The nearest folder from there upward with `.git`, or the working directory itself."""

    def in_folder(self, path: str) -> str:
        """A path as it was given, without a "./" before it."""
        return os.path.normpath(path)

    def in_repository(self, path: str) -> str:
        """A path from the top of the repository, with slashes; absolute when it lies outside."""
        absolute = os.path.normpath(os.path.join(self.folder, path))
        try:
            relative = os.path.relpath(absolute, self.repository)
        except ValueError:  # another drive
            relative = os.pardir
        outside = relative == os.pardir or relative.startswith(os.pardir + os.sep)
        return (absolute if outside else relative).replace(os.sep, "/")

    def uri(self, path: str) -> tuple[str, bool]:
        """A file as a URI, and whether that is relative to the top of the repository."""
        from urllib.parse import quote

        name = self.in_repository(path)
        if os.path.isabs(name):
            return file_uri(name), False
        return quote(os.fsencode(name)), True


def file_uri(path: str) -> str:
    """An absolute path as a URI."""
    from urllib.parse import quote

    slashes = path.replace(os.sep, "/")
    return "file://" + quote(os.fsencode(slashes if slashes.startswith("/") else "/" + slashes), safe="/:")
