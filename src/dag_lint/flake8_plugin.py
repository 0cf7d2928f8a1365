"""The door for flake8. It imports nothing heavy until a file mentions Airflow: most files never do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from dag_lint.settings import SETTINGS, overrides_in
from dag_lint.source import SourceFile

if TYPE_CHECKING:
    import ast
    from argparse import Namespace
    from collections.abc import Iterator

    from flake8.options.manager import OptionManager

    from dag_lint.diagnostic import Diagnostic


class DagLintPlugin:
    _options: ClassVar[Namespace | None] = None

    def __init__(self, tree: ast.AST, lines: list[str], filename: str) -> None:
        self._tree = tree
        on_disk = filename not in ("stdin", "-")
        self._source = SourceFile(filename, "".join(lines), Path(filename) if on_disk else None)

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        for setting in (one for one in SETTINGS if one.flake8):
            how = {"type": setting.from_option, "metavar": "VALUE", "help": setting.help.replace("%", "%%")}
            manager.add_option(f"--dag-lint-{setting.name}", parse_from_config=True, **how)

    @classmethod
    def parse_options(cls, options: Namespace) -> None:
        cls._options = options

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        for found in self._diagnostics() if self._source.mentions_airflow() else ():
            start = found.span.start
            yield start.line, start.column, f"{found.code} {found.message}", type(self)

    def _diagnostics(self) -> list[Diagnostic]:
        from dag_lint.diagnostic import not_analysed

        source = self._source
        try:
            from dag_lint.first_file import problems_told_on
            from dag_lint.inspection import findings, root_of
            from dag_lint.pyproject import settings_under
            from dag_lint.suppress import without_known

            root, overrides = root_of(source), overrides_in(self._options, "dag_lint_")
            settings = settings_under(root, overrides)
            found = findings(source, self._tree, settings, root)
            problems = problems_told_on(source, settings, root, self._options)
            return [*problems, *without_known(found, source, settings, root, overrides)]
        except Exception as error:  # if it got out, flake8 would end and hide what it found in all files
            return [not_analysed(source.path, f"it could not be analysed: {type(error).__name__}")]
