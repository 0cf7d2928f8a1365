"""Rounds of fixes: which go together, what is left out, when they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dag_lint import fixing
from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, TextEdit
from dag_lint.fixing import NotFixedError, compatible, fix_content, fix_file
from dag_lint.inspection import Inspection, Request

REQUEST = Request({})


def finding(code, column, edits, *, safe=True):
    """A finding in line 1; an edit is (start column, end column, text)."""
    span = Span(Position(1, column), Position(1, column + 1))
    made = tuple(TextEdit(Span(Position(1, start), Position(1, end)), text) for start, end, text in edits)
    return Diagnostic("a.py", code, "a-name", "a message", span, Severity.WARNING, Fix("Mend it", made, safe))


def test_fixes_that_overlap_or_meet_wait():
    first = finding("DAG101", 0, [(0, 3, "x")])
    overlapping = finding("DAG102", 1, [(2, 4, "y")])
    meeting = finding("DAG103", 2, [(3, 3, "z")])
    apart = finding("DAG104", 5, [(5, 6, "w")])
    assert compatible([apart, meeting, overlapping, first]) == [first, apart]


def test_an_edit_that_two_fixes_want_alike_is_done_once():
    first = finding("DAG103", 4, [(0, 0, "import b; "), (4, 5, "x")])
    second = finding("DAG103", 8, [(0, 0, "import b; "), (8, 9, "y")])
    assert compatible([first, second]) == [first, second]


@pytest.fixture
def rounds(monkeypatch):
    """Lint by a function from text to findings."""

    def use(findings):
        def inspect(source, _request):
            return Inspection(source.path, source.text, tuple(findings(source.text)))

        monkeypatch.setattr(fixing, "inspect", inspect)

        def run(text, *, unsafe=False):
            found = Inspection("a.py", text, tuple(findings(text)))
            return fix_content(text.encode(), found, REQUEST, lambda one: one.diagnostics, unsafe=unsafe)

        return run

    return use


def test_rounds_go_on_until_nothing_is_left(rounds):
    def findings(text):
        if "a" in text:
            place = text.index("a")
            yield finding("DAG101", place, [(place, place + 1, "b")])

    fixed = rounds(findings)("a + a + a")
    assert fixed.after == b"b + b + b"
    assert [one.code for one in fixed.applied] == ["DAG101"] * 3
    assert fixed.inspection.diagnostics == ()


def test_rounds_end_though_a_fix_never_does(rounds):
    fixed = rounds(lambda text: [finding("DAG101", 0, [(0, 0, "a")])])("b")
    assert fixed.after == b"a" * fixing.MAXIMUM_ROUNDS + b"b"


def test_a_fix_that_changes_nothing_ends_the_rounds(rounds):
    fixed = rounds(lambda text: [finding("DAG101", 0, [(0, 1, "b")])])("b")
    assert (fixed.after, fixed.applied) == (b"b", ())


def test_unsafe_fixes_are_done_only_when_asked_for(rounds):
    def findings(text):
        if text.startswith("a"):
            yield finding("DAG101", 0, [(0, 1, "b")], safe=False)

    assert rounds(findings)("a").after == b"a"
    assert rounds(findings)("a", unsafe=True).after == b"b"


def test_a_fix_that_would_break_the_file_is_left_out_and_named(rounds):
    def findings(text):
        if text.startswith("a"):
            yield finding("DAG101", 0, [(0, 1, "b")])
        if text.endswith("c"):
            yield finding("DAG102", 4, [(4, 5, "(")])

    fixed = rounds(findings)("a + c")
    assert fixed.after == b"b + c"
    assert [one.code for one in fixed.applied] == ["DAG101"]
    assert fixed.spoiled == ("DAG102",)


def _fix_file(path, text, root):
    found = Inspection(str(path), text, (finding("DAG101", 0, [(0, 1, "b")]),), root)
    return fix_file(found, REQUEST, lambda one: one.diagnostics if one is found else (), unsafe=False)


def test_a_file_is_read_anew_with_its_newlines(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"a\r\n")
    fixed = _fix_file(path, "a\n", tmp_path)
    assert (fixed.before, fixed.after) == (b"a\r\n", b"b\r\n")
    assert path.read_bytes() == b"a\r\n"


def test_a_file_that_was_changed_since_it_was_linted_is_left_alone(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"a = 2\n")
    with pytest.raises(NotFixedError, match="changed meanwhile"):
        _fix_file(path, "a\n", tmp_path)


@pytest.mark.parametrize("root", ["project", None])
def test_a_link_that_leaves_the_project_is_left_alone(tmp_path, root):
    (tmp_path / "project").mkdir()
    (tmp_path / "elsewhere.py").write_bytes(b"a\n")
    link = tmp_path / "project" / "a.py"
    link.symlink_to(tmp_path / "elsewhere.py")
    with pytest.raises(NotFixedError, match="link"):
        _fix_file(link, "a\n", root and tmp_path / root)


def test_a_link_inside_the_project_is_fixed(tmp_path):
    (tmp_path / "real.py").write_bytes(b"a\n")
    link = tmp_path / "a.py"
    link.symlink_to(Path("real.py"))
    assert _fix_file(link, "a\n", tmp_path).after == b"b\n"


def test_a_file_in_no_known_encoding_is_left_alone(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"a = '\xff'\n")
    with pytest.raises(NotFixedError, match="encoding"):
        _fix_file(path, "a = '\xff'\n", tmp_path)
