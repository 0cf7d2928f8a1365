from pathlib import Path

import pytest

from dag_lint.report.places import Places, file_uri

PLACES = Places(Path("/team/airflow"), Path("/team"))


@pytest.mark.parametrize(
    ("path", "named", "uri"),
    [
        ("dags/a.py", "airflow/dags/a.py", ("airflow/dags/a.py", True)),
        ("./a.py", "airflow/a.py", ("airflow/a.py", True)),
        ("../b.py", "b.py", ("b.py", True)),
        ("/team/b.py", "b.py", ("b.py", True)),
        ("..b.py", "airflow/..b.py", ("airflow/..b.py", True)),
        ("/elsewhere/c d.py", "/elsewhere/c d.py", ("file:///elsewhere/c%20d.py", False)),
        ("../../c.py", "/c.py", ("file:///c.py", False)),
        ("매 %:#.py", "airflow/매 %:#.py", ("airflow/%EB%A7%A4%20%25%3A%23.py", True)),
        ("\udcff.py", "airflow/\udcff.py", ("airflow/%FF.py", True)),
    ],
)
def test_a_file_is_named_from_the_top_of_the_repository(path, named, uri):
    assert PLACES.in_repository(path) == named
    assert PLACES.uri(path) == uri


def test_a_file_is_named_from_the_working_directory_as_it_was_given():
    assert [PLACES.in_folder(path) for path in ("./a.py", "../b.py", "/c.py", "stdin")] == [
        "a.py",
        "../b.py",
        "/c.py",
        "stdin",
    ]


def test_an_absolute_path_as_a_uri():
    assert file_uri("/a b/c") == "file:///a%20b/c"
    assert file_uri("C:/a") == "file:///C:/a"
