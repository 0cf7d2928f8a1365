"""scripts/draw_findings.py draws the same findings each time, over as many repositories as there are."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "draw_findings.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("draw_findings", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def found(script):
    counts = {"large": 30, "small": 2, "single": 1}
    return [
        script.Found("DAG103", repository, "dags/a.py", line, "said")
        for repository, count in counts.items()
        for line in range(1, count + 1)
    ]


def test_every_repository_has_its_turn_before_one_has_another(script, found):
    drawn = script.draw(found, 5, seed=4)
    assert {one.repository for one in drawn[:3]} == {"large", "small", "single"}
    assert [one.repository for one in drawn].count("small") == 2


def test_the_order_in_which_findings_come_does_not_matter(script, found):
    assert script.draw(found, 20, seed=4) == script.draw(reversed(found), 20, seed=4)


def test_another_seed_draws_others(script, found):
    assert script.draw(found, 20, seed=4) != script.draw(found, 20, seed=5)


def test_what_is_drawn_stays_when_others_vanish(script, found):
    first = script.draw(found, 10, seed=4)
    fewer = [one for one in found if one in first or one.line % 2]
    assert script.draw(fewer, 10, seed=4) == first


def test_findings_are_read_from_the_files_of_the_list(script, tmp_path):
    folder = tmp_path / "some+repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "a dag.py").write_text(
        "from datetime import datetime\nfrom airflow import DAG\n"
        'DAG("a", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False)\n',
        encoding="utf-8",
    )
    (tmp_path / "dagfiles.txt").write_text("some+repository/a dag.py\n", encoding="utf-8")
    found = {one.code: one for one in script.findings_in(tmp_path)}
    assert found["DAG103"].repository == "some+repository"
    assert (found["DAG103"].path, found["DAG103"].line) == ("a dag.py", 3)
