"""What the pages say that `dag-lint schedule` prints is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dag_lint.cli import main

PROJECT = Path(__file__).parent.parent
COMMAND = re.compile(r"^```console\n\$ dag-lint (schedule .*)\n((?:.*\n)*?)```$", re.MULTILINE)
FILE = re.compile(r"^```python\n(# (\S+)\n(?:.*\n)*?)```$", re.MULTILINE)


def outputs(page: str) -> list[tuple[str, str]]:
    return COMMAND.findall((PROJECT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("command", "output"), outputs("README.md"))
def test_the_output_in_the_readme(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PROJECT)
    assert main(command.split()) == 0
    assert capsys.readouterr().out == output


@pytest.mark.parametrize(("command", "output"), outputs("docs/schedule.md"))
def test_the_outputs_in_the_guide(
    command: str,
    output: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / ".git").mkdir()
    for text, name in FILE.findall((PROJECT / "docs/schedule.md").read_text(encoding="utf-8")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 0
    assert capsys.readouterr().out == output


def test_the_pages_show_something() -> None:
    assert len(outputs("README.md")) == 1
    assert len(outputs("docs/schedule.md")) == 6
