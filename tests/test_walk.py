import os

import pytest

from dag_lint.walk import find_files


def names(folder, *paths, monkeypatch):
    monkeypatch.chdir(folder)
    files, wrong = find_files(paths or ["."])
    assert wrong == []
    return files


def test_python_files_are_found_sorted_by_name(project, monkeypatch):
    folder = project({"b.py": "", "a/c.py": "", "a/d.txt": "", "a-b.py": ""})
    assert names(folder, monkeypatch=monkeypatch) == ["./a-b.py", "./a/c.py", "./b.py"]
    assert names(folder, "b.py", "a", monkeypatch=monkeypatch) == ["a/c.py", "b.py"]


def test_a_named_file_is_linted_whatever_it_is_called(project, monkeypatch):
    folder = project({"dag": "", ".gitignore": "dag\n"})
    assert names(folder, "dag", monkeypatch=monkeypatch) == ["dag"]


def test_a_file_that_is_named_twice_is_linted_once(project, monkeypatch):
    folder = project({"a/b.py": ""})
    (folder / "link.py").symlink_to(folder / "a/b.py")
    assert names(folder, "a/b.py", "a", "./a/b.py", "link.py", monkeypatch=monkeypatch) == ["a/b.py"]


@pytest.mark.parametrize(
    "name", [".git", ".venv", "venv", "node_modules", "__pycache__", ".tox", "site-packages"]
)
def test_usual_folders_of_others_are_not_entered(project, monkeypatch, name):
    folder = project({f"dags/{name}/a.py": "", "dags/b.py": ""})
    assert names(folder, monkeypatch=monkeypatch) == ["./dags/b.py"]


def test_a_virtual_environment_of_any_name_is_not_entered(project, monkeypatch):
    folder = project({"py311/pyvenv.cfg": "", "py311/lib/a.py": "", "b.py": ""})
    assert names(folder, monkeypatch=monkeypatch) == ["./b.py"]


def test_links_are_not_followed(project, monkeypatch, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.py").write_text("")
    folder = project({"dags/b.py": ""})
    (folder / "dags/out").symlink_to(outside)
    (folder / "dags/out.py").symlink_to(outside / "a.py")
    (folder / "dags/loop").symlink_to(folder / "dags")
    assert names(folder, monkeypatch=monkeypatch) == ["./dags/b.py"]


def test_a_link_that_leads_nowhere_is_named(project, monkeypatch):
    folder = project({"dags/b.py": "", ".gitignore": "ignored.py\n"})
    for name, target in [
        ("broken.py", "nothing"),
        ("itself.py", "itself.py"),
        ("broken", "nothing"),
        (".#b.py", "me@here.123"),
        ("ignored.py", "nothing"),
    ]:
        (folder / "dags" / name).symlink_to(target)
    monkeypatch.chdir(folder)
    files, wrong = find_files(["."])
    assert files == ["./dags/b.py"]
    assert sorted((one.path, one.message) for one in wrong) == [
        ("./dags/broken.py", "it is a link that leads nowhere"),
        ("./dags/itself.py", "it is a link that leads nowhere"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_what_is_no_regular_file_is_passed_over(project, monkeypatch):
    folder = project({"b.py": "", "folder.py/c.py": ""})
    os.mkfifo(folder / "a.py")
    assert names(folder, monkeypatch=monkeypatch) == ["./b.py", "./folder.py/c.py"]


def test_what_git_ignores_is_passed_over(project, monkeypatch):
    folder = project(
        {
            ".gitignore": "ignored.py\n/generated/\n!kept.py\n",
            "ignored.py": "",
            "a/ignored.py": "",
            "generated/a.py": "",
            "a/generated/b.py": "",
            "a/.gitignore": "*_tmp.py\n!ignored.py\n",
            "a/x_tmp.py": "",
            "x_tmp.py": "",
        }
    )
    found = ["./a/generated/b.py", "./a/ignored.py", "./x_tmp.py"]
    assert names(folder, monkeypatch=monkeypatch) == found


def test_the_gitignore_above_the_folder_counts_up_to_the_repository(project, monkeypatch):
    folder = project({".gitignore": "top.py\n", "sub/dags/top.py": "", "sub/dags/a.py": ""})
    assert names(folder / "sub", "dags", monkeypatch=monkeypatch) == ["dags/a.py"]
    repository = project({"own/.git/x": "", "own/dags/top.py": ""})
    assert names(repository / "own", "dags", monkeypatch=monkeypatch) == ["dags/top.py"]


def test_an_ignored_folder_that_is_named_is_searched_whole(project, monkeypatch):
    folder = project({".gitignore": "build/\n", "build/a.py": "", "build/b/c.py": ""})
    assert names(folder, "build", monkeypatch=monkeypatch) == ["build/a.py", "build/b/c.py"]


def test_a_broken_line_in_a_gitignore_is_passed_over(project, monkeypatch):
    folder = project({".gitignore": b"!\n\xff\nignored.py\n", "ignored.py": "", "a.py": ""})
    assert names(folder, monkeypatch=monkeypatch) == ["./a.py"]


def test_a_gitignore_that_cannot_be_read_ignores_nothing(project, monkeypatch):
    folder = project({"a.py": "", ".gitignore/x": ""})
    assert names(folder, monkeypatch=monkeypatch) == ["./a.py"]


@pytest.mark.parametrize("path", ["missing", "missing/a.py", "nul\0"])
def test_what_is_not_there_is_named(path):
    files, (wrong,) = find_files([path])
    assert files == []
    assert wrong.path == path
    assert wrong.message.startswith("there is nothing to lint: ")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(project):
    folder = project({"dags/a.py": ""})
    (folder / "dags").chmod(0)
    _, (wrong,) = find_files([str(folder)])
    (folder / "dags").chmod(0o755)
    assert "could not be read" in wrong.message


def test_a_folder_that_goes_away_meanwhile_is_named(project, monkeypatch):
    folder = project({"dags/a.py": ""})
    monkeypatch.setattr(
        "os.scandir", lambda path: (_ for _ in ()).throw(PermissionError(13, "no entry", path))
    )
    _, (wrong,) = find_files([str(folder)])
    assert wrong.message == "the folder could not be read: no entry"
