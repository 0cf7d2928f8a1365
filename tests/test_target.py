import os
from pathlib import Path

import pytest

from dag_lint.settings import Settings
from dag_lint.target import Target, find_target, project_root


def target(folder, name="dags/a.py", settings=None, imports=()):
    location = folder / name
    return find_target(settings or Settings(), location, project_root(location), imports)


@pytest.mark.parametrize("name", [".git", "pyproject.toml", "setup.cfg", "airflow.cfg"])
def test_the_root_is_the_nearest_folder_that_looks_like_one(project, name):
    folder = project({".git/x": "", "sub/dags/a.py": ""})
    if name == ".git":
        (folder / "sub" / name).write_text("gitdir: elsewhere")
    else:
        (folder / "sub" / name).write_text("")
    assert project_root(folder / "sub/dags/a.py") == folder / "sub"


def test_a_file_outside_of_any_project_has_no_root():
    assert project_root(Path("/")) is None


def test_a_relative_name_is_seen_from_here(project, monkeypatch):
    folder = project({"dags/a.py": ""})
    monkeypatch.chdir(folder / "dags")
    assert project_root(Path("a.py")) == folder


def test_the_setting_comes_before_all(project):
    folder = project({"requirements.txt": "apache-airflow==2.10.5"})
    found = target(folder, settings=Settings(airflow_version="3.1"), imports=["airflow.contrib.x"])
    assert found == Target(3, "3.1", "airflow-version is 3.1")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "apache-airflow==2.10.5"),
        ("requirements-dev.txt", "apache-airflow==2.10.5"),
        ("constraints-3.11.txt", "apache-airflow==2.10.5"),
        ("pyproject.toml", '[project]\ndependencies = ["apache-airflow==2.10.5"]'),
        ("Dockerfile", "FROM apache/airflow:2.10.5"),
        ("docker-compose.yaml", "image: apache/airflow:2.10.5"),
        ("docker-compose.prod.yml", "image: apache/airflow:2.10.5"),
        ("compose.yaml", "image: apache/airflow:2.10.5"),
    ],
)
def test_a_pin_comes_before_the_imports(project, name, text):
    found = target(project({name: text}), imports=["airflow.sdk.DAG"])
    assert (found.major, found.version) == (2, "2.10.5")
    assert found.reason.startswith(f"{name} pins apache")


def test_the_nearest_pin_wins(project):
    folder = project(
        {"requirements.txt": "apache-airflow==2.10.5", "a/requirements.txt": "apache-airflow==3.0.1"}
    )
    assert target(folder, "a/dags/x.py").major == 3
    assert target(folder, "b/dags/x.py").major == 2


def test_a_pin_that_admits_both_is_passed_over(project):
    folder = project(
        {"requirements.txt": "apache-airflow==2.10.5", "a/requirements.txt": "apache-airflow>=2.8"}
    )
    assert target(folder, "a/x.py").version == "2.10.5"


def test_pins_that_disagree_mean_nothing(project):
    folder = project(
        {"requirements.txt": "apache-airflow==2.10.5", "Dockerfile": "FROM apache/airflow:3.0.1"}
    )
    assert target(folder).major is None


def test_pins_that_agree_on_the_major_version_alone_name_no_version(project):
    folder = project(
        {"requirements.txt": "apache-airflow==2.10.5", "Dockerfile": "FROM apache/airflow:2.9.1"}
    )
    assert (target(folder).major, target(folder).version) == (2, None)


def test_nothing_above_the_root_is_read(project):
    folder = project({"requirements.txt": "apache-airflow==2.10.5", "sub/setup.cfg": ""})
    assert target(folder, "sub/dags/a.py").major is None


def test_a_link_out_of_the_project_is_not_followed(project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "requirements.txt"
    outside.write_text("apache-airflow==2.10.5")
    folder = project({"real.txt": "apache-airflow==3.0.1"})
    (folder / "requirements.txt").symlink_to(outside)
    assert target(folder).major is None
    (folder / "sub").mkdir()
    (folder / "sub" / "requirements.txt").symlink_to(folder / "real.txt")
    assert target(folder, "sub/x.py").major == 3


def test_files_that_cannot_be_read_say_nothing(project):
    folder = project({"requirements.txt": b"apache-airflow==2.10.5\n" + b"#" * 300_000})
    (folder / "Dockerfile").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "docker-compose.yaml")
    assert target(folder).major is None


def test_a_folder_that_is_not_there_says_nothing(project):
    assert target(project({}), "gone/dags/a.py").major is None


def test_pins_are_read_once_a_run(project):
    folder = project({"requirements.txt": "apache-airflow==2.10.5"})
    first = target(folder)
    (folder / "requirements.txt").unlink()
    assert target(folder) is first


@pytest.mark.parametrize(
    ("imports", "major"),
    [
        (["airflow.DAG", "airflow.sdk.task"], 3),
        (["airflow.DAG", "airflow.operators.bash_operator.BashOperator"], 2),
        (["airflow.DAG", "airflow.operators.bash.BashOperator"], None),
        (["airflow.sdk.DAG", "airflow.utils.dates.days_ago"], None),
        ([], None),
    ],
)
def test_without_a_pin_the_imports_tell(imports, major):
    found = find_target(Settings(), None, None, imports)
    assert (found.major, found.version) == (major, None)
    assert [found.admits(2), found.admits(3)] == [major in (2, None), major in (3, None)]


def test_the_reason_names_the_import():
    found = find_target(Settings(), None, None, ["airflow.sdk.DAG"])
    assert found.reason == "it imports airflow.sdk.DAG"
