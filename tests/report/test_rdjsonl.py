import json

from dag_lint.diagnostic import Severity


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def in_bytes(place, text):
    """A place of ruff, which counts characters, as reviewdog counts: in bytes of UTF-8."""
    line = text.split("\n")[place["line"] - 1] if place["line"] <= text.count("\n") else ""
    return {"line": place["line"], "column": len(line[: place["column"] - 1].encode()) + 1}


def test_the_objects_are_those_of_ruff_but_for_columns_in_bytes(report, ruff, shared):
    theirs, ours = json.loads(ruff("rdjson"))["diagnostics"], lines(report("rdjsonl", shared))
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


def test_severity_source_and_page_are_told(report, wild):
    found = [wild("./매일.py", severity=severity) for severity in Severity]
    told = lines(report("rdjsonl", *found, here="airflow"))
    assert [one["severity"] for one in told] == ["ERROR", "WARNING", "INFO"]
    assert told[0]["code"]["url"].endswith("DAG101.md")
    # reviewdog puts the way from the top of the repository before it.
    assert told[0]["location"]["path"] == "매일.py"
    assert told[0]["source"]["url"].startswith("https://")
