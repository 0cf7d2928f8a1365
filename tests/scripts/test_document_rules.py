import importlib.util
from pathlib import Path

import pytest

from dag_lint.rule import Example, Rule

PROJECT = Path(__file__).parent.parent.parent

README = """\
# x
<!-- output -->
<!-- /output -->
<!-- rules -->
<!-- /rules -->
text
<!-- settings -->
old
<!-- /settings -->
"""


class LateTea(Rule):
    r"""Tea that is served \1 late.

    What happens
        It is cold.

    What to write
        Four.

    Known limits
        None.
    """

    code = "TEA101"
    name = "late-tea"
    default = "on"
    since = "0.1.0"
    example = Example(bad="serve(at=5)", good="serve(at=4)")

    def check(self, file):
        yield from ()


@pytest.fixture
def document_rules(monkeypatch):
    spec = importlib.util.spec_from_file_location("document_rules", PROJECT / "scripts" / "document_rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ALL_RULES", (LateTea,))
    return module


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "README.md").write_text(README)
    (tmp_path / "examples/dags").mkdir(parents=True)
    (tmp_path / "examples/dags/a.py").write_text("x = (")
    (tmp_path / "docs/rules").mkdir(parents=True)
    (tmp_path / "docs/rules/TEA100.md").write_text("of a rule that is gone")
    return tmp_path


def test_pages_are_written_once_and_then_current(document_rules, folder, capsys):
    assert document_rules.main(["--check"], folder) == 1
    assert "docs/rules/TEA101.md: is stale" in capsys.readouterr().out
    assert document_rules.main([], folder) == 0
    assert "docs/rules/TEA100.md: removed" in capsys.readouterr().out
    assert document_rules.main(["--check"], folder) == 0
    assert capsys.readouterr().out == ""


def test_the_pages_hold_the_rules_and_the_readme_both_tables(document_rules, folder):
    document_rules.main([], folder)
    assert [path.name for path in (folder / "docs/rules").iterdir()] == ["TEA101.md"]
    assert "[TEA101](rules/TEA101.md)" in (folder / "docs/rules.md").read_text()
    readme = (folder / "README.md").read_text()
    assert (
        r"| [TEA101](docs/rules/TEA101.md) | late-tea | on | none | Tea that is served \1 late. |" in readme
    )
    assert "| `min-sleep` | `10` | `10` |" in readme
    assert "\nold\n" not in readme
    assert "$ flake8 --select DAG,E9 examples/dags\nexamples/dags/a.py:1:6: E999 " in readme


def test_a_readme_without_the_marks_is_refused(document_rules, folder):
    (folder / "README.md").write_text("# x\n")
    with pytest.raises(SystemExit, match=r"README\.md lacks <!-- output -->"):
        document_rules.main([], folder)
