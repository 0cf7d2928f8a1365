"""The laws of the house: each is a sentence of CONTRIBUTING that a test keeps."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from dag_lint import __version__
from dag_lint.rule import ProjectRule
from dag_lint.rules import ALL_RULES, FAMILIES

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "src" / "dag_lint"
MODULES = sorted(PACKAGE.rglob("*.py"))
RULE_MODULES = [path for path in sorted((PACKAGE / "rules").glob("*/*.py")) if path.name != "__init__.py"]

LONGEST_MODULE = 350


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def imports(tree: ast.AST) -> set[str]:
    """What a module imports when it runs: not what it only names for the type checker."""
    found: set[str] = set()
    skipped = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def imported_by(path: Path, package: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(f"{imported}.".startswith(f"{package}.") for imported in imports(tree))


def test_the_modules_of_rules_are_all_rules():
    modules = {f"dag_lint.rules.{path.parent.name}.{path.stem}" for path in RULE_MODULES}
    assert {rule.__module__ for rule in ALL_RULES} == modules


def test_codes_are_unique_and_sorted():
    codes = [rule.code for rule in ALL_RULES]
    assert codes == sorted(set(codes))


def test_the_code_stands_beside_each_rule_in_the_list():
    text = (PACKAGE / "rules" / "__init__.py").read_text(encoding="utf-8")
    listed = re.findall(r"^    (\w+),  # (DAG\d{3})$", text, re.MULTILINE)
    assert listed == [(rule.__name__, rule.code) for rule in ALL_RULES]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_is_found_by_its_name(rule):
    assert rule.__module__ == f"dag_lint.rules.{FAMILIES[rule.code[3]]}.{rule.name.replace('-', '_')}"
    assert rule.__name__ == "".join(part.capitalize() for part in rule.name.split("-"))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_fixture_with_a_hit_and_a_block_of_what_is_not_flagged(rule):
    path = PROJECT / "tests/fixtures" / FAMILIES[rule.code[3]] / f"{rule.name.replace('-', '_')}.py"
    files = [path] if path.exists() else []
    # What shows beside other files alone takes a project: a folder.
    files += sorted(path.with_suffix("").rglob("*.py")) if issubclass(rule, ProjectRule) else []
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert re.search(rf"{rule.code}:\d", text)
    assert "not flagged" in text.lower()


@pytest.mark.parametrize(
    "rule", [rule for rule in ALL_RULES if issubclass(rule, ProjectRule)], ids=lambda rule: rule.code
)
def test_a_rule_about_projects_has_a_project_for_a_fixture(rule):
    folder = PROJECT / "tests/fixtures" / FAMILIES[rule.code[3]] / rule.name.replace("-", "_")
    assert rule.code in "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_says_since_when_it_exists(rule):
    assert f"## {rule.since}" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_changelog_begins_with_this_version():
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == __version__


def test_the_generated_documentation_is_current():
    spec = importlib.util.spec_from_file_location("document_rules", PROJECT / "scripts" / "document_rules.py")
    document_rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(document_rules)
    assert document_rules.stale(PROJECT) == {}, "run: python scripts/document_rules.py"


@pytest.mark.parametrize("path", RULE_MODULES, ids=name)
def test_rules_hold_nodes_as_handles_and_never_import_libcst(path):
    assert not imported_by(path, "libcst")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_dear_parts_of_libcst_are_never_imported(path):
    # A metadata provider costs several parses of the file, and importing the matchers as much as libcst.
    assert not imported_by(path, "libcst.metadata")
    assert not imported_by(path, "libcst.matchers")


def test_flake8_is_imported_by_its_door_alone():
    allowed = {"first_file.py", "flake8_plugin.py", "suppress.py"}
    assert {path.name for path in MODULES if imported_by(path, "flake8")} <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


_LOOKING = frozenset(
    {
        "glob", "is_dir", "isfile", "is_symlink", "iterdir", "listdir", "open", "read_bytes", "read_text",
        "resolve", "rglob", "scandir", "stat",
    }
)  # fmt: skip
_ANALYSING = (
    "build",
    "dates",
    "evaluate",
    "facts",
    "flow",
    "lint",
    "model",
    "rules",
    "schedule",
    "templates",
)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_what_an_analysis_looks_at_beside_its_file_is_noted(path):
    # A cache could not tell that it changed. `neighbours` and `build/siblings` look, and say so to `lookups`.
    looks = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    } & _LOOKING
    room = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert not looks or room not in _ANALYSING or path.name == "siblings.py"


def test_no_room_is_called_after_nothing():
    assert not [path for path in MODULES if path.stem in ("utils", "misc")]
