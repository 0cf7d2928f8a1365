"""The texts that stand for a schedule, as Airflow 2.11 and 3.3 know them.

Source: `cron_presets` of airflow/utils/dates.py, and the aliases of croniter, which reads whatever
Airflow does not expand itself (`@midnight`, `@annually`, and every preset in another case).
"""

from __future__ import annotations

AIRFLOW_PRESETS: dict[str, str] = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
}

CRONITER_ALIASES: dict[str, str] = {
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

ONCE = "@once"
CONTINUOUS = "@continuous"

KNOWN_PRESETS: tuple[str, ...] = (*AIRFLOW_PRESETS, "@midnight", "@annually", ONCE, CONTINUOUS)

ELSEWHERE: dict[str, str | None] = {
    "@minutely": "* * * * *",
    "@every_minute": "* * * * *",
    "@biweekly": None,
    "@never": None,
    "@reboot": None,
}
"""Presets of other schedulers, and what to write instead."""
