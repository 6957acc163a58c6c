"""Who agrees on what, round by round: closed forms of the theory of bargaining."""

from negsim.bargaining.closed_forms import (
    breakdown,
    nash_split,
    outside_option,
    rubinstein,
    rubinstein_limit,
    stahl,
)
from negsim.bargaining.pressing import press_threshold, two_types, ultimatum, zeuthen_risk

__all__ = [
    "breakdown",
    "nash_split",
    "outside_option",
    "press_threshold",
    "rubinstein",
    "rubinstein_limit",
    "stahl",
    "two_types",
    "ultimatum",
    "zeuthen_risk",
]
