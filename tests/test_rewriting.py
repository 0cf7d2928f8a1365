"""Files are replaced whole or left as they are."""

from __future__ import annotations

import os
import stat

import pytest

from dag_lint import rewriting
from dag_lint.rewriting import NotWrittenError, replace_file, write_file


@pytest.fixture
def dag_file(tmp_path):
    path = tmp_path / "dag.py"
    path.write_bytes(b"old\r\n")
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_content_is_replaced_and_the_mode_stays(dag_file):
    dag_file.chmod(0o754)
    replace_file(str(dag_file), b"old\r\n", b"new\r\n")
    assert dag_file.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(dag_file.stat().st_mode) == 0o754
    assert names(dag_file.parent) == ["dag.py"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(dag_file):
    os.chown(dag_file, 1234, 2345)
    replace_file(str(dag_file), b"old\r\n", b"new")
    assert (dag_file.stat().st_uid, dag_file.stat().st_gid) == (1234, 2345)


def test_a_file_that_was_changed_meanwhile_is_left_alone(dag_file):
    with pytest.raises(NotWrittenError, match="changed meanwhile"):
        replace_file(str(dag_file), b"older", b"new")
    assert dag_file.read_bytes() == b"old\r\n"
    assert names(dag_file.parent) == ["dag.py"]


def test_a_file_that_grew_meanwhile_is_left_alone(dag_file):
    with pytest.raises(NotWrittenError):
        replace_file(str(dag_file), b"old", b"new")
    assert dag_file.read_bytes() == b"old\r\n"


def test_a_read_only_file_is_left_alone(dag_file):
    dag_file.chmod(0o444)
    with pytest.raises(NotWrittenError, match="read-only"):
        replace_file(str(dag_file), b"old\r\n", b"new")
    assert dag_file.read_bytes() == b"old\r\n"


def test_a_file_with_two_names_is_left_alone(dag_file):
    os.link(dag_file, dag_file.with_name("other.py"))
    with pytest.raises(NotWrittenError, match="hard links"):
        replace_file(str(dag_file), b"old\r\n", b"new")
    assert dag_file.with_name("other.py").read_bytes() == b"old\r\n"


def test_a_link_stays_a_link(dag_file):
    link = dag_file.with_name("link.py")
    link.symlink_to(dag_file)
    replace_file(str(link), b"old\r\n", b"new")
    assert link.is_symlink()
    assert dag_file.read_bytes() == b"new"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_happens_in_the_middle_leaves_the_whole_old_file_and_no_litter(dag_file, monkeypatch, error):
    def fail(_descriptor):
        raise error

    monkeypatch.setattr(rewriting.os, "fsync", fail)
    with pytest.raises((NotWrittenError, KeyboardInterrupt)):
        replace_file(str(dag_file), b"old\r\n", b"new")
    assert dag_file.read_bytes() == b"old\r\n"
    assert names(dag_file.parent) == ["dag.py"]


def test_a_new_file_is_made_with_the_mode_that_any_program_would_give_it(tmp_path):
    path = tmp_path / "baseline.json"
    mask = os.umask(0o027)
    try:
        write_file(str(path), b"{}")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"{}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_an_existing_file_is_written_over_whole(dag_file):
    write_file(str(dag_file), b"new")
    assert dag_file.read_bytes() == b"new"


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(NotWrittenError):
        write_file(str(tmp_path), b"{}")
    with pytest.raises(NotWrittenError, match="No such file"):
        write_file(str(tmp_path / "nowhere" / "a.json"), b"{}")
    assert names(tmp_path) == []
