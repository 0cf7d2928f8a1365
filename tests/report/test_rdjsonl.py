import json

from dag_lint.diagnostic import Diagnostic, Fix, Position, Severity, Span, TextEdit
from dag_lint.inspection import Inspection


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def in_bytes(place, text):
    """A place of ruff, which counts characters, as reviewdog counts: in bytes of UTF-8."""
    line = text.split("\n")[place["line"] - 1] if place["line"] <= text.count("\n") else ""
    return {"line": place["line"], "column": len(line[: place["column"] - 1].encode()) + 1}


def test_the_objects_are_those_of_ruff_but_for_columns_in_bytes(report, ruff, shared):
    theirs, ours = json.loads(ruff("rdjson"))["diagnostics"], lines(report("rdjsonl", shared))
    several = [one for one in theirs if len(one.get("suggestions", ())) > 1]
    assert several
    for one in several:
        # Of edits that belong together ruff makes several suggestions, and each alone would break the code.
        first, *_, last = one["suggestions"]
        one["suggestions"] = [
            {"range": {"start": first["range"]["start"], "end": last["range"]["end"]}, "text": "{}"}
        ]
    for one in theirs:
        one["code"].pop("url")
        for ranged in (one["location"], *one.get("suggestions", ())):
            ranged["range"] = {end: in_bytes(place, shared.text) for end, place in ranged["range"].items()}
    for one in ours:
        assert one.pop("source")["name"] == "dag-lint"
        assert one.pop("severity") == "ERROR"
        one["code"].pop("url", None)
    assert ours == theirs


def test_a_wide_character_takes_its_bytes(report, shared):
    (found,) = (one for one in lines(report("rdjsonl", shared)) if one["code"]["value"] == "F401")
    line = shared.text.splitlines()[found["location"]["range"]["start"]["line"] - 1].encode()
    start, end = (found["location"]["range"][key]["column"] - 1 for key in ("start", "end"))
    assert line[start:end] == b"os"


def suggestions(report, text, *edits):
    fix = Fix("Write it", tuple(TextEdit(Span(Position(*a), Position(*b)), new) for a, b, new in edits), True)
    place = Span(Position(1, 0), Position(1, 1))
    found = Diagnostic("a.py", "DAG101", "a-rule", "message", place, Severity.INFO, fix)
    (told,) = lines(report("rdjsonl", Inspection("a.py", text, (found,))))
    return told.get("suggestions")


def test_edits_that_belong_together_are_one_suggestion(report):
    text = "매일 = f(1, 2)\nx = 3\ny = 4\n"
    assert suggestions(report, text, ((2, 4), (2, 5), "33"), ((1, 7), (1, 8), "one")) == [
        {
            "range": {"start": {"line": 1, "column": 12}, "end": {"line": 2, "column": 6}},
            "text": "one, 2)\nx = 33",
        }
    ]
    assert suggestions(report, text, ((1, 5), (1, 6), "g"), ((1, 8), (1, 8), "0")) == [
        {"range": {"start": {"line": 1, "column": 10}, "end": {"line": 1, "column": 13}}, "text": "g(10"}
    ]


def test_a_fix_that_reaches_over_half_the_file_is_no_suggestion(report):
    text = "x = 1\n" * 50
    assert suggestions(report, text, ((1, 0), (1, 0), "import pendulum\n"), ((40, 4), (40, 5), "2")) is None
    assert suggestions(report, text, ((1, 0), (1, 0), "import pendulum\n"), ((9, 4), (9, 5), "2")) is not None


def test_severity_source_and_page_are_told(report, wild):
    found = [wild("./매일.py", severity=severity) for severity in Severity]
    told = lines(report("rdjsonl", *found, here="airflow"))
    assert [one["severity"] for one in told] == ["ERROR", "WARNING", "INFO"]
    assert told[0]["code"]["url"].endswith("DAG101.md")
    # reviewdog puts the way from the top of the repository before it.
    assert told[0]["location"]["path"] == "매일.py"
    assert told[0]["source"]["url"].startswith("https://")
