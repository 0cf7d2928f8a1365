"""What the pages on other people's tools claim and no client is needed for; the rest is `python -m integration`."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from dag_lint import __version__

PROJECT = Path(__file__).parent.parent
PAGES = sorted((PROJECT / "docs" / "integrations").glob("*.md"))
SCRIPTS = sorted((PROJECT / "integration").rglob("*.py"))


def name(path):
    return path.relative_to(PROJECT).as_posix()


def block(page, title):
    text = (PROJECT / "docs" / "integrations" / page).read_text(encoding="utf-8")
    return re.search(rf"<!-- block: {title} -->\n+```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_this_version(page):
    text = page.read_text(encoding="utf-8")
    pinned = re.findall(r"flake8-dag-lint==([\d.]+\d)|rev: v(\S+)|dag-lint/dag-lint@v(\S+)", text)
    assert {next(filter(None, versions)) for versions in pinned} <= {__version__}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_block_of_a_page_is_driven(page):
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    # The one for GitHub is the test's below: only GitHub can run a whole workflow.
    for title in re.findall(r"<!-- block: (.+) -->", page.read_text(encoding="utf-8")):
        assert f'"{title}"' in scripts or title == "github"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_link_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists()


def test_the_workflow_and_the_page_name_the_inputs_of_the_action():
    action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    workflow = yaml.safe_load(block("ci.md", "github"))
    (step,) = (one for one in workflow["jobs"]["dag-lint"]["steps"] if "dag-lint" in one["uses"])
    assert step["with"].keys() <= action["inputs"].keys()
    page = (PROJECT / "docs" / "integrations" / "ci.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE) == list(action["inputs"])


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_is_read_in_one_sitting_and_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    assert ast.get_docstring(ast.parse(text))


def test_the_table_beside_ruff_names_rules_that_exist():
    from dag_lint.rules import ALL_RULES

    page = (PROJECT / "docs" / "integrations" / "other-linters.md").read_text(encoding="utf-8")
    assert set(re.findall(r"DAG\d{3}", page)) <= {rule.code for rule in ALL_RULES}
