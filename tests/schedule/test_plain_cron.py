"""Plain cron texts mean without croniter what they mean with it."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from croniter import croniter

from dag_lint.schedule.plain_cron import expand

HIGHEST = (59, 23, 31, 12, 6)


def a_field(chance: random.Random, index: int) -> str:
    low, high = (1 if index in (2, 3) else 0), HIGHEST[index]
    number = chance.randint(low, high)
    forms = (
        "*", "*", f"*/{chance.randint(1, high)}", str(number), f"{chance.randint(low, number)}-{number}",
        f"{chance.randint(low, number)}-{high}/{chance.randint(1, high)}", f"{low}-{high}",
        f"{number},{chance.randint(low, high)}", f"{number},{chance.randint(low, high)}-{high}", f"0{low}",
    )  # fmt: skip
    return chance.choice(forms)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_expanded_is_what_croniter_expands(seed: int) -> None:
    chance = random.Random(seed)
    expanded = 0
    for _ in range(300):
        text = " ".join(a_field(chance, index) for index in range(5))
        ours = expand(text)
        if ours is not None:
            expanded += 1
            assert ours == croniter(text, 0.0).expanded, text
    assert expanded > 150


@pytest.mark.parametrize("text", ["0 0 * * *", "*/15 3 * * 1-5", "30 2,14 1 */3 *", "  5   4 * * 0 "])
def test_usual_schedules_are_expanded(text: str) -> None:
    assert expand(text) == croniter(text, 0.0).expanded


@pytest.mark.parametrize(
    "text",
    [
        "", "@daily", "0 0 * *", "0 0 * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7",
        "5/10 * * * *", "*/0 * * * *", "30-10 * * * *", "5-5 * * * *", "* * 1-31 * *", "* * * * 0-6", "* * L * *",
        "* * * * mon", "* * * jan *", "* * ? * *", "* * * * 1#2", "1, * * * *", "-1 * * * *", "٣ * * * *", "H * * * *",
        "*/60 * * * *", "100 * * * *",
    ],
)  # fmt: skip
def test_everything_else_is_left_to_croniter(text: str) -> None:
    assert expand(text) is None


def test_a_usual_schedule_does_not_import_croniter() -> None:
    program = (
        "import sys; from dag_lint.schedule.cron import parse_cron; assert parse_cron('@daily').fires;"
        "assert parse_cron('3 5 * * 1-5').fires; sys.exit('croniter' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
