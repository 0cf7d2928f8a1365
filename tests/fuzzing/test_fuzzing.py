"""The fuzzer: a short run of it, and that it finds what is wrong and makes it small."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzing import session as session_module
from fuzzing.drafts import draft
from fuzzing.laws import (
    BrokenLawError,
    Case,
    TooSlowError,
    findings_lie_inside,
    hold,
    layout_does_not_matter,
    nothing_raises,
)
from fuzzing.layout import commented, written_anew
from fuzzing.minimise import minimised
from fuzzing.mutations import broken, mutated
from fuzzing.session import OWN, PROJECT, Session, cpu_seconds, dag_files

TEXTS = sorted(path.read_text(encoding="utf-8") for path in PROJECT.glob(OWN[0]))

DAG = (
    "from airflow import DAG\n"
    "from airflow.operators.bash import BashOperator\n"
    "\n"
    "with DAG('every_3_hours', schedule='3 * * * *', start_date=None) as dag:  # é\n"
    "    one = BashOperator(task_id='one', bash_command='run.sh')\n"
    "    for number in range(2):\n"
    "        one >> BashOperator(task_id=f'{number}', bash_command=f'echo {number}')\n"
)


def test_a_short_run_breaks_no_law() -> None:
    said: list[str] = []
    session = Session(dag_files(None), seed=20261122)
    session.run(1.0, say=said.append)
    assert "".join(said) == ""
    assert session.tally.held["nothing raises"] == session.tally.texts > 3


def test_the_same_seed_makes_the_same_texts() -> None:
    one, other = draft(TEXTS[0]), draft(TEXTS[1])
    assert one is not None
    assert other is not None
    made = [[broken(one, other, random) for _ in range(50)] for random in (Random(1), Random(1))]
    assert made[0] == made[1]
    assert len(set(made[0])) > 25


def test_what_is_mutated_is_python_and_another_text() -> None:
    one = draft(DAG)
    assert one is not None
    random = Random(5)
    made = [mutated(one, one, random) for _ in range(100)]
    texts = {each.text for each in made if each is not None}
    assert len(texts) > 60
    assert DAG not in texts
    for text in texts:
        ast.parse(text)


def test_another_layout_is_the_same_program() -> None:
    for text in TEXTS:
        again = commented(text, Random(3))
        assert again != text
        assert ast.dump(ast.parse(again)) == ast.dump(ast.parse(text))
        anew = written_anew(text)
        assert anew is not None
        assert ast.dump(ast.parse(anew)) == ast.dump(ast.parse(text))


def test_a_broken_law_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_runs(case: Case) -> None:
        if "run.sh" in case.text:
            raise BrokenLawError("no runs", "run.sh")

    monkeypatch.setattr(session_module, "LAWS", (no_runs,))
    monkeypatch.setattr(session_module, "_SHARE", {"no runs": 1.0})
    said: list[str] = []
    (tmp_path / "dag.py").write_text(DAG, encoding="utf-8")
    session = Session(dag_files(tmp_path), seed=1)
    session.run(0.3, say=said.append)
    assert list(session.tally.broken) == [("no runs", "run.sh")]
    assert sum(session.tally.again.values()) > 0
    assert len(said) == 1
    assert "no runs: run.sh" in said[0]
    namespace = ast.literal_eval(f"[{said[0]}]")
    assert "run.sh" in namespace[0]
    assert len(namespace[0]) < 100


def test_an_exception_is_told_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(case: Case) -> None:
        raise KeyError(case.text)

    with pytest.raises(BrokenLawError, match=r"nothing raises: KeyError at test_fuzzing\.py:") as caught:
        hold(Case("x"), (fail,))
    assert caught.value.law == "nothing raises"


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(case: Case) -> None:
        raise TooSlowError

    with pytest.raises(BrokenLawError, match="bounded: 20 s at "):
        hold(Case("x"), (stuck,))


def test_minimising_keeps_what_matters() -> None:
    small = minimised(DAG, lambda text: "task_id" in text and "DAG" in text)
    assert len(small) < 60


def test_time_is_counted() -> None:
    assert cpu_seconds() > 0


def test_the_own_files_are_many() -> None:
    assert len(dag_files(None)) > 60
    assert dag_files(Path(__file__).parent) == sorted(Path(__file__).parent.glob("*.py"))


@settings(
    max_examples=12, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.randoms(use_true_random=False), st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_mutated_fixtures_break_no_law(random: Random, text: str, other: str) -> None:
    one, giver = draft(text), draft(other)
    assert one is not None
    assert giver is not None
    for _ in range(2):
        one = mutated(one, giver, random) or one
    hold(Case(one.text), (nothing_raises, findings_lie_inside, layout_does_not_matter))
