import io

import pytest

from dag_lint.diagnostic import Severity
from dag_lint.report.style import PLAIN, Style, is_terminal, style_for, width


class Terminal(io.StringIO):
    def isatty(self):
        return True


XTERM = {"TERM": "xterm"}


@pytest.mark.parametrize(
    ("stream", "environment", "colours", "links"),
    [
        (Terminal(), XTERM, True, True),
        (io.StringIO(), XTERM, False, False),
        (Terminal(), {"TERM": "dumb"}, False, False),
        (Terminal(), {"TERM": "linux"}, True, False),
        (Terminal(), {**XTERM, "NO_COLOR": "1"}, False, False),
        (Terminal(), {**XTERM, "NO_COLOR": ""}, True, True),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True, False),
        (io.StringIO(), {"FORCE_COLOR": "0"}, False, False),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        (Terminal(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True, False),
    ],
)
def test_the_environment_decides_on_colours_and_links(stream, environment, colours, links):
    style = style_for(stream, environment)
    assert (style.colours, style.links) == (colours, links)


def test_a_pipe_has_a_width_of_its_own_and_a_terminal_its_real_one(monkeypatch):
    monkeypatch.setenv("COLUMNS", "72")
    assert style_for(Terminal(), XTERM).width == 72
    assert style_for(io.StringIO(), XTERM).width == PLAIN.width
    monkeypatch.setenv("COLUMNS", "3")
    assert style_for(Terminal(), XTERM).width == 40


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [("win32", {}, False), ("win32", {"WT_SESSION": "1"}, True), ("win32", XTERM, True), ("linux", {}, True)],
)
def test_the_old_console_of_windows_is_no_terminal(monkeypatch, platform, environment, expected):
    monkeypatch.setattr("sys.platform", platform)
    assert is_terminal(Terminal(), environment) is expected


def test_what_is_plain_is_the_text_alone():
    assert [
        PLAIN.bold("a"),
        PLAIN.dim("a"),
        PLAIN.severe("a", Severity.ERROR),
        PLAIN.linked("a", "https://example.org"),
    ] == ["a"] * 4


def test_escape_codes_end_where_the_text_ends():
    style = Style(colours=True, links=True)
    assert style.bold("a") == "\x1b[1ma\x1b[0m"
    assert style.severe("a", Severity.ERROR) != style.severe("a", Severity.WARNING)
    assert style.linked("a", "https://b") == "\x1b]8;;https://b\x1b\\a\x1b]8;;\x1b\\"
    assert style.linked("a", None) == "a"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("매일", 4),
        ("\u1106\u1162\u110b\u1175\u11af", 4),
        ("e\u0301", 1),
        ("\N{PARTY POPPER}", 2),
        ("\uff21\uff42", 4),
        ("é", 1),
    ],
)
def test_characters_are_as_wide_as_a_terminal_shows_them(text, columns):
    assert width(text) == columns
