import subprocess
import sys

import pytest

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span
from dag_lint.source import SourceFile
from dag_lint.suppress import without_suppressed

BRACKET = """\
dag = DAG(
    "a",  # HERE
)  # noqa: DAG101
"""

STRING = '''\
text = """
HERE
"""  # noqa: DAG101
'''

BACKSLASH = """\
dag = \\
    HERE \\
    + 1  # noqa: DAG101
"""

# Each comment with whether it switches DAG101 off: what flake8 does, be it meant or not.
COMMENTS = [
    ("# noqa", True),
    ("# NOQA", True),
    ("# noqa: DAG101", True),
    ("# noqa:DAG101,E501", True),
    ("# noqa: E501, DAG101", True),
    ("# noqa: E501 DAG101", True),
    ("# noqa: DAG1", True),
    ("# noqa: DAG101 -- a reason", True),
    ("# noqa: DAG101 (a reason)", True),
    ("# noqa: DAG101: a reason", True),
    ("# noqa: DAG102 -- a reason", False),
    ("# noqa: E501 -- as DAG101 says", False),
    ("# a reason  # noqa: DAG101", True),
    ("# noqa: DAG102", False),
    ("# noqa: DAG1011", False),
    ("# noqa: E501", False),
    # The codes of a comment are case-sensitive.
    ("# noqa: dag101", False),
    ("#noqa: DAG101", False),
    ("# no qa", False),
    # These switch everything off, by accident.
    ("# noqa: DAG", True),
    ("# noqa DAG102", True),
    ("# noqa : DAG102", True),
    ("# noqa:  DAG102", True),
    ("# noqa: because DAG102", True),
]

TEXTS = [
    *((f"HERE  {comment}\n", off) for comment, off in COMMENTS),
    (BRACKET, False),
    (STRING, True),
    (BACKSLASH, True),
    ("HERE\x0c1  # noqa: DAG101\n", True),
    ("x = 1\n# flake8: noqa\nHERE\n", True),
    ("x = 1\n# flake8: noqa: E501\nHERE\n", True),
    ("x = 1  # flake8: noqa\nHERE\n", False),
    ("HERE  # flake8: noqa\n", False),
]


def finding(text):
    line = next(number for number, line in enumerate(text.split("\n"), 1) if "HERE" in line)
    place = Position(line, 0)
    return Diagnostic("a.py", "DAG101", "a-rule", "text", Span(place, place), Severity.WARNING)


@pytest.mark.parametrize(("text", "off"), TEXTS)
def test_a_comment_switches_off_what_flake8_would(text, off):
    kept = without_suppressed([finding(text)], SourceFile("a.py", text))
    assert kept == ([] if off else [finding(text)])


PLUGIN = """
class Plugin:
    def __init__(self, tree, lines):
        self.lines = lines

    def run(self):
        for number, line in enumerate(self.lines, 1):
            if "HERE" in line:
                yield number, 0, "DAG101 text", type(self)
"""


CONFIGURATION = """
[flake8]
select = DAG
filename = *case_*.py
[flake8:local-plugins]
extension = DAG1 = plugin_of_test:Plugin
paths = .
"""


def test_flake8_itself_agrees(tmp_path):
    (tmp_path / "plugin_of_test.py").write_text(PLUGIN)
    (tmp_path / ".flake8").write_text(CONFIGURATION)
    for number, (text, _) in enumerate(TEXTS):
        (tmp_path / f"case_{number:02}.py").write_text(text)
    run = subprocess.run(
        [sys.executable, "-m", "flake8", "-j1"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    reported = {line.split(":")[0] for line in run.stdout.splitlines()}
    assert run.stderr == ""
    assert reported == {f"./case_{number:02}.py" for number, (_, off) in enumerate(TEXTS) if not off}


def test_a_text_that_cannot_be_split_into_tokens_switches_nothing_off():
    text = "HERE = (  # noqa: DAG101\n"
    assert without_suppressed([finding(text)], SourceFile("a.py", text)) == [finding(text)]
