import os
import sys
from pathlib import Path

import pytest

from dag_lint.neighbours import Neighbours

COMPOSE = """
services:
  worker:
    volumes:
      - ./plugins:/opt/airflow/plugins
      - ./plugins/sql:/opt/airflow/plugins/queries
      - ../outside:/opt/outside
"""


@pytest.fixture
def shop(project):
    return project(
        {
            "dags/a.py": "",
            "dags/sql/day.sql": "",
            "dags/a b & c.sql": "",
            "plugins/run.sh": "",
            "plugins/sql/x.sql": "",
            "docker-compose.yaml": COMPOSE,
        }
    )


@pytest.fixture
def neighbours(shop):
    return Neighbours(shop / "dags" / "a.py", shop)


@pytest.mark.parametrize(
    "value", ["sql/day.sql", "/sql/day.sql", "./sql//day.sql", "a b & c.sql", "//sql/./day.sql"]
)
def test_a_template_is_found_as_jinja_finds_it(neighbours, value):
    assert neighbours.template(value, [neighbours.folder]) is not None


@pytest.mark.parametrize(
    "value", ["sql/none.sql", "../dags/sql/day.sql", "sql", "", "/", ".", "x" * 5000, "a\0b"]
)
def test_other_names_are_not(neighbours, value):
    assert neighbours.template(value, [neighbours.folder]) is None


def test_look_ups_are_remembered_found_or_not(neighbours):
    neighbours.template("sql/day.sql", [neighbours.folder])
    neighbours.template("sql/none.sql", [neighbours.folder])
    assert neighbours.looked_up == {
        neighbours.folder / "sql/day.sql": True,
        neighbours.folder / "sql/none.sql": False,
    }


def test_without_a_place_on_disk_nothing_is_known():
    nowhere = Neighbours(None, None)
    assert nowhere.folder is None
    assert not nowhere.holds(Path("/tmp"))
    assert nowhere.above("a.sql") is None
    assert nowhere.mounted("/opt/airflow/plugins") is None
    assert nowhere.folder_at("sql") is None


def test_without_a_root_the_folder_bounds_the_search(shop):
    alone = Neighbours(shop / "dags" / "a.py", None)
    assert alone.folder_at(str(shop / "plugins")) is None
    assert alone.folder_at(str(shop / "dags" / "sql")) == shop / "dags" / "sql"
    assert alone.mounted("/opt/airflow/plugins") is None


def test_search_paths_are_understood(neighbours, shop, monkeypatch):
    assert neighbours.folder_at(str(shop / "plugins")) == shop / "plugins"
    assert neighbours.folder_at("/opt/airflow/plugins") == shop / "plugins"
    assert neighbours.folder_at("/opt/airflow/plugins/queries/more") == shop / "plugins/sql/more"
    assert neighbours.folder_at("/opt/airflow/include") is None
    assert neighbours.folder_at("sql") is None
    monkeypatch.chdir(shop)
    assert neighbours.folder_at("dags/sql") == shop / "dags/sql"


def test_mounts_never_lead_out_of_the_project(neighbours, shop):
    (shop.parent / "outside").mkdir(exist_ok=True)
    assert neighbours.mounted("/opt/outside/x") is None
    assert neighbours.mounted("/opt/airflow/plugins/../../../x") is None
    assert neighbours.mounted("relative") is None


def test_the_nearest_compose_file_counts(shop):
    (shop / "dags" / "compose.yml").write_text("services: {a: {volumes: ['./sql:/opt/sql']}}")
    near = Neighbours(shop / "dags" / "a.py", shop)
    assert near.mounted("/opt/sql/day.sql") == shop / "dags/sql/day.sql"
    assert near.mounted("/opt/airflow/plugins") is None


def test_a_large_compose_file_is_not_read(shop):
    (shop / "docker-compose.yaml").write_text(COMPOSE + "#" * 200_000)
    assert Neighbours(shop / "dags" / "a.py", shop).mounted("/opt/airflow/plugins") is None


def test_yaml_is_imported_only_when_a_mount_is_asked_for(shop, monkeypatch):
    monkeypatch.delitem(sys.modules, "dag_lint.compose", raising=False)
    neighbours = Neighbours(shop / "dags" / "a.py", shop)
    neighbours.template("/sql/day.sql", [shop / "dags"])
    assert "dag_lint.compose" not in sys.modules


def test_files_above_are_those_a_path_was_meant_from(neighbours, shop):
    assert neighbours.above("plugins/run.sh") == shop / "plugins/run.sh"
    assert neighbours.above("../plugins/run.sh") == shop / "plugins/run.sh"
    assert neighbours.above("none.sh") is None


def test_folders_that_the_project_has(neighbours):
    folders = [neighbours.folder]
    (neighbours.folder / "empty").mkdir()
    assert neighbours.knows_folder("day.sql", folders)
    assert neighbours.knows_folder("./sql/none.sql", folders)
    assert not neighbours.knows_folder("queries/day.sql", folders)
    assert not neighbours.knows_folder("empty/day.sql", folders)
    assert not neighbours.knows_folder("a\0b/day.sql", folders)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_out_of_the_project_is_not_followed_and_not_missed(neighbours, shop, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (shop / "dags" / "linked").symlink_to(outside)
    assert neighbours.is_file(shop / "dags" / "linked" / "x.sql")
    assert not neighbours.holds(shop / "dags" / "linked" / "x.sql")
    assert not neighbours.is_file(outside / "x.sql")


def test_paths_are_shown_as_the_project_knows_them(neighbours, shop):
    assert neighbours.in_project(shop / "plugins/run.sh") == "plugins/run.sh"
    assert neighbours.in_project(Path("/elsewhere/x.sh")) == "/elsewhere/x.sh"


def test_folders_that_cannot_be_read_are_empty(neighbours, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr(Path, "glob", refuse)
    monkeypatch.setattr(Path, "is_dir", refuse)
    assert neighbours.mounted("/opt/airflow/plugins") is None
    assert neighbours.folder_at(str(neighbours.folder)) is None
    monkeypatch.setattr(Path, "resolve", refuse)
    assert not neighbours.holds(neighbours.folder)
