"""Every rule by its fixture and by its example.

A fixture is a real-looking DAG file, linted with every rule on. A mark is a comment on the line of a finding:
`# DAG112:0 "part of the message"`, the code and the column from 0, several separated by ` ; `. Where no comment
can stand on the line, as inside a string, the mark stands alone on the line before. What is not marked must not
be found. A first line `# airflow-version: 2.11` sets the target.

The fixture of a rule about whole projects is a folder: a project of its own, whose files are marked like that.
"""

from __future__ import annotations

import ast
import io
import re
import shutil
import tokenize
from pathlib import Path
from typing import NamedTuple

import pytest

from dag_lint.indexing import with_project_findings
from dag_lint.inspection import Request, inspect_file
from dag_lint.lint import lint
from dag_lint.rule import ProjectRule
from dag_lint.rules import ALL_RULES, FAMILIES
from dag_lint.settings import Settings
from dag_lint.source import SourceFile
from dag_lint.walk import find_files

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


FILE_RULES = [rule for rule in ALL_RULES if fixture_of(rule).exists()]
PROJECT_RULES = [rule for rule in ALL_RULES if issubclass(rule, ProjectRule)]


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


@pytest.mark.parametrize("rule", FILE_RULES, ids=lambda rule: rule.code)
def test_a_fixture_gives_exactly_what_is_marked(rule):
    path = fixture_of(rule)
    text = path.read_text(encoding="utf-8")
    found, marks = findings(text, path, settings_for(text)), marks_in(text)
    told = "\n".join(f"{one.line}:{one.column}: {one.code} {one.part}" for one in found)
    assert sorted(one[:3] for one in found) == sorted(mark[:3] for mark in marks), told
    messages = {one[:3]: one.part for one in found}
    for mark in marks:
        assert mark.part in messages[mark[:3]]


def checked(folder: Path, **overrides: object) -> dict[Path, list[Mark]]:
    """What `dag-lint check` finds in the files of a project, comments that suppress it aside."""
    names, wrong = find_files([str(folder)])
    assert not wrong
    request = Request(overrides, summaries=True)
    inspections = with_project_findings((inspect_file(name, request) for name in names), request)
    return {
        Path(one.path): [
            Mark(found.span.start.line, found.span.start.column, found.code, found.message)
            for found in one.diagnostics
        ]
        for one in inspections
    }


@pytest.mark.parametrize("rule", PROJECT_RULES, ids=lambda rule: rule.code)
def test_a_project_gives_exactly_what_is_marked(rule, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(fixture_of(rule).with_suffix(""), project)
    (project / ".git").mkdir()
    for path, found in checked(project, enable=EVERY_RULE).items():
        marks = marks_in(path.read_text(encoding="utf-8"))
        told = "\n".join(f"{path}:{one.line}:{one.column}: {one.code} {one.part}" for one in found)
        assert sorted(one[:3] for one in found) == sorted(mark[:3] for mark in marks), told
        messages = {one[:3]: one.part for one in found}
        for mark in marks:
            assert mark.part in messages[mark[:3]]


BEGINNING = re.compile(r"^# --- (?P<name>\S+)\n", re.MULTILINE)


def in_a_project(folder: Path, text: str, **overrides: object) -> set[str]:
    """The codes found in an example, as the file, or the files, of a project of its own."""
    (folder / ".git").mkdir()
    first, *more = BEGINNING.split(text)
    files = dict(zip(more[::2], more[1::2], strict=True)) or {"dags/example.py": first}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return {one.code for found in checked(folder, **overrides).values() for one in found}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_by_its_rule_alone(rule, tmp_path):
    enable = frozenset({rule.code}) if rule.default == "off" else frozenset()
    assert in_a_project(tmp_path, rule.example.bad, enable=enable) == {rule.code}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_the_good_example_is_not_found_by_its_rule(rule, tmp_path):
    assert rule.code not in in_a_project(tmp_path, rule.example.good, enable=EVERY_RULE)


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
