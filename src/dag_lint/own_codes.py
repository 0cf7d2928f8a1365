"""What a package with rules of its own registers with flake8, for the beginning of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator


class OwnCodes:
    """A plugin that finds nothing: its name makes flake8 show what begins with it.

    flake8 drops a code that begins with the name of no plugin. The rules themselves are run, and their
    findings given, by our one plugin, so that a file is analysed once.
    """

    def __init__(self, tree: ast.AST) -> None:
        pass

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        """Yield nothing."""
        return iter(())
