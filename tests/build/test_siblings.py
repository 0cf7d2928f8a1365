"""Modules of the same project, read beside a DAG file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dag_lint.build import siblings

USE = 'with DAG("d", schedule=None):\n    EmptyOperator(task_id={name})\n'


@pytest.mark.parametrize(
    ("files", "line", "name"),
    [
        ({"dags/names.py": 'N = "t"'}, "from names import N", "N"),
        ({"dags/names.py": 'N = "t"'}, "import names", "names.N"),
        ({"dags/names.py": 'N = "t"'}, "from .names import N", "N"),
        ({"names.py": 'N = "t"'}, "from names import N", "N"),
        ({"plugins/names.py": 'N = "t"'}, "from names import N", "N"),
        ({"src/pkg/names.py": 'N = "t"'}, "from pkg.names import N", "N"),
        ({"dags/pkg/__init__.py": 'N = "t"'}, "from pkg import N", "N"),
        ({"dags/pkg/__init__.py": "", "dags/pkg/names.py": 'N = "t"'}, "from pkg.names import N", "N"),
        ({"dags/pkg/names.py": 'N = "t"'}, "from pkg.names import N", "N"),
        ({"dags/pkg/names.py": 'N = "t"'}, "from pkg import names", "names.N"),
        ({"dags/pkg/__init__.py": "from .names import N", "dags/pkg/names.py": 'N = "t"'}, "from pkg import N", "N"),
        ({"dags/p/a.py": "from ..base import N", "dags/base.py": 'N = "t"', "dags/__init__.py": ""},
         "from dags.p.a import N", "N"),
        ({"dags/a.py": 'import b\nN = "t"', "dags/b.py": "import a\nM = 1"}, "from a import N", "N"),
        ({"dags/a.py": "def n(): return 't'"}, "import a", "a.n()"),
        ({"dags/a.py": "N = __name__.replace('a', 't')"}, "import a", "a.N"),
    ],
)  # fmt: skip
def test_names_of_other_modules_are_known(read, project, files, line, name):
    root = project({**files, "dags/dag.py": ""})
    read = read(f"{line}\n{USE.format(name=name)}", path=root / "dags/dag.py")
    assert read.ids == ["t"]


def test_how_the_file_is_named_does_not_matter(read, project, monkeypatch):
    root = project({"team/names.py": 'N = "t"', "team/dags/dag.py": ""})
    monkeypatch.chdir(root / "team")
    text = f"from names import N\n{USE.format(name='N')}"
    assert read(text, path=root / "team/dags/dag.py").ids == read(text, path=Path("dags/dag.py")).ids == ["t"]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"dags/names.py": "N = ("},
        {"dags/names.py": b"N = '\xff'"},
        {"dags/names.py": f"N = {'-' * 300}1"},
        {"dags/names.py": 'N = "t"\n#' + "x" * siblings.MAXIMUM_CHARACTERS},
        {"dags/names/readme.md": "N"},
    ],
)
def test_a_module_that_is_missing_or_cannot_be_read_tells_nothing(read, project, files):
    root = project({**files, "dags/dag.py": ""})
    assert read(f"from names import N\n{USE.format(name='N')}", path=root / "dags/dag.py").ids == [None]


def test_without_a_place_on_disk_there_are_no_siblings(read):
    assert read(f"from .names import N\n{USE.format(name='N')}").ids == [None]


def test_the_linted_file_is_no_sibling_of_its_own(read, project):
    root = project({"dags/dag.py": 'N = "t"'})
    assert read(f"from dag import N\n{USE.format(name='N')}", path=root / "dags/dag.py").ids == [None]


def test_a_folder_called_airflow_never_hides_the_package(read, project):
    root = project({"dags/airflow/names.py": 'N = "t"', "dags/dag.py": ""})
    assert read(f"from airflow.names import N\n{USE.format(name='N')}", path=root / "dags/dag.py").ids == [
        None
    ]


def test_what_lies_above_the_project_is_not_read(read, project):
    root = project({"names.py": 'N = "t"', "inner/.git/HEAD": "", "inner/dag.py": ""})
    assert read(f"from .. import names\n{USE.format(name='names.N')}", path=root / "inner/dag.py").ids == [
        None
    ]


def test_a_link_out_of_the_project_is_not_followed(read, project):
    root = project({"outside.py": 'N = "t"', "inner/.git/HEAD": "", "inner/dag.py": ""})
    (root / "inner/names.py").symlink_to(root / "outside.py")
    assert read(f"from names import N\n{USE.format(name='N')}", path=root / "inner/dag.py").ids == [None]


def test_only_so_many_modules_are_read(read, project, monkeypatch):
    monkeypatch.setattr(siblings, "MAXIMUM_FILES", 1)
    root = project({"dags/m.py": 'M = "m"', "dags/names.py": 'N = "t"', "dags/dag.py": ""})
    text = f"from m import M\nfrom names import N\n{USE.format(name='M')}    EmptyOperator(task_id=N)\n"
    assert read(text, path=root / "dags/dag.py").ids == ["m", None]


def test_a_module_that_makes_dags_registers_them_where_it_is_imported(read, project):
    root = project(
        {"dags/other.py": "from airflow import DAG\nother = DAG('o', schedule=None)", "dags/dag.py": ""}
    )
    assert read("from other import other", path=root / "dags/dag.py").dag_ids == ["o"]


def test_a_factory_of_another_module_makes_dags(read, project):
    factory = "from airflow import DAG\ndef make(name):\n    with DAG(name, schedule=None):\n        pass\n"
    root = project({"dags/factory.py": factory, "dags/dag.py": ""})
    read = read('import factory\nfactory.make("o")', path=root / "dags/dag.py")
    assert read.dag_ids == ["o"]
    assert read.file.complete


@pytest.mark.parametrize("folder", ["dags", "DAGS", "pkg"])
def test_a_file_in_no_project_imports_from_around_its_folder(read, tmp_path, folder):
    place = tmp_path / "home" / folder
    place.mkdir(parents=True)
    (place / "__init__.py").write_text("")
    (place / "names.py").write_text('N = "t"')
    read = read(f"from {folder}.names import N\n{USE.format(name='N')}", path=place / "dag.py")
    assert read.ids == ["t"]
