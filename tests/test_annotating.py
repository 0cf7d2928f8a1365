"""Comments are written where flake8 looks for them: flake8 itself is asked of each."""

import ast
import subprocess
import sys

import pytest

from dag_lint.annotating import NotAnnotatedError, annotated
from dag_lint.diagnostic import Diagnostic, Position, Severity, Span
from dag_lint.reading import decode_python

WORDS = {"alpha": "DAG101", "beta": "DAG302"}
"""Where these stand, there are findings."""

CASES = {
    "plain": ("x = alpha\n", "x = alpha  # noqa: DAG101\n"),
    "no newline": ("x = alpha", "x = alpha  # noqa: DAG101"),
    "blanks at the end": ("x = alpha  \t\ny = 1\n", "x = alpha  # noqa: DAG101\ny = 1\n"),
    "several codes": ("x = beta + alpha\n", "x = beta + alpha  # noqa: DAG101,DAG302\n"),
    "several lines": (
        "x = alpha\ny = 1\nz = beta\n",
        "x = alpha  # noqa: DAG101\ny = 1\nz = beta  # noqa: DAG302\n",
    ),
    "a comment": ("x = alpha  # why\n", "x = alpha  # why  # noqa: DAG101\n"),
    "other codes": ("x = alpha  # noqa: E501\n", "x = alpha  # noqa: E501,DAG101\n"),
    "other codes and a reason": (
        "x = alpha  # noqa:E501, W6 -- long\n",
        "x = alpha  # noqa:E501, W6,DAG101 -- long\n",
    ),
    "codes in lower case": ("x = alpha  # noqa: dag101\n", "x = alpha  # noqa: dag101,DAG101\n"),
    "a comment that is none": ("x = alpha  #noqa: DAG101\n", "x = alpha  #noqa: DAG101  # noqa: DAG101\n"),
    "a call over lines": ("f(\n    alpha,\n    2,\n)\n", "f(\n    alpha,  # noqa: DAG101\n    2,\n)\n"),
    "a backslash": ("x = alpha + \\\n    2\n", "x = alpha + \\\n    2  # noqa: DAG101\n"),
    "a comment after a backslash": (
        "x = alpha + \\\n    2  # noqa: E5\n",
        "x = alpha + \\\n    2  # noqa: E5,DAG101\n",
    ),
    "a long string": (
        'x = f(alpha, """\ntext\n""", 2)\ny = 1\n',
        'x = f(alpha, """\ntext\n""", 2)  # noqa: DAG101\ny = 1\n',
    ),
    "inside a long string": (
        'x = """\nrun alpha and\nbeta\n"""\n',
        'x = """\nrun alpha and\nbeta\n"""  # noqa: DAG101,DAG302\n',
    ),
    "an f-string": ('x = f"""\n{alpha} and\n"""\n', 'x = f"""\n{alpha} and\n"""  # noqa: DAG101\n'),
    "a string in a call": (
        'f(\n    """\n    alpha\n    """,\n    2,\n)\n',
        'f(\n    """\n    alpha\n    """,  # noqa: DAG101\n    2,\n)\n',
    ),
    "two statements": ("x = 1; y = alpha\n", "x = 1; y = alpha  # noqa: DAG101\n"),
    "a form feed": ("x = 1\n\x0cy = alpha\n", "x = 1\n\x0cy = alpha  # noqa: DAG101\n"),
    "Windows": ("x = alpha\r\ny = 1\r\n", "x = alpha  # noqa: DAG101\r\ny = 1\r\n"),
    "Korean": ("x = '매일', alpha\n", "x = '매일', alpha  # noqa: DAG101\n"),
    "a BOM": ("\ufeffx = alpha\n", "\ufeffx = alpha  # noqa: DAG101\n"),
}

# flake8 reads what only looks like a comment, and nothing can be added to that.
LEFT = {
    "a text with a comment": ('x = """\n# noqa: E501\n""" + alpha\n', ["DAG101"]),
    "a string with a comment": ('x = "# noqa: E501", alpha\ny = beta\n', ["DAG101"]),
}


def findings(content):
    found = []
    for number, line in enumerate(decode_python(content).split("\n"), 1):
        for word, code in WORDS.items():
            if word in line:
                place = Position(number, line.index(word))
                found.append(Diagnostic("a.py", code, "a-rule", "text", Span(place, place), Severity.ERROR))
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_comment_is_written_where_it_counts(name):
    before, after = (text.encode() for text in CASES[name])
    assert annotated(before, findings(before)) == (after, [])


@pytest.mark.parametrize("name", CASES)
def test_a_second_time_changes_nothing(name):
    after = CASES[name][1].encode()
    assert annotated(after, []) == (after, [])


@pytest.mark.parametrize("name", LEFT)
def test_where_no_comment_can_stand_the_finding_is_left(name):
    text, codes = LEFT[name]
    new, left = annotated(text.encode(), findings(text.encode()))
    assert [one.code for one in left] == codes
    assert ast.dump(ast.parse(new)) == ast.dump(ast.parse(text))
    assert new.decode() == text.replace("y = beta\n", "y = beta  # noqa: DAG302\n")


PLUGIN = """
class Plugin:
    def __init__(self, tree, lines):
        self.lines = lines

    def run(self):
        for number, line in enumerate(self.lines, 1):
            for word, code in (("alpha", "DAG101"), ("beta", "DAG302")):
                if word in line:
                    yield number, 0, f"{code} text", type(self)
"""

CONFIGURATION = """
[flake8]
select = DAG
[flake8:local-plugins]
extension = DAG = plugin_of_test:Plugin
paths = .
"""


def test_flake8_itself_is_silent_then(tmp_path):
    (tmp_path / "plugin_of_test.py").write_text(PLUGIN)
    (tmp_path / ".flake8").write_text(CONFIGURATION)
    (tmp_path / "cases").mkdir()
    texts = [before for before, _ in CASES.values()] + [text for text, _ in LEFT.values()]
    for number, text in enumerate(texts):
        content = text.encode()
        (tmp_path / f"cases/before_{number:02}.py").write_bytes(content)
        (tmp_path / f"cases/case_{number:02}.py").write_bytes(annotated(content, findings(content))[0])
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "-j1", "cases"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    reported = {
        line.split(":")[0].removeprefix("cases/").removesuffix(".py") for line in done.stdout.splitlines()
    }
    numbers = range(len(texts))
    assert {f"before_{number:02}" for number in numbers} <= reported
    assert {name for name in reported if name.startswith("case")} == {
        f"case_{number:02}" for number in numbers[len(CASES) :]
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x = alpha (\n", "Python cannot read it"),
        (b"# coding: nonsense\nx = alpha\n", "it is not in the encoding that it says it is"),
    ],
)
def test_a_file_that_cannot_be_edited_is_left(content, reason):
    with pytest.raises(NotAnnotatedError, match=reason):
        annotated(content, findings(content))
