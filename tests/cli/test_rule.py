import pytest

from dag_lint.cli import main
from dag_lint.rule import Example, Rule


class LateTea(Rule):
    """Tea that is served late.

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


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    monkeypatch.setattr("dag_lint.rules.ALL_RULES", (LateTea,))


@pytest.mark.parametrize("wanted", ["TEA101", "tea101", "late-tea"])
def test_a_rule_is_explained_by_code_or_name(wanted, capsys):
    assert main(["rule", wanted]) == 0
    out = capsys.readouterr().out
    assert out.startswith("TEA101 late-tea\n\nTea that is served late.\n")
    assert "Write this instead" in out


@pytest.mark.parametrize(("wanted", "hint"), [("TEA102", "TEA101"), ("late-te", "late-tea")])
def test_an_unknown_rule_ends_with_2_and_a_hint(wanted, hint, capsys):
    assert main(["rule", wanted]) == 2
    assert capsys.readouterr() == ("", f'dag-lint: there is no rule "{wanted}"; did you mean "{hint}"?\n')


@pytest.mark.parametrize("wanted", ["DAG000", "dag000", "not-analysed"])
def test_what_could_not_be_done_is_explained_too(wanted, capsys):
    assert main(["rule", wanted]) == 0
    out = capsys.readouterr().out
    assert out.startswith("DAG000 not-analysed\n")
    assert max(map(len, out.splitlines())) <= 88


def test_all_rules_are_listed(capsys):
    assert main(["rules"]) == 0
    assert capsys.readouterr().out == "TEA101  late-tea  on   Tea that is served late.\n"


def test_no_rules_are_an_empty_list(monkeypatch, capsys):
    monkeypatch.setattr("dag_lint.rules.ALL_RULES", ())
    assert main(["rules"]) == 0
    assert capsys.readouterr().out == ""
