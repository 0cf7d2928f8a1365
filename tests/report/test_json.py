import json

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span, not_analysed
from dag_lint.inspection import Inspection

ONLY_RUFFS = {"cell", "noqa_row"}
ONLY_OURS = {"fingerprint"}


def test_the_objects_are_those_of_ruff(report, ruff, shared):
    theirs, ours = json.loads(ruff("json")), json.loads(report("json", shared))
    assert [one.keys() - ONLY_OURS for one in ours] == [one.keys() - ONLY_RUFFS for one in theirs]
    for key in theirs[0].keys() - ONLY_RUFFS - {"url"}:
        assert [one[key] for one in ours] == [one[key] for one in theirs]


def test_a_line_is_an_object_of_the_array(report, ruff, shared):
    lines = report("jsonl", shared, shared).splitlines()
    assert [json.loads(line) for line in lines] == 2 * json.loads(report("json", shared))
    # As short as ruff's: no blanks between the parts.
    assert '": ' not in lines[0].replace(json.loads(lines[0])["message"], "")
    assert len(lines) == 2 * len(ruff("json-lines").splitlines())


def test_nothing_found_is_an_empty_array_and_no_line(report):
    assert json.loads(report("json")) == []
    assert report("jsonl") == ""


def test_a_rule_of_ours_has_its_page_and_a_stable_name(report):
    def found(text, line, message):
        place = Span(Position(line, 4), Position(line, 5))
        return json.loads(
            report(
                "jsonl",
                Inspection(
                    "./a.py",
                    text,
                    (Diagnostic("./a.py", "DAG101", "misleading-dag-id", message, place, Severity.INFO),),
                ),
            )
        )

    before, after = found("x = 1\n", 1, "one"), found("\n# moved\nx = 1\n", 3, "another")
    assert before["fingerprint"] == after["fingerprint"]
    assert before["url"].endswith("/docs/rules/DAG101.md")
    assert (before["filename"], before["severity"]) == ("a.py", "info")


def test_what_could_not_be_analysed_is_there_too(report):
    (found,) = json.loads(report("json", Inspection("b.py", "", (not_analysed("b.py", "it is gone"),))))
    assert (found["code"], found["message"], found["url"]) == ("DAG000", "it is gone", None)


def test_any_file_name_is_carried_and_only_ascii_written(report):
    name = '매일 "a"\n\udcff.py'
    text = report("json", Inspection(name, "", (not_analysed(name, "매일"),)))
    assert text.isascii()
    assert json.loads(text)[0]["filename"] == name
