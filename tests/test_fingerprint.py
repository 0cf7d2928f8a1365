"""A finding keeps its name while it is the same finding. Findings are marked in the texts: «like this»."""

import re

import pytest

from dag_lint.diagnostic import Diagnostic, Position, Severity, Span
from dag_lint.fingerprint import fingerprints


def names(marked, code="DAG101", message="a message", path="a.py"):
    """The fingerprints of what is marked in a text, in the order of the text."""
    text = re.sub("[«»]", "", marked)
    found, starts = [], []
    for seen, match in enumerate(re.finditer("[«»]", marked)):
        place = match.start() - seen
        before = text[:place]
        position = Position(before.count("\n") + 1, place - (before.rfind("\n") + 1))
        if match.group() == "«":
            starts.append(position)
        else:
            span = Span(starts.pop(), position)
            found.append(Diagnostic(path, code, "a-rule", message, span, Severity.WARNING))
    return fingerprints(found, text)


def name(marked, **other):
    (only,) = names(marked, **other)
    return only


DAG = """\
from airflow import DAG

with DAG(
    dag_id="every_3_hours",
    schedule=«"3 * * * *"»,
    tags=["a"],
) as dag:
    pass
"""

SAME = {
    "lines above": ("from airflow", "import os\n\n\ndef f():\n    return 1\n\n\nfrom airflow"),
    "layout": ('(\n    dag_id="every_3_hours",\n    ', "(dag_id='every_3_hours', "),
    "quotes": ('"3 * * * *"', "'3 * * * *'"),
    "pieces": ('"3 * * * *"', '"3 * " "* * *"'),
    "comments": ("with DAG(", "# why\nwith DAG(  # noqa: E501"),
    "other arguments": ('    tags=["a"],\n', "    catchup=False,\n    default_args={'retries': 1},\n"),
    "order of arguments": ("(\n", "(\n    catchup=False,\n"),
    "the import": ("with DAG(", "with airflow.DAG("),
    "the variable": ("as dag", "as other"),
    "a condition": ("with DAG(", "if PRODUCTION:\n  with DAG("),
    "wide characters before it": (
        'dag_id="every_3_hours",\n',
        'dag_id="every_3_hours", params={"é": "한국"},',
    ),
}


@pytest.mark.parametrize("change", SAME)
def test_a_finding_stays_the_same_under(change):
    old, new = SAME[change]
    assert old in DAG
    changed = DAG.replace(old, new).replace("    pass", "      pass" if "if " in new else "    pass")
    assert name(changed) == name(DAG)


def test_neither_the_message_nor_the_name_of_the_file_counts():
    assert name(DAG, message="another", path="b/c.py") == name(DAG)


DIFFERENT = {
    "the code": ("3 * * * *", "4 * * * *"),
    "the DAG": ("every_3_hours", "every_2_hours"),
    "the argument": ("schedule=", "timetable="),
    "the call": ("DAG(", "make_dag("),
}


@pytest.mark.parametrize("change", DIFFERENT)
def test_a_finding_is_another_with_another(change):
    old, new = DIFFERENT[change]
    assert name(DAG.replace(old, new)) != name(DAG)


def test_a_finding_is_another_with_another_rule():
    assert name(DAG, code="DAG102") != name(DAG)


def test_places_with_equal_code_are_told_apart_by_what_holds_them():
    found = names(
        "a = «f()»\n"
        "b = «f()»\n"
        "x = {'start': «f()», 'end': «f()»}\n"
        "def one(): «f()»\n"
        "class Two:\n    def one(self): «f()»\n"
        "BashOperator(task_id='a', bash_command=«f()»)\n"
        "BashOperator(task_id='b', bash_command=«f()»)\n"
        "BashOperator('c', «f()»)\n"
        "g(«f()», 1)\n"
        "g(1, «f()»)\n"
        "def two(a=«f()»): pass\n"
    )
    assert len({one.partition(":")[0] for one in found}) == len(found) == 12


def test_a_definition_is_known_by_its_name_whatever_is_in_it():
    assert name("@task\ndef «load»(): pass\n") == name("def «load»(a, b):\n    '''Doc.'''\n    return a\n")
    assert name("def «load»(): pass\n") != name("def «store»(): pass\n")


def test_the_decorated_function_is_the_id_of_its_dag():
    one, other = "@«dag»(schedule=None)\ndef report(): pass\n", "@«dag»(catchup=True)\ndef report(): pass\n"
    assert name(one) == name(other) != name(one.replace("report", "another"))


def test_a_written_id_is_enough():
    """So a DAG may move into a function, or a task into a group."""
    assert name("DAG('a', schedule=«x»)\n") == name("def make():\n    return DAG('a', schedule=«x»)\n")


def test_an_id_that_is_computed_is_not_enough():
    one, other = (f"def {function}(key):\n    DAG(f'a_{{key}}', schedule=«x»)\n" for function in "fg")
    assert name(one) != name(other)


def test_what_nothing_tells_apart_is_numbered_from_the_top():
    three = names("def f():\n    «sleep(10)»\n    «sleep( 10 )»\n    «sleep(10)»\n")
    first, second, third = three
    assert (second, third) == (f"{first}:1", f"{first}:2")
    assert names("def f():\n    «sleep(10)»\n") == [first]


def test_the_order_in_which_findings_are_given_does_not_matter():
    text = "def f():\n    sleep(10)\n    sleep(10)\n"
    one, two = (
        Diagnostic("a.py", "DAG302", "a", "m", Span(Position(line, 4), Position(line, 13)), Severity.INFO)
        for line in (2, 3)
    )
    assert fingerprints([one, two], text) == fingerprints([two, one], text)[::-1]


def test_parentheses_around_the_code_do_not_count():
    assert name("x = («1 + 2»)\n") == name("x = «1 + 2»\n") == name("x = (\n    «1\n    + 2»\n)\n")


@pytest.mark.parametrize(
    "marked",
    [
        "x = f'{«ds»} {1:>{2}}'\n",
        "f(«a, b»)\n",
        "f(«a=1,» b=2)\n",
        "«»x = 1\n",
        "x = «" + "f(" * 90 + ")" * 90 + "»\n",
        "x = «" + "+".join(["1"] * 5000) + "»\n",
        "x = «0x" + "f" * 6000 + "»\n",
        "x = «'\\ud800'»\n",
        "lambda: «x»\n",
        "match x:\n    case {'a': 1}:\n        «f()»\n",
        "«»",
    ],
)
def test_any_place_has_a_name(marked):
    assert re.fullmatch("[0-9a-f]{20}", name(marked))
    assert name("import os\n" + marked) == name(marked)


@pytest.mark.parametrize("marked", ["x = (\n    «»1\n", "«»\x00", "  «»x\n y\n"])
def test_text_that_is_no_python_counts_by_its_lines(marked):
    assert name("# a comment\n" + marked) == name(marked)


def test_a_place_beyond_the_text_does_no_harm():
    place = Position(9, 9)
    found = Diagnostic("a.py", "DAG000", "a", "m", Span(place, place), Severity.ERROR)
    assert len(fingerprints([found], "x = 1\n")) == 1
    assert fingerprints([], "x = (") == []


FROZEN = """
@dag(dag_id=f"a_{x!r:>{width}}", start_date=«datetime(2024, 1, 1, tzinfo=None)»)
def a(*, key: int = «-1»):
    return [«{**b, "c": 0x1f, "é": ...}» for c in «f"{c:%Y}" "d"» if («lambda e, /: (yield)»)]
"""


def test_the_names_are_what_older_versions_wrote():
    """Baselines hold them: a change here would bring back all that was silent."""
    assert names(FROZEN) == [
        "6aa1196f6958d93581f2",
        "f3c91ebf1771cce16fd6",
        "10cfefe173d60842f2a4",
        "d52c61603e70a765c12e",
        "59d2a6788813c378737b",
    ]
