"""An entry of default_args goes to the DAG, with its comment and without that of another."""

from __future__ import annotations

import pytest
from mended import fixable, found, mended

from dag_lint.settings import Settings

HEAD = "import pendulum\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n"
TASK = "EmptyOperator(task_id='a', dag=dag)\n"
DAG = "dag = DAG(\n    'a',\n    schedule='@daily',\n    start_date=pendulum.datetime(2024, 1, 1),\n    default_args=ARGS,\n)\n"
MOVED = DAG.replace("1, 1),\n", "1, 1),\n    max_active_runs=1,\n")

ENTRIES = {
    "first": ("ARGS = {'max_active_runs': 1, 'retries': 2}\n", "ARGS = {'retries': 2}\n"),
    "last": ("ARGS = {'retries': 2, 'max_active_runs': 1}\n", "ARGS = {'retries': 2}\n"),
    "last, with a comma": ("ARGS = {'retries': 2, 'max_active_runs': 1,}\n", "ARGS = {'retries': 2,}\n"),
    "in the middle": (
        "ARGS = {'owner': 'a', 'max_active_runs': 1, 'retries': 2}\n",
        "ARGS = {'owner': 'a', 'retries': 2}\n",
    ),
    "alone": ("ARGS = {'max_active_runs': 1}\n", "ARGS = {}\n"),
    "alone on its line": ("ARGS = {\n    'max_active_runs': 1,\n}\n", "ARGS = {}\n"),
    "one a line": (
        "ARGS = {\n    'owner': 'a',  # us\n    'max_active_runs': 1,\n    'retries': 2,\n}\n",
        "ARGS = {\n    'owner': 'a',  # us\n    'retries': 2,\n}\n",
    ),
    "one a line, last": (
        "ARGS = {\n    'retries': 2,\n    'max_active_runs': 1\n}\n",
        "ARGS = {\n    'retries': 2\n}\n",
    ),
    "beside what somebody switched off": (
        "ARGS = {\n    # 'queue': 'a',\n    'max_active_runs': 1,\n    # 'pool': 'b',\n    'retries': 2,\n}\n",
        "ARGS = {\n    # 'queue': 'a',\n    # 'pool': 'b',\n    'retries': 2,\n}\n",
    ),
    "several a line": (
        "ARGS = {'owner': 'a', 'max_active_runs': 1,\n        'retries': 2}\n",
        "ARGS = {'owner': 'a',\n        'retries': 2}\n",
    ),
    "first of several lines": (
        "ARGS = {'max_active_runs': 1,\n        'retries': 2}\n",
        "ARGS = {'retries': 2}\n",
    ),
    "dict()": ("ARGS = dict(retries=2, max_active_runs=1)\n", "ARGS = dict(retries=2)\n"),
    "dict(), alone": ("ARGS = dict(max_active_runs=1)\n", "ARGS = dict()\n"),
    "the value is a name": (
        "RUNS = 1\nARGS = {'retries': 2, 'max_active_runs': RUNS}\n",
        "RUNS = 1\nARGS = {'retries': 2}\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_goes_with_its_comma_and_white_space(before: str, after: str) -> None:
    moved = MOVED.replace("runs=1", "runs=RUNS") if "RUNS" in before else MOVED
    assert mended(HEAD + before + DAG + TASK, "DAG601") == HEAD + after + moved + TASK


def test_the_comment_of_an_entry_goes_with_it() -> None:
    before = "ARGS = {\n    'max_active_runs': 1,  # one at a time\n    'retries': 2,\n}\n"
    moved = MOVED.replace("runs=1,", "runs=1,  # one at a time")
    assert (
        mended(HEAD + before + DAG + TASK, "DAG601")
        == HEAD + "ARGS = {\n    'retries': 2,\n}\n" + moved + TASK
    )


def test_what_the_dag_has_itself_is_taken_away() -> None:
    before = HEAD + "ARGS = {'max_active_runs': 2, 'retries': 2}\n" + MOVED + TASK
    assert mended(before, "DAG601") == HEAD + "ARGS = {'retries': 2}\n" + MOVED + TASK


def test_each_dag_of_a_shared_dict_gets_the_argument() -> None:
    before = HEAD + "ARGS = {'max_active_runs': 1}\n" + DAG + TASK + DAG.replace("'a'", "'b'") + TASK
    after = HEAD + "ARGS = {}\n" + MOVED + TASK + MOVED.replace("'a'", "'b'") + TASK
    assert mended(before, "DAG601") == after


@pytest.mark.parametrize(
    ("version", "name"),
    [("2.3", "schedule_interval"), ("2.10", "schedule"), ("3.0", "schedule"), (None, "schedule")],
)
def test_the_schedule_is_called_what_the_version_calls_it(version: str | None, name: str) -> None:
    text = (
        HEAD + "dag = DAG('a', start_date=pendulum.datetime(2024, 1, 1),"
        " default_args={'schedule_interval': '@daily'})\n" + TASK
    )
    after = text.replace("{'schedule_interval': '@daily'}", "{}").replace(
        "1, 1),", f"1, 1), {name}='@daily',"
    )
    assert mended(text, "DAG601", Settings(airflow_version=version)) == after


def test_two_rules_that_want_the_same_argument_want_the_same_edit() -> None:
    text = (
        HEAD + "dag = DAG('a', schedule='@daily', start_date=pendulum.datetime(2024, 1, 1),"
        " default_args={'retries': 2, 'catchup': True})\n" + TASK
    )
    settings = Settings(airflow_version="2.10")
    missing, ignored = (fixable(text, code, settings)[0].fix for code in ("DAG102", "DAG601"))
    assert missing is not None
    assert ignored is not None
    assert set(missing.edits) < set(ignored.edits)
    assert ", catchup=True" in {edit.text for edit in missing.edits}


LEFT_ALONE = {
    "a comment that may be about it": "ARGS = {\n    'retries': 2,\n    # one at a time\n    'max_active_runs': 1,\n}\n",
    "somebody reads it": "ARGS = {'max_active_runs': 1}\nprint(ARGS['max_active_runs'])\n",
    "somebody asks for it": "ARGS = {'max_active_runs': 1}\nprint(ARGS.get('max_active_runs'))\n",
    "set later": "ARGS = {}\nARGS['max_active_runs'] = 1\n",
    "a value that changes": "n = 1\nARGS = {'max_active_runs': n}\nn = 2\n",
    "a value over several lines": "ARGS = {'max_active_runs': max(\n    1, 1)}\n",
    "a value that lives in a function": "def args():\n    n = 1\n    return {'max_active_runs': n}\n\n\nARGS = args()\n",
    "a comment between": "ARGS = {'retries': 2,  # twice\n        'max_active_runs': 1}\n",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_an_entry_that_cannot_be_moved_exactly_stays(text: str) -> None:
    whole = HEAD + text + DAG + TASK
    assert found(whole, "DAG601")
    assert fixable(whole, "DAG601") == []


def test_a_comment_in_a_line_of_arguments_has_no_place() -> None:
    text = (
        HEAD
        + "ARGS = {\n    'max_active_runs': 1,  # one at a time\n}\ndag = DAG('a', schedule=None, default_args=ARGS)\n"
    )
    assert fixable(text + TASK, "DAG601") == []


def test_an_argument_that_somebody_switched_off_stays_off() -> None:
    text = (
        HEAD
        + "ARGS = {'max_active_runs': 1}\n"
        + DAG.replace("    'a',", "    'a',\n    # max_active_runs=3,")
        + TASK
    )
    assert fixable(text, "DAG601") == []


def test_a_schedule_that_airflow_would_refuse_stays_where_it_does_nothing() -> None:
    text = (
        HEAD
        + "dag = DAG('a', start_date=pendulum.datetime(2024, 1, 1), default_args={'schedule': 'None'})\n"
        + TASK
    )
    assert fixable(text, "DAG601") == []
    assert (
        fixable(
            text.replace("start_date=pendulum.datetime(2024, 1, 1), ", "").replace("'None'", "'@daily'"),
            "DAG601",
        )
        == []
    )
