"""What docs/settings.md says that the command prints is what it prints, with the settings and files of the page."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from dag_lint.cli import main

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
FILE = re.compile(r"^```python\n# (\S+)\n((?:.*\n)*?)```$", re.MULTILINE)
TOML = re.compile(r"^```toml\n((?:.*\n)*?)```$", re.MULTILINE)
COMMAND = re.compile(r"^```console\n\$ dag-lint (.*)\n((?:.*\n)*?)```$", re.MULTILINE)


def commands():
    """Each command with its output, and the number of the table that counts there: the nearest, or the first."""
    for match in COMMAND.finditer(PAGE):
        settings = len(TOML.findall(PAGE[: match.start()])) - 1
        # The second table is one that is wrong; after it, the first one counts again.
        around = PAGE[: match.start()].rstrip()
        yield match[1], match[2], settings if around.endswith("```") else 0


@pytest.mark.parametrize(("command", "output", "table"), list(commands()))
def test_the_output_is_the_true_one(command, output, table, tmp_path, monkeypatch, capsys):
    for name, text in FILE.findall(PAGE):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(TOML.findall(PAGE)[table], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status = main(shlex.split(command))
    shown = capsys.readouterr().out.replace(str(tmp_path), "/home/me/project")
    # Three dots stand for lines that the page leaves out.
    assert re.fullmatch("(?:.*\n)*".join(map(re.escape, output.split("...\n"))), shown), shown
    if command.startswith("config") or "--add-noqa" in command:
        assert status == 0
    else:
        assert status == (2 if table else 1)


def test_the_first_table_is_right_and_the_second_is_wrong():
    schema = json.loads((PROJECT / "docs" / "settings.schema.json").read_text(encoding="utf-8"))
    right, wrong = (tomllib.loads(text)["tool"]["dag-lint"] for text in TOML.findall(PAGE))
    assert Draft7Validator(schema).is_valid(right)
    assert sum(1 for _ in Draft7Validator(schema).iter_errors(wrong)) == 2


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)", PAGE))
def test_a_link_leads_somewhere(target):
    assert (PROJECT / "docs" / target).exists()
