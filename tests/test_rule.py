import pytest

from dag_lint.rule import SECTIONS, Example, Rule

DOCSTRING = "Tea that is late.\n\nWhat happens\n    a\n\nWhat to write\n    b\n\nKnown limits\n    c\n"

WHOLE = {
    "__doc__": DOCSTRING,
    "code": "DAG999",
    "name": "late-tea",
    "default": "on",
    "since": "0.1.0",
    "example": Example(bad="serve(at=5)", good="serve(at=4)"),
    "check": lambda self, file: iter(()),
}


def test_a_rule_that_has_all_its_parts_can_be_made():
    assert type("LateTea", (Rule,), WHOLE)().finding("node", "text").code == "DAG999"


@pytest.mark.parametrize("part", ["code", "name", "default", "since", "example"])
def test_a_rule_that_lacks_a_part_cannot_be_defined(part):
    with pytest.raises(TypeError, match=f"LateTea lacks {part}"):
        type("LateTea", (Rule,), {name: value for name, value in WHOLE.items() if name != part})


@pytest.mark.parametrize("section", SECTIONS)
def test_a_docstring_that_lacks_a_section_cannot_be_defined(section):
    with pytest.raises(TypeError, match=f'the docstring lacks the section "{section}"'):
        type("LateTea", (Rule,), {**WHOLE, "__doc__": DOCSTRING.replace(section, "Why")})


def test_a_rule_of_somebody_else_needs_less():
    parts = {"__doc__": "Tea that is late.", "code": "TEA101", "name": "late-tea", "check": WHOLE["check"]}
    rule = type("LateTea", (Rule,), parts)
    assert (rule.default, rule.example, rule().finding("node", "text").code) == ("on", None, "TEA101")


@pytest.mark.parametrize(
    ("part", "value"), [("code", "TEA1"), ("code", "tea101"), ("name", "Late tea"), ("name", "")]
)
def test_a_code_and_a_name_have_a_form(part, value):
    with pytest.raises(TypeError, match="is no rule"):
        type("LateTea", (Rule,), {**WHOLE, part: value})
