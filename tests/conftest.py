"""What several rooms' tests need: a project on disk, and a pipeline that finds what a test wants."""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING

import pytest

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_wishes_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have set how dag-lint is to print."""
    for name in ("DAG_LINT_OUTPUT_FORMAT", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found because of what an earlier test, or the people who run the tests, left in a cache."""
    monkeypatch.setenv("DAG_LINT_NO_CACHE", "1")


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a project folder: project({"dags/a.py": "..."}) -> the folder."""

    def write(files: dict[str, str | bytes], root: str = ".git") -> Path:
        (tmp_path / root).mkdir(exist_ok=True)
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace the pipeline: found(lambda source, settings: [(line, column, code, message)])."""

    def replace(answer: Callable[..., list[tuple[int, int, str, str]]]) -> None:
        def lint(source, settings, tree=None, *given, **asked):  # type: ignore[no-untyped-def]
            return [_diagnostic(source.path, *one) for one in answer(source, settings)]

        module = types.ModuleType("dag_lint.lint")
        module.lint = lint  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "dag_lint.lint", module)

    return replace


def _diagnostic(path: str, line: int, column: int, code: str, message: str) -> Diagnostic:
    place = Position(line, column)
    return Diagnostic(path, code, "a-rule", message, Span(place, place), Severity.WARNING)
