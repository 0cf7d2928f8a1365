"""A file is analysed without garbage collection, and the process is afterwards as it was."""

from __future__ import annotations

import gc

import pytest

from dag_lint.collector import without_collector
from dag_lint.lint import lint
from dag_lint.settings import Settings
from dag_lint.source import SourceFile


def fail() -> None:
    with without_collector():
        assert not gc.isenabled()
        raise ZeroDivisionError


def test_afterwards_everything_is_as_before() -> None:
    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()


def test_who_has_switched_the_collector_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "text", ["import airflow\nx = f('\\d')\n", "import airflow\n(", "import airflow\nx = 1"]
)
def test_a_file_that_was_linted_leaves_the_collector_on(text: str) -> None:
    assert lint(SourceFile("a.py", text), Settings()) == []
    assert gc.isenabled()
