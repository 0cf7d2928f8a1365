"""What the page on output formats claims is so."""

import json
import re
import shlex
from functools import reduce
from pathlib import Path

import pytest

from dag_lint.cli import main
from dag_lint.report.formats import FORMATS

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
RUN = re.findall(r"^<!-- run -->\n\n```console\n\$ ([^\n]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PART = re.findall(r"^<!-- part of (\w+): ([\w ]+) -->\n\n```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def dag_lint(monkeypatch, capsys, tmp_path):
    """What a command of the page prints, in a copy of the examples."""
    (tmp_path / ".git").mkdir()
    examples = tmp_path / "examples" / "dags"
    examples.mkdir(parents=True)
    for path in (PROJECT / "examples" / "dags").glob("*.py"):
        (examples / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)

    def run(command):
        program, *arguments = shlex.split(command)
        assert program == "dag-lint"
        assert main(arguments) == 1
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(("command", "output"), RUN, ids=[command for command, _ in RUN])
def test_a_command_prints_what_the_page_shows(dag_lint, command, output):
    assert dag_lint(command) == output


@pytest.mark.parametrize(("name", "steps", "shown"), PART, ids=[name for name, *_ in PART])
def test_a_part_of_a_document_is_the_true_one(dag_lint, name, steps, shown):
    output = dag_lint(f"dag-lint check --select DAG302 --output-format {name} examples/dags/fruit.py")
    keys = [int(step) if step.isdigit() else step for step in steps.split()]
    assert reduce(lambda value, key: value[key], keys, json.loads(output)) == json.loads(shown)


def test_every_format_has_its_row_and_its_section_with_an_example():
    table = PAGE[: PAGE.index("\n## ")]
    rows = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(FORMATS)
    sections = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert " and ".join(sections).split(" and ") == list(FORMATS)
    shown = {name for command, _ in RUN for name in re.findall(r"--output-format (\w+)", command)}
    assert shown | {name for name, *_ in PART} == set(FORMATS) - {"jsonl"}


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)#]+)", PAGE))
def test_a_link_leads_somewhere(target):
    assert (PROJECT / "docs" / target).exists()
