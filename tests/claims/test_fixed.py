"""What the fixes make of the DAGs that show a pitfall, and what a real Airflow 2.11 and 3.3 did with that.

`tests/claims/fixed/<version>/` holds the mended DAGs, `fixed-<version>.json` what scripts/record_claims.py
recorded of them. `DAG_LINT_WRITE_FIXED=1` in the environment writes the DAGs anew; then they have to be
recorded again.
"""

from __future__ import annotations

import os

import pytest
from document_claims import FIXED, HERE, NAMES, RULES, VERSIONS, code_of, recorded, recorded_fixed
from mended import found, mended

from dag_lint.settings import Settings

MENDED = [(name, version) for version in VERSIONS for name in NAMES if RULES[code_of(name)].fix is not None]


def made_of(name, version):
    """What the fixes of its rule make of a DAG, None when there is none for it."""
    path = HERE / "dags" / f"{name}.py"
    text = path.read_text(encoding="utf-8")
    after = mended(text, code_of(name), Settings(airflow_version=version), path)
    return after if after != text else None


def each(code):
    """The mended DAGs of a rule: name, version, what was recorded before and after."""
    found = [
        (name, version, recorded(name, version), recorded_fixed(name, version))
        for name, version in MENDED
        if code_of(name) == code and recorded_fixed(name, version) is not None
    ]
    assert found
    return found


@pytest.mark.parametrize(("name", "version"), MENDED)
def test_the_recorded_dag_is_what_the_fixes_make(name, version):
    path, after = HERE / "fixed" / version / f"{name}.py", made_of(name, version)
    if os.environ.get("DAG_LINT_WRITE_FIXED") and after is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(after, encoding="utf-8")
    assert after == (path.read_text(encoding="utf-8") if path.exists() else None)
    assert (after is not None) == (name in FIXED[version]["claims"])


@pytest.mark.parametrize(("name", "version"), MENDED)
def test_nothing_is_left_to_say_of_what_was_mended(name, version):
    path, after = HERE / "fixed" / version / f"{name}.py", made_of(name, version)
    if after is not None:
        assert found(after, code_of(name), Settings(airflow_version=version), path) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_airflow_loads_what_the_fixes_made(version):
    assert FIXED[version]["airflow"].startswith(version)
    for name, record in FIXED[version]["claims"].items():
        assert record["import_error"] is None, name


def test_the_schedule_is_what_the_id_says():
    for name, _, before, after in each("DAG101"):
        promised = {"dag101_three_hours": 8, "dag101_daily": 1}[name]
        assert before["runs_a_day"] != promised == after["runs_a_day"]


def test_catchup_is_as_written():
    for _, version, before, after in each("DAG102"):
        assert version == "2.11"
        assert before["catchup"] is True
        assert after["catchup"] is False
        assert after["due"] == 1


def test_a_date_with_a_zone_is_the_same_instant_and_the_runs_are_the_same():
    for _, _, before, after in each("DAG103"):
        assert after == before


def test_it_runs_once_in_the_hour():
    for _, _, before, after in each("DAG108"):
        assert after["hours"] == before["hours"]
        assert after["runs_a_day"] == 1


def test_the_zone_has_the_offset_that_its_name_promises():
    for _, _, before, after in each("DAG111"):
        assert before["start_date"] == "2023-12-31T15:32:00+00:00"
        assert after["start_date"] == "2023-12-31T15:00:00+00:00"
        assert after["timezone"] == before["timezone"] == "Asia/Seoul"


def test_the_schedule_is_written_that_the_version_has_without_one():
    for _, version, before, after in each("DAG112"):
        assert after["runs_a_day"] == before["runs_a_day"] == (1 if version == "2.11" else 0)
        assert after["due"] == before["due"]


def test_a_text_becomes_the_date_that_it_says():
    for _, _, before, after in each("DAG114"):
        assert before["import_error"] is not None
        assert after["start_date"] == "2024-01-01T00:00:00+00:00"


def test_no_template_is_looked_for_any_more():
    states = {}
    for name, _, before, after in each("DAG201"):
        assert "TemplateNotFound" in next(iter(before["render_errors"].values()))
        assert "render_errors" not in after
        states[name] = after["run"]["state"]
    # Those that fail now are scripts that nobody has.
    assert states["dag201_command"] == "success"


def test_the_argument_reaches_the_dag():
    for name, _, _, after in each("DAG601"):
        key = name.removeprefix("dag601_")
        assert after[key] == {"catchup": False, "max_active_runs": 1}[key]
