import pytest

from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, not_analysed
from dag_lint.report.run import Counts
from dag_lint.report.summary import summary

PLACE = Span(Position(1, 0), Position(1, 1))


def found(safe=None):
    fix = None if safe is None else Fix("Write it", (), safe)
    return Diagnostic("a.py", "DAG101", "a-rule", "message", PLACE, Severity.WARNING, fix)


WRONG = not_analysed("a.py", "reason")


@pytest.mark.parametrize(
    ("files", "diagnostics", "text", "status"),
    [
        (120, [], "Found nothing in 120 files.", 0),
        (1, [], "Found nothing in 1 file.", 0),
        (120, [[found()]], "Found 1 finding in 1 file (of 120).", 1),
        (3, [[found()] * 4, [], [found()] * 3], "Found 7 findings in 2 files (of 3).", 1),
        (
            3,
            [[found(), WRONG], [WRONG]],
            "Found 1 finding in 1 file (of 3), and could not do 2 things (DAG000).",
            2,
        ),
        (0, [[WRONG]], "Found nothing in 0 files, and could not do 1 thing (DAG000).", 2),
        (
            1,
            [[found(True), found(True), found(False), found()]],
            "Found 4 findings in 1 file (of 1).\n2 of 4 fixable with --fix, 1 more with --unsafe-fixes.",
            1,
        ),
        (
            1,
            [[found(False)]],
            "Found 1 finding in 1 file (of 1).\n1 of 1 fixable with --fix --unsafe-fixes.",
            1,
        ),
    ],
)
def test_a_run_is_summed_up(files, diagnostics, text, status):
    counts = Counts(files)
    for one in diagnostics:
        counts.add(one)
    assert (summary(counts), counts.status) == (text, status)
