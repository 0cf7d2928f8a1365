"""Edits over bytes: what no edit names stays."""

from __future__ import annotations

import pytest

from dag_lint.diagnostic import Position, Span, TextEdit
from dag_lint.editing import EditableText, NotEditableError
from dag_lint.reading import decode_python


def edit(start, end, text):
    return TextEdit(Span(Position(*start), Position(*end)), text)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        (b"a = 1\nb = 2\n", [edit((2, 4), (2, 5), "3")], b"a = 1\nb = 3\n"),
        (b"a = 1\r\nb = 2\r\n", [edit((2, 4), (2, 5), "(\n3\n)")], b"a = 1\r\nb = (\r\n3\r\n)\r\n"),
        (b"a = 1\rb = 2\r", [edit((2, 4), (2, 5), "(\n3)")], b"a = 1\rb = (\r3)\r"),
        (b"a\r\nb\nc\rd", [edit((4, 0), (4, 1), "e")], b"a\r\nb\nc\re"),
        (b"a\r\nb\r\nc\n", [edit((1, 0), (2, 0), "")], b"b\r\nc\n"),
        (b"a\x0cb\n\x0cc\n", [edit((2, 1), (2, 2), "d")], b"a\x0cb\n\x0cd\n"),
        ("가 = 1\n".encode(), [edit((1, 4), (1, 5), "2")], "가 = 2\n".encode()),
        (b"\xef\xbb\xbfa = 1\n", [edit((1, 0), (1, 0), "b = ")], b"\xef\xbb\xbfb = a = 1\n"),
        (b"# coding: latin-1\n'\xe9' + b\n", [edit((2, 6), (2, 7), "c")], b"# coding: latin-1\n'\xe9' + c\n"),
        (b"a", [edit((1, 1), (1, 1), "b")], b"ab"),
        (b"", [edit((1, 0), (1, 0), "a\n")], b"a\n"),
        (b"f(a, b)", [edit((1, 5), (1, 6), "d"), edit((1, 2), (1, 3), "c")], b"f(c, d)"),
    ],
)
def test_only_what_is_named_changes(before, edits, after):
    assert EditableText.of(before).edited(edits) == after


def test_places_are_those_of_the_text_that_was_linted():
    content = b"\xef\xbb\xbf# \xf0\x9f\x90\x8d\r\nx = 'a'\rwith_x = 2\n"
    lines = decode_python(content).split("\n")
    edits = [
        edit((number, 0), (number, len(line)), f"{number}") for number, line in enumerate(lines, 1) if line
    ]
    assert EditableText.of(content).edited(edits) == b"\xef\xbb\xbf1\r\n2\r3\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# coding: iso-8859-2\n# \xc3\x28 \xff", None),
        (b"'\xff'\n", "encoding"),
        (b"# coding: rot13\nn = 1\n", "encoding"),
        (b"# coding: nowhere\na = 1\n", "encoding"),
        (b"# coding: utf-7\n'+AGE-'\n", "utf-7"),
    ],
)
def test_bytes_that_would_not_come_back_are_refused(content, reason):
    if reason is None:
        assert EditableText.of(content).edited([]) == content
        return
    with pytest.raises(NotEditableError, match=reason):
        EditableText.of(content)


@pytest.mark.parametrize(
    "edits",
    [
        [edit((3, 0), (3, 0), "x")],
        [edit((0, 0), (1, 0), "x")],
        [edit((1, 9), (1, 9), "x")],
        [edit((1, -1), (1, 0), "x")],
        [edit((1, 3), (1, 1), "x")],
        [edit((1, 0), (1, 3), "x"), edit((1, 2), (1, 4), "y")],
    ],
)
def test_edits_that_do_not_fit_are_refused(edits):
    with pytest.raises(NotEditableError):
        EditableText.of(b"abcde\n").edited(edits)


def test_a_text_that_the_encoding_lacks_is_refused():
    with pytest.raises(NotEditableError, match="lacks a character"):
        EditableText.of(b"# coding: latin-1\na = 1\n").edited([edit((2, 4), (2, 5), "'가'")])
