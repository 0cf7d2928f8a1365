from xml.etree import ElementTree as ET

import junitparser
import pytest

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span, not_analysed
from dag_lint.inspection import Inspection


def parsed(text):
    return junitparser.JUnitXml.fromstring(text.encode())


def shape(element, tool):
    """An element of XML with all that is in it; whose it is does not matter."""
    attributes = {key: value.replace(tool, "TOOL") for key, value in element.attrib.items()}
    return element.tag, attributes, (element.text or "").strip(), [shape(one, tool) for one in element]


def test_the_document_is_that_of_ruff(report, ruff, shared):
    theirs, ours = (ET.fromstring(text.encode()) for text in (ruff("junit"), report("junit", shared)))
    assert shape(ours, "dag-lint") == shape(theirs, "ruff")


def test_junitparser_finds_the_findings(report, shared):
    document = parsed(
        report("junit", shared, Inspection("b.py", "", (not_analysed("b.py", "it is <gone>"),)))
    )
    assert (document.tests, document.failures, document.errors) == (5, 4, 1)
    *_, last = document
    assert (last.name, last.tests, last.errors) == ("b.py", 1, 1)
    (case,) = last
    assert (case.name, case.classname) == ("org.dag-lint.DAG000", "b")
    (problem,) = case.result
    assert isinstance(problem, junitparser.Error)
    assert (problem.message, problem.text) == ("it is <gone>", "line 1, col 1, it is <gone>")


def test_nothing_found_is_a_test_that_passed(report, ruff):
    document = parsed(report("junit"))
    assert (document.tests, document.failures, document.errors) == (1, 0, 0)
    ((case,),) = document
    assert case.is_passed


@pytest.mark.parametrize("name", ["a\"b'c&<d>.py", "매\n일\x01.py", "\udcff.py", "\ufffe.py"])
def test_any_file_name_and_message_is_xml(report, name):
    place = Span(Position(1, 0), Position(1, 1))
    found = Diagnostic(name, "DAG101", "a-rule", "매일 & \"a\" ]]> 'b' 𐐀", place, Severity.INFO)
    text = report("junit", Inspection(name, "x\n", (found,)))
    assert text.isascii()
    ((case,),) = parsed(text)
    assert case.result[0].message == found.message
    assert case.result[0].text == f"line 1, col 1, {found.message}"
