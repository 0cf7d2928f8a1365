"""Every rule by its fixture and by its example.

A fixture is a real-looking DAG file, linted with every rule on. A mark is a comment on the line of a finding:
`# DAG112:0 "part of the message"`, the code and the column from 0, several separated by ` ; `. Where no comment
can stand on the line, as inside a string, the mark stands alone on the line before. What is not marked must not
be found. A first line `# airflow-version: 2.11` sets the target.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import NamedTuple

import pytest

from dag_lint.lint import lint
from dag_lint.rules import ALL_RULES, FAMILIES
from dag_lint.settings import Settings
from dag_lint.source import SourceFile

FIXTURES = Path(__file__).parent / "fixtures"

EVERY_RULE = frozenset({"DAG"})

MARK = re.compile(r'(?P<code>[A-Z]{1,3}[0-9]{3}):(?P<column>[0-9]+)(?: "(?P<part>(?:[^"\\]|\\.)*)")?')


class Mark(NamedTuple):
    line: int
    column: int
    code: str
    part: str = ""


def fixture_of(rule) -> Path:
    return FIXTURES / FAMILIES[rule.code[3]] / f"{rule.name.replace('-', '_')}.py"


def marks_in(text: str) -> list[Mark]:
    lines = text.splitlines()
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT or not re.match(r"#\s*[A-Z]{1,3}[0-9]{3}:", token.string):
            continue
        line = token.start[0]
        if token.line.lstrip().startswith("#"):
            line = next(
                n for n in range(line + 1, len(lines) + 1) if not lines[n - 1].lstrip().startswith("#")
            )
        for piece in token.string.lstrip("# ").split(" ; "):
            match = MARK.fullmatch(piece.strip())
            assert match is not None, f"line {line}: {piece!r} is no mark"
            found.append(Mark(line, int(match["column"]), match["code"], unescaped(match["part"] or "")))
    return found


def unescaped(part: str) -> str:
    return re.sub(r"\\(.)", r"\1", part)


def settings_for(text: str) -> Settings:
    version = re.match(r"# airflow-version: ([0-9.]+)\n", text)
    return Settings(airflow_version=version[1] if version else None, enable=EVERY_RULE)


def findings(text: str, path: Path, settings: Settings) -> list[Mark]:
    source = SourceFile(path.name, text, path)
    return [
        Mark(one.span.start.line, one.span.start.column, one.code, one.message)
        for one in lint(source, settings, ast.parse(text))
    ]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_fixture_gives_exactly_what_is_marked(rule):
    path = fixture_of(rule)
    text = path.read_text(encoding="utf-8")
    found, marks = findings(text, path, settings_for(text)), marks_in(text)
    told = "\n".join(f"{one.line}:{one.column}: {one.code} {one.part}" for one in found)
    assert sorted(one[:3] for one in found) == sorted(mark[:3] for mark in marks), told
    messages = {one[:3]: one.part for one in found}
    for mark in marks:
        assert mark.part in messages[mark[:3]]


def in_a_project(folder: Path, text: str, settings: Settings) -> set[str]:
    """The codes found in an example, as a file of a project of its own."""
    (folder / ".git").mkdir()
    path = folder / "dags" / "example.py"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return {one.code for one in findings(text, path, settings)}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_by_its_rule_alone(rule, tmp_path):
    settings = Settings(enable=frozenset({rule.code}) if rule.default == "off" else frozenset())
    assert in_a_project(tmp_path, rule.example.bad, settings) == {rule.code}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_the_good_example_is_not_found_by_its_rule(rule, tmp_path):
    assert rule.code not in in_a_project(tmp_path, rule.example.good, Settings(enable=EVERY_RULE))


def test_marks_are_read_from_comments_alone():
    text = (
        'a = "# DAG100:0"  # DAG101:4 "a \\"part\\"" ; DAG102:0\n'
        '# DAG201:4 "of a string"\n'
        "# and why\n"
        'b = """\n'
        '# DAG103:0"""\n'
        "c = 1  # about DAG104:0\n"
    )
    assert marks_in(text) == [
        Mark(1, 4, "DAG101", 'a "part"'),
        Mark(1, 0, "DAG102"),
        Mark(4, 4, "DAG201", "of a string"),
    ]


def test_a_mark_that_cannot_be_read_is_an_error():
    with pytest.raises(AssertionError, match="is no mark"):
        marks_in("a = 1  # DAG101:4 part\n")


def test_the_first_line_sets_the_target():
    assert settings_for("# airflow-version: 2.11\nx\n").airflow_version == "2.11"
    assert settings_for("x\n").airflow_version is None
