"""The door for flake8. It imports nothing heavy until a file mentions Airflow: most files never do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from dag_lint.diagnostic import Diagnostic, not_analysed
from dag_lint.first_file import speaks_for
from dag_lint.settings import SETTINGS, overrides_in, settings_under
from dag_lint.source import SourceFile
from dag_lint.target import project_root

if TYPE_CHECKING:
    import ast
    from argparse import Namespace
    from collections.abc import Iterator

    from flake8.options.manager import OptionManager


class DagLintPlugin:
    _options: ClassVar[Namespace | None] = None
    _overrides: ClassVar[dict[str, object]] = {}

    def __init__(self, tree: ast.AST, lines: list[str], filename: str) -> None:
        self._tree = tree
        location = None if filename in ("stdin", "-") else Path(filename)
        self._source = SourceFile(filename, "".join(lines), location)

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        for setting in SETTINGS:
            how = {"type": setting.from_option, "metavar": "VALUE", "help": setting.help.replace("%", "%%")}
            manager.add_option(f"--dag-lint-{setting.name}", parse_from_config=True, **how)

    @classmethod
    def parse_options(cls, options: Namespace) -> None:
        cls._options, cls._overrides = options, overrides_in(options, "dag_lint_")

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        if self._source.mentions_airflow():
            for found in self._diagnostics():
                place = found.span.start
                yield place.line, place.column, f"{found.code} {found.message}", type(self)

    def _diagnostics(self) -> list[Diagnostic]:
        path, location = self._source.path, self._source.location
        try:
            from dag_lint.lint import lint

            root = project_root(location) if location else None
            settings, problem = settings_under(root, self._overrides)
            found = lint(self._source, settings, self._tree)
            if root and problem and speaks_for(path, root, self._options):
                found = [not_analysed(path, problem), *found]
        except Exception as error:  # if it got out, flake8 would end and hide what it found in all files
            found = [not_analysed(path, f"it could not be analysed: {type(error).__name__}")]
        return found
