import pytest

from dag_lint.diagnostic import Position, Severity, not_analysed, one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("two\nlines\tand\x1b[31m red", "two lines and [31m red"),
        ("매일 – “quoted”", "매일 – “quoted”"),
        ("at a.py:1:2: word", "at a.py: 1:2: word"),
        ("12:30 is a time", "12:30 is a time"),
        ("\u202eright to left", "right to left"),
    ],
)
def test_a_message_is_one_printable_line_without_a_place_in_it(text, line):
    assert one_line(text) == line


def test_a_long_message_is_cut():
    assert one_line("x" * 300) == "x" * 197 + "..."
    assert one_line("word " * 100, 12) == "word word..."


def test_what_could_not_be_analysed_is_an_error_at_the_top_of_the_file():
    found = not_analysed("a.py", "a\nb")
    assert (found.code, found.message, found.severity) == ("DAG000", "a b", Severity.ERROR)
    assert found.span.start == Position(1, 0)
