"""The fix of every rule by its fixture and by its example.

Beside the fixture of a rule that offers fixes lies the same file with `.fixed.py` at its end: what the rule's
fixes make of it. `DAG_LINT_WRITE_FIXED=1` in the environment writes these files anew, to be read before they
are kept.
"""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

from dag_lint.rules import ALL_RULES, FAMILIES
from dag_lint.settings import Settings

sys.path.insert(0, str(Path(__file__).parent / "edits"))

from mended import fixable, found, mended

FIXTURES = Path(__file__).parent / "fixtures"
FIXING = [rule for rule in ALL_RULES if rule.fix is not None]

EXAMPLES_FOR = {"DAG112": "2.10"}
"""The version for which the bad example has one remedy only."""


def fixture_of(rule) -> Path:
    return FIXTURES / FAMILIES[rule.code[3]] / f"{rule.name.replace('-', '_')}.py"


def settings_for(text: str) -> Settings:
    first, _, version = text.partition("\n")[0].partition(": ")
    return Settings(airflow_version=version if first == "# airflow-version" else None)


@pytest.mark.parametrize("rule", FIXING, ids=lambda rule: rule.code)
def test_a_fixture_is_mended_as_the_file_beside_it(rule):
    path = fixture_of(rule)
    text = path.read_text(encoding="utf-8")
    settings = settings_for(text)
    after = mended(text, rule.code, settings, path)
    fixed = path.with_suffix(".fixed.py")
    if os.environ.get("DAG_LINT_WRITE_FIXED"):
        fixed.write_text(after, encoding="utf-8")
    assert after == fixed.read_text(encoding="utf-8")
    assert after != text
    ast.parse(after)
    before = found(text, rule.code, settings, path)
    left = found(after, rule.code, settings, path)
    assert len(left) == len(before) - sum(1 for one in before if one.fix is not None)


@pytest.mark.parametrize("rule", FIXING, ids=lambda rule: rule.code)
def test_the_bad_example_is_mended(rule):
    settings = Settings(airflow_version=EXAMPLES_FOR.get(rule.code))
    assert fixable(rule.example.bad, rule.code, settings)
    after = mended(rule.example.bad, rule.code, settings)
    ast.parse(after)
    assert found(after, rule.code, settings) == []


@pytest.mark.parametrize(
    "rule", [rule for rule in ALL_RULES if fixture_of(rule).exists() or rule.fix], ids=lambda rule: rule.code
)
def test_a_rule_offers_the_fixes_that_it_says_it_offers(rule):
    path = fixture_of(rule)
    text = path.read_text(encoding="utf-8")
    fixes = [one.fix for one in found(text, rule.code, settings_for(text), path) if one.fix is not None]
    assert {"safe" if fix.safe else "unsafe" for fix in fixes} == ({rule.fix} if rule.fix else set())


@pytest.mark.parametrize("rule", FIXING, ids=lambda rule: rule.code)
def test_the_title_of_a_fix_is_one_short_line(rule):
    path = fixture_of(rule)
    text = path.read_text(encoding="utf-8")
    for one in fixable(text, rule.code, settings_for(text), path):
        assert one.fix.title.isprintable()
        assert 5 < len(one.fix.title) <= 80
