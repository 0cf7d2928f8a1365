"""What is kept from earlier runs is what a new analysis would find, or it does not count."""

from __future__ import annotations

import json
import os
import time

import pytest

from dag_lint import deployment, pyproject, target
from dag_lint.caching import Cache, cache, folder, keys
from dag_lint.caching.plain import decode, encode
from dag_lint.inspecting import Effort, inspect_all
from dag_lint.inspection import Request, inspect_file

DAG = """\
from datetime import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
from company.dates import START

with DAG("hourly", schedule="3 5 * * *", start_date=START, catchup=False, template_searchpath="/opt/sql"):
    BashOperator(task_id="load", bash_command="run/load.sh")
"""

FILES = {
    "dags/a.py": DAG,
    "dags/company/dates.py": "from datetime import datetime\nSTART = datetime(2024, 1, 1)\n",
    "docker-compose.yaml": "services:\n  a:\n    volumes: [./sql:/opt/sql]\n",
    "requirements.txt": "apache-airflow==2.10.5\n",
}


@pytest.fixture
def check(project, tmp_path_factory, monkeypatch):
    """check(FILES) -> (findings, whether dags/a.py was analysed); a call changes the files of the one before.

    What is found is compared with what is found without a cache.
    """
    place = str(tmp_path_factory.mktemp("cache") / "dag-lint")
    analysed = []
    real = cache.inspect
    monkeypatch.setattr(cache, "inspect", lambda source, request: analysed.append(1) or real(source, request))

    def run(files, name="dags/a.py", request=REQUEST, where=place):
        # What is asked of the project is kept for the life of a process.
        for remembered in REMEMBERED:
            remembered.cache_clear()
        root = project({name: text for name, text in files.items() if text is not None})
        for gone in (name for name, text in files.items() if text is None):
            (root / gone).unlink()
        analysed.clear()
        (found,) = inspect_all([str(root / name)], request, Effort(cache=where))
        again = bool(analysed)
        assert found == inspect_file(str(root / name), request)
        return [one.code for one in found.diagnostics], again

    return run


REQUEST = Request({}, summaries=True)

REMEMBERED = (
    deployment._options_above,
    deployment._options_in,
    pyproject.project_settings,
    target.pinned_target,
    target._is_root,
    target._pins_of,
    target._root_above,
)

FOUND = ["DAG101", "DAG103", "DAG201"]


def test_what_did_not_change_is_not_analysed_again(check):
    assert check(FILES) == (FOUND, True)
    assert check(FILES) == (FOUND, False)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"dags/a.py": DAG.replace("hourly", "daily")}, ["DAG103", "DAG201"]),
        ({"dags/a.py": DAG + "# noqa"}, FOUND),
        ({"dags/company/dates.py": None}, ["DAG101", "DAG201"]),
        (
            {"dags/company/dates.py": "import pendulum\nSTART = pendulum.datetime(2024, 1, 1)\n"},
            ["DAG101", "DAG201"],
        ),
        ({"dags/run/load.sh": "true\n"}, ["DAG101", "DAG103"]),
        ({"sql/run/load.sh": "true\n"}, ["DAG101", "DAG103"]),
        ({"docker-compose.yaml": None}, ["DAG101", "DAG103"]),
        ({"dags/compose.yml": "services: {}\n"}, ["DAG101", "DAG103"]),
        ({"requirements.txt": "apache-airflow==2.9.0\n"}, FOUND),
        ({"requirements.txt": None}, FOUND),
        ({"pyproject.toml": '[tool.dag-lint]\nignore = ["DAG101"]\n'}, ["DAG103", "DAG201"]),
        ({"airflow.cfg": "[core]\ndefault_timezone = Asia/Seoul\n"}, FOUND),
        ({"dags/pyproject.toml": ""}, None),
    ],
)
def test_whatever_the_findings_depend_on_makes_them_be_found_again(check, changed, codes):
    check(FILES)
    found, again = check(changed)
    assert again
    if codes is not None:
        assert found == codes
    assert check({}) == (found, False)


def test_what_has_nothing_to_do_with_a_file_changes_nothing(check):
    check(FILES)
    assert check({"dags/b.py": DAG, "README.md": "", "other/__init__.py": ""}) == (FOUND, False)


def test_options_and_names_have_entries_of_their_own(check, project, monkeypatch):
    check(FILES)
    assert check({}, request=Request({"min_severity": "error"}, summaries=True))[1]
    assert check({}, request=Request({}))[1]
    monkeypatch.chdir(project({}))
    assert check({}) == (FOUND, False)


def test_another_version_of_anything_finds_nothing_in_the_cache(check, monkeypatch):
    check(FILES)
    monkeypatch.setattr(keys, "_versions", lambda: ("another",))
    assert check({}) == (FOUND, True)


def entries(place):
    return sorted(path for path in place.rglob("*") if len(path.name) == 30)


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"\x00" * 100,
        b"no digest\n{}",
        b"{}",
        b"[]",
        b'{"lookups": 3}',
        b'{"lookups": [["place"]], "diagnostics": [], "summary": null}',
        b'{"lookups": [[3, 4, "5"]], "diagnostics": [], "summary": null}',
        b'{"lookups": [], "diagnostics": [1], "summary": null}',
        b'{"lookups": [], "diagnostics": 1, "summary": null}',
        b'{"lookups": [], "diagnostics": [], "summary": {"Span": [1, 2]}}',
        b'{"lookups": [], "diagnostics": [{"Popen": ["true"]}], "summary": null}',
        b'{"lookups": [], "diagnostics": [{"Diagnostic": []}], "summary": null}',
        b"[" * 100_000,
    ],
)
def test_an_entry_that_was_spoiled_is_as_good_as_absent(check, tmp_path, spoiled):
    place = tmp_path / "cache"
    check(FILES, where=str(place))
    (entry,) = entries(place)
    sealed = folder._digest(spoiled) + b"\n" + spoiled if spoiled[:1] in b"{[" and spoiled else spoiled
    entry.write_bytes(sealed)
    assert check({}, where=str(place)) == (FOUND, True)
    assert check({}, where=str(place)) == (FOUND, False)


def test_a_folder_that_cannot_be_used_costs_nothing_but_time(check, tmp_path):
    (tmp_path / "file").write_text("")
    assert check(FILES, where=str(tmp_path / "file")) == (FOUND, True)
    assert check({}, where=str(tmp_path / "file" / "below")) == (FOUND, True)


def test_the_folder_says_what_it_is(check, tmp_path):
    check(FILES, where=str(tmp_path / "cache"))
    assert (
        (tmp_path / "cache/CACHEDIR.TAG")
        .read_text()
        .startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    )
    assert (tmp_path / "cache/.gitignore").read_text() == "*\n"
    assert (tmp_path / "cache/1").stat().st_mode & 0o777 == 0o700


def test_the_oldest_entries_make_room(tmp_path):
    kept = folder.Folder(str(tmp_path), most_bytes=256 * 1000)
    for number in range(12):
        kept.write(f"00{number:030x}", b"x" * 150)
        os.utime(tmp_path / "1" / "00" / f"{number:030x}", (number, number))
    (tmp_path / "1/00/left_by_one_who_was_killed.new").write_text("")
    os.utime(tmp_path / "1/00/left_by_one_who_was_killed.new", (1, 1))
    kept.write("00" + "f" * 30, b"y" * 150)
    kept.write("00" + "e" * 30, b"z" * 1000)
    left = sorted(path.name for path in (tmp_path / "1/00").iterdir())
    assert left == [*(f"{number:030x}" for number in (8, 9, 10, 11)), "f" * 30]


def test_what_is_used_stays_young(tmp_path):
    kept = folder.Folder(str(tmp_path))
    kept.write("0" * 32, b"x")
    place = tmp_path / "1/00" / ("0" * 30)
    os.utime(place, (1, 1))
    assert kept.read("0" * 32) == b"x"
    assert time.time() - place.stat().st_mtime < 60


def test_a_file_that_does_not_mention_airflow_is_not_kept(project, tmp_path):
    root = project({"a.py": "x = 1\n"})
    assert Cache(str(tmp_path / "cache"), Request({})).inspect(str(root / "missing.py")).diagnostics
    (found,) = inspect_all([str(root / "a.py")], Request({}), Effort(cache=str(tmp_path / "cache")))
    assert (found.text, found.diagnostics) == ("", ())
    assert entries(tmp_path) == []


def test_two_workers_fill_the_cache(check, project, tmp_path):
    root = project({f"dags/{number}.py": DAG for number in range(4)})
    names = [str(root / f"dags/{number}.py") for number in range(4)]
    request = Request({}, summaries=True)
    first = list(inspect_all(names, request, Effort(2, str(tmp_path / "cache"))))
    assert len(entries(tmp_path / "cache")) == 4
    assert list(inspect_all(names, request, Effort(1, str(tmp_path / "cache")))) == first


def test_what_is_kept_is_plain_and_comes_back_as_it_was(project):
    root = project(FILES)
    found = inspect_file(str(root / "dags/a.py"), Request({}, summaries=True))
    kept = json.loads(json.dumps(encode((found.diagnostics, found.summary))))
    assert decode(kept) == (found.diagnostics, found.summary)
    with pytest.raises(TypeError):
        encode(object())
