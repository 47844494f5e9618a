"""Settings of all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples on every run and every machine: a failure is always one of the change at hand.
settings.register_profile(
    "zhengti", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("zhengti")
