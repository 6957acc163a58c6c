"""What tests of scenarios warn of."""

from __future__ import annotations

__all__ = ["NegsimWarning"]


class NegsimWarning(UserWarning):
    """Something about a scenario that does not fail a test: a doubt, or a claim that is undecided or only warns."""
