import re

import pytest

from dag_lint.diagnostic import Severity

COMMAND = re.compile(r"##vso\[task\.logissue (.+?)\](.*)")


def commands(text):
    """What the agent of Azure Pipelines understands."""
    for line in text.splitlines():
        given, message = COMMAND.fullmatch(line).groups()
        properties = dict(one.split("=", 1) for one in given.split(";") if one)
        for escape, meant in (("%3B", ";"), ("%5D", "]"), ("%0D", "\r"), ("%0A", "\n"), ("%AZP25", "%")):
            properties = {key: value.replace(escape, meant) for key, value in properties.items()}
            message = message if escape in ("%3B", "%5D") else message.replace(escape, meant)
        yield properties, message


def test_the_commands_are_those_of_ruff(report, ruff, shared):
    assert report("azure", shared) == ruff("azure")


@pytest.mark.parametrize("name", ["a;b]c.py", "a\nb\r.py", "100%3B.py", "100%.py", "매일,:.py", "%azp25.py"])
def test_any_file_name_and_message_arrives(report, wild, name):
    ((properties, message),) = commands(report("azure", wild(name, "%Y-%m; 100 %0D] sure")))
    assert (properties["sourcepath"], message) == (name, "%Y-%m; 100 %0D] sure")


def test_a_percent_sign_that_misleads_nobody_stays(report, wild):
    assert report("azure", wild("a.py", "strftime('%Y')")).endswith("]strftime('%Y')\n")


def test_severities_are_types_and_files_are_named_from_the_repository(report, wild):
    found = [wild("a.py", severity=severity) for severity in Severity]
    told = [properties for properties, _ in commands(report("azure", *found, here="airflow"))]
    assert [one["type"] for one in told] == ["error", "warning", "warning"]
    assert {one["sourcepath"] for one in told} == {"airflow/a.py"}
