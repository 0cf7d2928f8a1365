"""What is said of the files that were given, whatever else the project holds."""

from __future__ import annotations

import pickle

import pytest

from dag_lint import indexing, summaries
from dag_lint.indexing import with_project_findings
from dag_lint.inspection import Request, inspect_file

REQUEST = Request({}, summaries=True)


def dag(dag_id, more=""):
    return (
        "import pendulum\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n"
        f'with DAG("{dag_id}", schedule=None, start_date=pendulum.datetime(2024, 1, 1, tz="UTC")):{more}\n'
        '    EmptyOperator(task_id="load")\n'
    )


def found(root, *names, request=REQUEST):
    inspections = [inspect_file(str(root / name), request) for name in names]
    return [
        (one.path.rpartition("/")[2], each.code, each.span.start.line)
        for one in with_project_findings(inspections, request)
        for each in one.diagnostics
    ]


def test_the_project_is_read_though_only_one_file_was_given(project):
    root = project({"dags/a.py": dag("load"), "dags/more/b.py": dag("load"), "dags/c.py": dag("other")})
    assert found(root, "dags/a.py") == [("a.py", "DAG703", 4)]
    assert found(root, "dags/c.py") == []


def test_all_files_given_are_the_same_as_each_by_itself(project):
    names = ("dags/a.py", "dags/b.py", "dags/c.py")
    root = project({names[0]: dag("load"), names[1]: dag("load"), names[2]: dag("other")})
    assert found(root, *names) == [one for name in names for one in found(root, name)]


def test_what_was_inspected_is_not_inspected_again(project, monkeypatch):
    files = {"dags/a.py": dag("load"), "dags/b.py": "import airflow\nDAG(f'lo{", "dags/c.py": "x = 1\n"}
    root = project(files)
    inspections = [inspect_file(str(root / name), REQUEST) for name in files]
    monkeypatch.setattr(indexing, "_summary_of", None)
    assert [
        [each.code for each in one.diagnostics] for one in with_project_findings(inspections, REQUEST)
    ] == [
        [],
        ["DAG000"],
        [],
    ]


def test_a_comment_switches_the_finding_off(project):
    root = project({"dags/a.py": dag("load", "  # noqa: DAG703"), "dags/b.py": dag("load")})
    assert found(root, "dags/a.py", "dags/b.py") == [("b.py", "DAG703", 4)]


def test_what_git_ignores_does_not_count(project):
    root = project({"dags/a.py": dag("load"), "dags/b.py": dag("load"), ".gitignore": "b.py\n"})
    assert found(root, "dags/a.py") == []


def test_two_projects_do_not_know_each_other(project):
    root = project({"one/.git/HEAD": "", "two/.git/HEAD": "", "one/dags/a.py": dag("load")})
    (root / "two/dags").mkdir()
    (root / "two/dags/a.py").write_text(dag("load"))
    assert found(root, "one/dags/a.py", "two/dags/a.py") == []


def test_without_summaries_nothing_is_asked(project):
    root = project({"dags/a.py": dag("load"), "dags/b.py": dag("load")})
    assert found(root, "dags/a.py", request=Request({})) == []


def test_a_project_is_not_searched_for_a_file_without_dags(project, monkeypatch):
    root = project({"dags/a.py": "import airflow\n", "dags/b.py": dag("load")})
    monkeypatch.setattr(indexing, "find_files", lambda paths: pytest.fail("searched"))
    assert found(root, "dags/a.py") == []


@pytest.mark.parametrize("text", ["import airflow, (\n", "airflow\0", "# airflow\n" + "(" * 300])
def test_a_file_that_cannot_be_read_does_not_hide_the_others(project, text):
    root = project({"dags/a.py": dag("load"), "dags/b.py": text + dag("load"), "dags/c.py": dag("load")})
    assert found(root, "dags/a.py") == [("a.py", "DAG703", 4)]


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_CHARACTERS", "MOST_ANALYSED"])
def test_what_is_read_is_bounded(project, monkeypatch, bound):
    root = project({"dags/a.py": dag("load"), "dags/b.py": dag("load")})
    monkeypatch.setattr(indexing, bound, -1 if bound == "MOST_ANALYSED" else 0)
    assert found(root, "dags/a.py") == []


def test_a_rule_that_fails_is_one_finding(project, monkeypatch):
    from dag_lint.rules.discovery.duplicate_dag_id import DuplicateDagId

    def fail(self, file, project):
        raise ZeroDivisionError

    monkeypatch.setattr(DuplicateDagId, "check_project", fail)
    root = project({"dags/a.py": dag("load")})
    assert found(root, "dags/a.py") == [("a.py", "DAG000", 1)]


def test_an_inspection_with_its_summary_may_come_from_another_process(project):
    root = project({"dags/a.py": dag("load")})
    inspection = inspect_file(str(root / "dags/a.py"), REQUEST)
    again = pickle.loads(pickle.dumps(inspection))
    assert again == inspection
    assert [one.dag_id for one in again.summary.dags] == ["load"]


def test_only_files_that_may_matter_are_understood(project, monkeypatch):
    files = {
        "dags/a.py": dag("load"),
        "dags/same.py": dag("load"),
        "dags/other.py": dag("other"),
        "dags/made.py": dag("x").replace('"x"', 'f"{x}"'),
        "dags/helper.py": "import airflow\n\n\ndef help():\n    return 1\n",
        "elsewhere/dags/made.py": dag("x").replace('"x"', 'f"{x}"'),
        "plugins/operators.py": "import airflow\n",
    }
    root = project(files)
    understood = []
    summary_of = summaries.summary_of

    def noted(source, settings):
        understood.append(source.location.relative_to(root).as_posix())
        return summary_of(source, settings)

    monkeypatch.setattr(summaries, "summary_of", noted)
    assert found(root, "dags/a.py") == [("a.py", "DAG703", 4)]
    assert understood == ["dags/made.py", "dags/same.py"]
