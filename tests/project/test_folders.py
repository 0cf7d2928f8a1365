"""Which files Airflow reads together."""

from __future__ import annotations

import pytest

from dag_lint.project.folders import are_rivals, dags_folder

COMPOSE = "services:\n  scheduler:\n    image: apache/airflow\n    volumes:\n      - ./pipelines:/opt/airflow/dags\n"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("dags/a.py", "dags"),
        ("airflow/dags/team/a.py", "airflow/dags"),
        ("dags/team/dags/a.py", "dags/team/dags"),
        ("dags_backup/a.py", None),
        ("a.py", None),
        ("tests/dags/a.py", None),
    ],
)
def test_it_is_the_nearest_folder_called_dags(project, name, folder):
    root = project({name: ""})
    assert dags_folder(str(root / name), str(root)) == (None if folder is None else str(root / folder))


def test_what_docker_compose_mounts_as_such_comes_first(project):
    root = project({"docker-compose.yaml": COMPOSE, "pipelines/dags/a.py": "", "dags/a.py": ""})
    assert dags_folder(str(root / "pipelines/dags/a.py"), str(root)) == str(root / "pipelines")
    assert dags_folder(str(root / "dags/a.py"), str(root)) == str(root / "dags")


def test_a_folder_above_the_project_is_not_known(project):
    root = project({"dags/.git/HEAD": "", "dags/project/.git/HEAD": "", "dags/project/a.py": ""})
    inner = root / "dags/project"
    assert dags_folder(str(inner / "a.py"), str(inner)) is None


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("/p/dags/a.py", "/p/dags/b.py", True),
        ("/p/dags/a.py", "/p/dags/old/a.py", True),
        ("/p/dags/dev/a.py", "/p/dags/prod/a.py", False),
        ("/p/dags/prod/a.py", "/p/dags/Staging/b.py", False),
        ("/p/dags/prod/a.py", "/p/dags/sales/a.py", True),
        ("/p/dags/load/1.10/a.py", "/p/dags/load/2.0/a.py", False),
        ("/p/dags/v2/a.py", "/p/dags/a.py", False),
        ("/p/dags/2_a.py", "/p/dags/a.py", True),
    ],
)
def test_each_environment_and_version_gets_its_own_files(one, other, together):
    assert are_rivals(one, other) is together
