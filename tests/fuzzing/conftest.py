"""How many texts hypothesis makes: few in every run of the tests, many with `--hypothesis-profile=many`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "few",
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile("many", settings.get_profile("few"), max_examples=1_000, derandomize=False)
settings.load_profile("few")
