"""The protocols that there are, by name: what happens in a round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from negsim.bargaining.protocols.alternating import alternate, offer_once, stack
from negsim.bargaining.protocols.monotonic import concede
from negsim.bargaining.protocols.single_text import draft
from negsim.bargaining.talk import Talk

__all__ = ["PROTOCOLS", "Play"]

Play = Callable[[Talk], None]

PROTOCOLS: Mapping[str, Play] = MappingProxyType(
    {
        "alternating_offers": alternate,
        "stacked_alternating_offers": stack,
        "monotonic_concession": concede,
        "single_text": draft,
        "take_it_or_leave_it": offer_once,
    }
)
"""Every protocol; those of `negsim.scenario.bargaining.PROTOCOLS`."""
