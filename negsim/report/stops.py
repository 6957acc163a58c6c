"""Why talks ended, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["STOPS"]

STOPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "agreed": ("Agreement", "all who must agree accept a deal, at home too"),
        "rejected_at_home": ("Rejected at home", "agreed at the table, and refused by somebody who ratifies"),
        "walk_out": ("Walk-out", "a party leaves that no longer believes another to be in earnest"),
        "breakdown": ("Breakdown", "after a round without agreement talks break off, as they may by chance"),
        "standstill": ("Standstill", "nobody gives way any more"),
        "bad_faith": ("Bad faith", "a party that must agree is not in earnest"),
        "no_zone": ("Nothing to agree on", "no outcome suits all who must agree"),
        "red_line": ("Red line", "the last offer crosses a real red line of a party that refuses it"),
        "deadline": ("Deadline", "there is a deal, and the rounds run out"),
        "not_held": ("Never met", "no session was held at which a settlement could be reached"),
    }
)
"""What each way to end is called, and what it means; by the names of `negsim.bargaining.stops.Stop` in files."""
