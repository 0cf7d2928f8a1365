"""What the rules about whole projects say is what a real Airflow 2.11 and 3.3 did with the project."""

from __future__ import annotations

import pytest
from document_claims import PROJECTS, RECORDED_PROJECTS, VERSIONS, said_of_project

from dag_lint.project.ignoring import hidden_by

DIALECTS = {"2.11": "regexp", "3.3": "glob"}
BOTH = pytest.mark.parametrize("version", VERSIONS)


def recorded(name, version):
    return RECORDED_PROJECTS[version]["claims"][name]


def said(name, version, code):
    """The messages of a rule by the file that they stand in."""
    return {file: message for file, found, message in said_of_project(name, version) if found == code}


def files_of(name):
    folder = PROJECTS / name / "dags"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}


def test_both_airflows_recorded_the_projects():
    names = {path.name for path in PROJECTS.iterdir()}
    assert [RECORDED_PROJECTS[version]["airflow"][: len(version)] for version in VERSIONS] == list(VERSIONS)
    assert [RECORDED_PROJECTS[version]["claims"].keys() for version in VERSIONS] == [names, names]


@BOTH
@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("dag514_delta", "write execution_delta=timedelta(hours=2)"),
        ("dag514_task", 'did you mean "write"?'),
    ],
)
def test_the_sensor_waits_in_vain_and_what_is_said_helps(name, instead, version):
    (file,), (message,) = zip(*said(name, version, "DAG514").items(), strict=True)
    assert file == "report.py"
    assert message.endswith(instead)
    # The DAG of right.py is written as the message says, and nothing is said of it.
    assert recorded(name, version)["runs"] == {
        "load": "success",
        "report": "failed",
        "report_right": "success",
    }


@BOTH
def test_a_file_without_the_words_is_not_read(version):
    found = said("dag701_factory", version, "DAG701")
    assert set(found) == files_of("dag701_factory") - set(recorded("dag701_factory", version)["files"])
    assert all("Airflow does not read it" in message for message in found.values())


@BOTH
def test_of_two_dags_in_one_file_some_parses_keep_the_one_and_some_the_other(version):
    record = recorded("dag703_one_file", version)
    assert (
        "Airflow keeps one of the two DAGs, at random, and says nothing"
        in said("dag703_one_file", version, "DAG703")["both.py"]
    )
    assert record["errors"] == []
    assert {tuple(kept["load"]) for kept in record["kept_by_seed"]} == {("of_one",), ("of_two",)}


@BOTH
def test_of_two_files_with_one_dag_id_one_dag_is_left(version):
    assert set(said("dag703_two_files", version, "DAG703")) == {"one.py", "two.py"}
    assert recorded("dag703_two_files", version)["dag_ids"] == ["load"]
    # A bag of the whole folder would complain; the DAG processor parses each file by itself, and does not.
    assert recorded("dag703_two_files", version)["errors"] == ["AirflowDagDuplicatedIdException"]


@BOTH
def test_a_hidden_file_is_not_read(version):
    read = set(recorded("dag706_ignore", version)["files"])
    folder = PROJECTS / "dag706_ignore" / "dags"
    verdicts = {
        file: hidden_by(str(folder / file), str(folder), DIALECTS[version])
        for file in files_of("dag706_ignore")
    }
    assert {file for file, verdict in verdicts.items() if verdict.line is None} == read
    # "old" is what people put away.
    assert set(said("dag706_ignore", version, "DAG706")) == set(verdicts) - read - {"old/orders.py"}
