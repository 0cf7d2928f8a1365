import re

import pytest

from dag_lint.diagnostic import Severity

COMMAND = re.compile(r"::(\w+) (.+?)::(.+)")
ESCAPES = {"%2C": ",", "%3A": ":", "%0D": "\r", "%0A": "\n", "%25": "%"}


def commands(text):
    """What GitHub's runner understands: it undoes the escapes in this order."""
    for line in text.splitlines():
        level, given, message = COMMAND.fullmatch(line).groups()
        properties = dict(one.split("=", 1) for one in given.split(","))
        for escape, meant in ESCAPES.items():
            properties = {key: value.replace(escape, meant) for key, value in properties.items()}
        for escape in ("%0D", "%0A", "%25"):
            message = message.replace(escape, ESCAPES[escape])
        yield level, properties, message


def test_the_commands_are_those_of_ruff(report, ruff, shared):
    # ruff does not escape a message, and ours says what is done about it in words of its own.
    theirs = list(commands(ruff("github").replace("title=ruff", "title=dag-lint")))
    ours = list(commands(report("github", shared)))
    assert [one[:2] for one in ours] == [one[:2] for one in theirs]
    assert [one[2].split("\n")[0] for one in ours] == [one[2].split("\n")[0] for one in theirs]
    assert [list(one[1]) for one in ours] == [list(one[1]) for one in theirs]


def test_a_finding_over_several_lines_has_no_columns(report, shared):
    (several,) = (one for _, one, _ in commands(report("github", shared)) if one["line"] != one["endLine"])
    assert set(several) == {"title", "file", "line", "endLine"}


def test_a_fix_is_told_below_the_message(report, shared):
    messages = [message for _, _, message in commands(report("github", shared))]
    assert [message.partition("\n  fix: ")[2] for message in messages] == [
        one.fix.title if one.fix else "" for one in shared.diagnostics
    ]


@pytest.mark.parametrize("name", ["dags/a,b:c.py", "100%.py", "100%25.py", "a\nb\r.py", "매일::x.py"])
def test_any_file_name_and_message_arrives(report, wild, name):
    ((level, properties, message),) = commands(report("github", wild(name, "100%, 50%25: sure")))
    assert (level, properties["file"]) == ("warning", name)
    assert message == f"{name}:1:1: DAG101 100%, 50%25: sure"


def test_severities_are_levels_and_files_are_named_from_the_repository(report, wild):
    found = [wild("a.py", severity=severity) for severity in Severity]
    told = list(commands(report("github", *found, here="airflow/dags")))
    assert [level for level, _, _ in told] == ["error", "warning", "notice"]
    assert {properties["file"] for _, properties, _ in told} == {"airflow/dags/a.py"}
