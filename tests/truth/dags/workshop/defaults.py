"""What the DAGs beside have in common."""
from datetime import datetime
from typing import NamedTuple


class Limits(NamedTuple):
    low: int = 1
    high: int = 10


START = datetime(2024, 5, 1)
COMMON = {"catchup": False, "default_args": {"owner": "workshop", "trigger_rule": "none_failed"}}
LIMITS = Limits(high=25)


def schedule_for(team):
    return {"sales": "0 5 * * *"}.get(team, "@daily")
