import pytest

from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, not_analysed
from dag_lint.inspection import Inspection
from dag_lint.report.style import Style
from dag_lint.report.text import snippet


def found(line, start, end, last=None, **more):
    span = Span(Position(line, start), Position(last or line, end))
    return Diagnostic("./dags/a.py", "DAG101", "a-rule", "the message", span, Severity.WARNING, **more)


def marked(line, start, end, columns=80, last=1):
    return snippet(line, Span(Position(1, start), Position(last, end)), columns)


def test_a_finding_is_shown_with_its_line_and_the_run_is_summed_up(report):
    text = "import airflow\n\n    x = call(1)\n"
    assert report("text", Inspection("./dags/a.py", text, (found(3, 8, 15),)), files=5) == (
        "dags/a.py:3:9: DAG101 the message\n"
        "  |\n"
        "3 |     x = call(1)\n"
        "  |         ^^^^^^^\n"
        "\n"
        "Found 1 finding in 1 file (of 5).\n"
    )


def test_the_margin_is_as_wide_as_the_number(report):
    text = "\n" * 99 + "x = 1\n"
    shown = report("text", Inspection("a.py", text, (found(100, 0, 1),))).splitlines()
    assert shown[1:4] == ["    |", "100 | x = 1", "    | ^"]


def test_a_fix_is_named_and_so_is_its_risk(report):
    fixes = (Fix("Write catchup=False", (), True), Fix("Write a zone", (), False))
    shown = report("text", Inspection("a.py", "x = 1\n", tuple(found(1, 0, 1, fix=fix) for fix in fixes)))
    assert "\n  = fix: Write catchup=False\n" in shown
    assert "\n  = unsafe fix: Write a zone\n" in shown


@pytest.mark.parametrize(("text", "line"), [("", 1), ("\n\n", 2), ("x\n", 9)])
def test_where_no_text_is_no_line_is_shown(report, text, line):
    shown = report("text", Inspection("a.py", text, (not_analysed("a.py", "it is gone", line),)))
    assert shown.splitlines()[:2] == [f"a.py:{line}:1: DAG000 it is gone", ""]


def test_colours_mark_what_matters_and_the_code_leads_to_its_page(report):
    style = Style(colours=True, links=True)
    shown = report("text", Inspection("a.py", "x = 1\n", (found(1, 4, 5),)), style=style)
    head, _, _, marks, *_ = shown.splitlines()
    assert head.startswith("\x1b[1mdags/a.py:1:5:\x1b[0m \x1b]8;;https://")
    assert "docs/rules/DAG101.md\x1b\\\x1b[1;33mDAG101\x1b[0m\x1b]8;;\x1b\\ the message" in head
    assert marks.endswith("     \x1b[1;33m^\x1b[0m")


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "marks"),
    [
        ("\tx = f()", 5, 8, "    x = f()", "        ^^^"),
        ("ab\tx", 3, 4, "ab  x", "    ^"),
        ("x = '매일', y", 4, 8, "x = '매일', y", "    ^^^^^^"),
        ("'매일', y", 6, 7, "'매일', y", "        ^"),
        ("'매\t', y", 1, 3, "'매 ', y", " ^^^"),
        ("'e\u0301', y", 6, 7, "'e\u0301', y", "     ^"),
        ("'\u1106\u1162', y", 6, 7, "'\u1106\u1162', y", "      ^"),
        ("x = 1", 5, 5, "x = 1", "     ^"),
        ("x = 1", 9, 9, "x = 1", "     ^"),
        ("x = 1", 2, 2, "x = 1", "  ^"),
    ],
)
def test_the_marks_stand_below_what_they_mark(line, start, end, shown, marks):
    assert marked(line, start, end) == (shown, marks)


def test_of_a_finding_over_several_lines_the_first_is_marked_to_its_end():
    assert marked("with DAG(  ", 5, 1, last=4) == ("with DAG(", "     ^^^^")


@pytest.mark.parametrize("evil", ["\x1b[2J", "\x0c", "\u202e", "\x9b", "\u200b", "\x00", "\udcff", "\r"])
def test_no_character_of_a_file_moves_the_cursor_or_turns_the_text_around(evil):
    shown, marks = marked(f"{evil}x = 1", len(evil), len(evil) + 1)
    assert shown.isprintable()
    assert marks.index("^") == shown.index("x")


LONG = "x = [" + "1, " * 100 + "'here', " + "2, " * 100 + "]"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (LONG.index("'here'"), LONG.index("'here'") + 6, "... 1, 1, 'here', 2, ..."),
        (0, 1, "x = [1, 1, 1, 1, 1, 1..."),
        (len(LONG) - 1, len(LONG), "..., 2, 2, 2, 2, 2, 2, ]"),
        (4, len(LONG), "...[1, 1, 1, 1, 1, 1,..."),
    ],
)
def test_a_long_line_is_cut_around_the_finding(start, end, shown):
    text, marks = marked(LONG, start, end, columns=24)
    assert len(text) <= 24
    assert len(marks) <= 24
    assert text[marks.index("^")] == LONG[start]
    assert "..." in text


@pytest.mark.parametrize("columns", range(12, 60))
def test_a_cut_line_of_wide_characters_fits_and_the_marks_with_it(columns):
    from dag_lint.report.style import width

    line = "매일" * 20 + "HERE" + "아침" * 20
    text, marks = marked(line, 40, 44, columns)
    assert width(text) <= columns
    before = text[: text.index("H")]
    assert width(before) == marks.index("^")
