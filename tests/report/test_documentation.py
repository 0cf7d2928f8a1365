import pytest

from dag_lint.report.documentation import (
    as_markdown,
    default_of,
    for_terminal,
    index_as_markdown,
    summary,
)
from dag_lint.rule import Example, Rule


class LateTea(Rule):
    """Tea that is
    served after four.

    What happens
        The tea is late, and the `water` is cold. That is a long sentence, and it has to be filled anew.

        - a point that is long enough to be broken into lines, and whose lines hang below one another
        - a point

            tea = brew(water)  # longer than the width of the terminal that the test has, and not broken

    What to write
    -------------
    ```python
    tea = brew(
        water)
    ```

    | a | b |
    |---|---|

    Known limits
        None.
    """

    code = "TEA101"
    name = "late-tea"
    default = "2"
    since = "0.1.0"
    example = Example(bad="serve(at=5)\n", good="serve(at=4)\n")

    def check(self, file):
        yield from ()


TERMINAL = """\
TEA101 late-tea

Tea that is served after four.

Default: on, where the target is Airflow 2 or not known. Severity: warning. Fix: none. Since version 0.1.0.

What happens
------------
The tea is late, and the `water` is cold. That is a
long sentence, and it has to be filled anew.

- a point that is long enough to be broken into lines,
  and whose lines hang below one another
- a point

    tea = brew(water)  # longer than the width of the terminal that the test has, and not broken

What to write
-------------
```python
tea = brew(
    water)
```

| a | b |
|---|---|

Known limits
------------
None.

This is found
-------------
    serve(at=5)

Write this instead
------------------
    serve(at=4)
"""


def test_the_terminal_shows_paragraphs_and_lists_filled_and_code_as_it_is():
    assert for_terminal(LateTea, 55) == TERMINAL


def test_the_page_has_a_heading_for_each_section():
    page = as_markdown(LateTea)
    assert page.startswith("# TEA101: late-tea\n\nTea that is served after four.\n\nDefault: on, where")
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## What happens",
        "## What to write",
        "## Known limits",
        "## This is found",
        "## Write this instead",
    ]
    assert "\nThe tea is late" in page
    assert "```python\nserve(at=5)\n```" in page


def test_the_index_links_to_the_pages():
    row = "| [TEA101](rules/TEA101.md) | late-tea | 2 | none | Tea that is served after four. |"
    assert row in index_as_markdown([LateTea]).splitlines()


def test_the_summary_is_one_line():
    assert summary(LateTea) == "Tea that is served after four."


@pytest.mark.parametrize(
    ("default", "words"), [("on", "on"), ("off", "off"), ("3", "Airflow 3 or not known")]
)
def test_a_default_is_told_in_words(monkeypatch, default, words):
    monkeypatch.setattr(LateTea, "default", default)
    assert words in default_of(LateTea)
