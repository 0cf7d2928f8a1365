import json

import pytest

from dag_lint.diagnostic import Severity, not_analysed
from dag_lint.inspection import Inspection


def issues(text):
    return json.loads(text)


def test_the_issues_are_those_of_ruff(report, ruff, shared):
    theirs, ours = issues(ruff("gitlab")), issues(report("gitlab", shared))
    assert all(isinstance(one.pop("fingerprint"), str) for one in (*theirs, *ours))
    assert ours == theirs
    assert [list(one) for one in ours] == [list(one) for one in theirs]


def test_severities_are_those_of_gitlab_and_files_are_named_from_the_repository(report, wild):
    found = [wild("a.py", severity=severity) for severity in Severity]
    told = issues(report("gitlab", *found, here="airflow"))
    assert [one["severity"] for one in told] == ["major", "minor", "info"]
    assert {one["location"]["path"] for one in told} == {"airflow/a.py"}


def test_a_fingerprint_is_of_the_file_and_never_of_the_message(report, wild):
    one, same, other = (
        issues(report("gitlab", found))[0]["fingerprint"]
        for found in (wild("a.py", "one"), wild("a.py", "other"), wild("b.py", "one"))
    )
    assert one == same != other


@pytest.mark.parametrize("count", [2, 3])
def test_no_two_issues_have_the_same_fingerprint(report, count):
    missing = Inspection("a.py", "", (not_analysed("a.py", "it is gone"),))
    told = issues(report("gitlab", *[missing] * count))
    assert len({one["fingerprint"] for one in told}) == count


def test_nothing_found_is_an_empty_array(report):
    assert issues(report("gitlab")) == []
