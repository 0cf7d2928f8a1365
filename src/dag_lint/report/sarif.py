"""SARIF 2.1.0, for GitHub's code scanning, Azure DevOps and editors: a log of one run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dag_lint import __version__
from dag_lint.diagnostic import Severity
from dag_lint.fingerprint import fingerprints
from dag_lint.report.places import file_uri
from dag_lint.report.run import HOME, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dag_lint.diagnostic import Diagnostic, Fix, Span
    from dag_lint.inspection import Inspection
    from dag_lint.report.run import Run

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM_SEVERITIES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
"""What GitHub reads beside the level."""

_TOP = "%SRCROOT%"
"""The name of the folder from which files are named, as GitHub wants it."""

_NOT_ANALYSED = {
    "id": "DAG000",
    "name": "NotAnalysed",
    "shortDescription": {"text": "A file could not be analysed, or settings could not be understood."},
    "defaultConfiguration": {"level": "error"},
}


def report(inspections: Iterable[Inspection], run: Run) -> Iterator[str]:
    """The log; columns are code points, and files are named from the top of the repository."""
    results: list[dict[str, Any]] = []
    notifications: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    indexes: dict[str, int] = {}
    for inspection in inspections:
        found = inspection.diagnostics
        for diagnostic, fingerprint in zip(found, fingerprints(found, inspection.text), strict=True):
            code = diagnostic.code
            if code == "DAG000":
                notifications.append(_notification(diagnostic, run))
                continue
            if code not in rules:
                indexes[code] = len(rules)
                rules[code] = _descriptor(diagnostic, run)
            results.append(_result(diagnostic, indexes[code], fingerprint, run))
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(list(rules.values()))},
                "invocations": [_invocation(notifications, run)],
                "originalUriBaseIds": {_TOP: {"uri": file_uri(f"{run.places.repository}/")}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    yield json.dumps(log, indent=2) + "\n"


def _driver(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "dag-lint",
        "informationUri": HOME,
        "version": __version__,
        "semanticVersion": __version__,
        "rules": rules,
        "notifications": [_NOT_ANALYSED],
    }


def _invocation(notifications: list[dict[str, Any]], run: Run) -> dict[str, Any]:
    return {
        "executionSuccessful": not notifications,
        "exitCode": run.counts.status,
        "toolExecutionNotifications": notifications,
        "workingDirectory": {"uri": file_uri(f"{run.places.folder}/")},
    }


def _result(found: Diagnostic, index: int, fingerprint: str, run: Run) -> dict[str, Any]:
    artifact = _artifact(found.path, run)
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [_location(found, artifact)],
        "partialFingerprints": {"dagLint/v1": fingerprint},
    }
    if found.fix is not None:
        result["fixes"] = [_fix(found.fix, artifact)]
    return result


def _notification(found: Diagnostic, run: Run) -> dict[str, Any]:
    return {
        "descriptor": {"id": found.code, "index": 0},
        "level": "error",
        "message": {"text": found.message},
        "locations": [_location(found, _artifact(found.path, run))],
    }


def _location(found: Diagnostic, artifact: Mapping[str, str]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(found.span)}}


def _artifact(path: str, run: Run) -> dict[str, str]:
    uri, is_relative = run.places.uri(path)
    return {"uri": uri, "uriBaseId": _TOP} if is_relative else {"uri": uri}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column + 1,
        "endLine": span.end.line,
        "endColumn": span.end.column + 1,
    }


def _fix(fix: Fix, artifact: Mapping[str, str]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    risk = "" if fix.safe else " (unsafe: it changes what will run)"
    return {
        "description": {"text": fix.title + risk},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _descriptor(found: Diagnostic, run: Run) -> dict[str, Any]:
    """The rule of a finding, with its whole documentation."""
    # SARIF wants a name of one word: MisleadingDagId.
    name = "".join(part.capitalize() for part in found.name.split("-"))
    described: dict[str, Any] = {"id": found.code, "name": name}
    page = page_of(found.code)
    if page is not None:
        described["helpUri"] = page
    rule = run.rules().get(found.code)
    if rule is None:
        return described
    from dag_lint.report.documentation import for_terminal, help_as_markdown, summary, what_happens

    return described | {
        "shortDescription": {"text": summary(rule)},
        "fullDescription": {"text": what_happens(rule)},
        "help": {"text": for_terminal(rule), "markdown": help_as_markdown(rule)},
        "defaultConfiguration": {"enabled": rule.default != "off", "level": _LEVELS[rule.severity]},
        "properties": {"tags": ["airflow"], "problem.severity": _PROBLEM_SEVERITIES[rule.severity]},
    }
