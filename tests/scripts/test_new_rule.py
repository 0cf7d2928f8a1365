import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def new_rule():
    spec = importlib.util.spec_from_file_location("new_rule", PROJECT / "scripts" / "new_rule.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PROJECT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_rule_a_fixture_and_an_entry_are_written(new_rule, copy, capsys):
    assert new_rule.main(["DAG912", "brown-tea", "--default", "off"], copy) == 0
    rule = (copy / "src/dag_lint/rules/convention/brown_tea.py").read_text()
    assert "class BrownTea(Rule):" in rule
    assert 'code = "DAG912"' in rule
    assert 'default = "off"' in rule
    assert "# DAG912:5" in (copy / "tests/fixtures/convention/brown_tea.py").read_text()
    assert (copy / "src/dag_lint/rules/convention/__init__.py").exists()
    entries = (copy / "src/dag_lint/rules/__init__.py").read_text()
    assert "from dag_lint.rules.convention.brown_tea import BrownTea\n" in entries
    assert entries.index("    BrownTea,  # DAG912\n)") > entries.index("ALL_RULES")
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_what_is_written_is_a_rule_and_well_formed(new_rule, copy):
    new_rule.main(["DAG912", "brown-tea"], copy)
    rules = copy / "src/dag_lint/rules"
    files = [str(rules / "__init__.py"), str(rules / "convention/brown_tea.py")]
    for command in (["ruff", "check", "--ignore", "ERA"], ["ruff", "format", "--check"]):
        arguments = ["--config", str(PROJECT / "pyproject.toml"), *files]
        if importlib.util.find_spec(command[0]) is not None:
            done = subprocess.run(
                [sys.executable, "-m", *command, *arguments], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout
    spec = importlib.util.spec_from_file_location(
        "brown_tea", copy / "src/dag_lint/rules/convention/brown_tea.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.BrownTea.code == "DAG912"


def test_entries_stay_sorted_by_code(new_rule, copy):
    for code, name in (("DAG912", "brown-tea"), ("DAG199", "green-tea"), ("DAG100", "no-tea")):
        new_rule.main([code, name], copy)
        entries = (copy / "src/dag_lint/rules/__init__.py").read_text()
        codes = [line[-6:] for line in entries.splitlines() if line.startswith("    ") and "  # DAG" in line]
        assert codes == sorted(codes)
        assert code in codes


@pytest.mark.parametrize("arguments", [["DAG12", "brown-tea"], ["DAG912", "BrownTea"], ["DAG912", "tea"]])
def test_what_is_no_code_or_name_is_refused(new_rule, copy, arguments):
    with pytest.raises(SystemExit):
        new_rule.main(arguments, copy)


def test_a_rule_is_not_written_over(new_rule, copy):
    new_rule.main(["DAG912", "brown-tea"], copy)
    with pytest.raises(SystemExit):
        new_rule.main(["DAG912", "brown-tea"], copy)
