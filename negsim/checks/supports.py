"""Between which ends a quantity lies, without inverting its distribution."""

from __future__ import annotations

from dataclasses import dataclass

from negsim.scenario.quantities import Constant, Distribution, Domain, Normal

__all__ = ["Support", "support_of"]

_SDS = 6.0
"""A normal is taken to end here: a draw beyond it comes once in 500 million."""


@dataclass(frozen=True, slots=True)
class Support:
    """The ends of what a quantity can be."""

    low: float
    high: float

    @property
    def is_point(self) -> bool:
        """Whether there is only one value."""
        return self.low == self.high


def support_of(quantity: Constant | Distribution, domain: Domain) -> Support:
    """Bound a quantity.

    >>> support_of(Normal(40.0, 5.0), Domain(0.0, 60.0, "points"))
    Support(low=10.0, high=60.0)
    """
    match quantity:
        case Constant(value):
            return Support(value, value)
        case Normal(mean, sd):
            low, high = mean - _SDS * sd, mean + _SDS * sd
            return Support(min(max(low, domain.low), domain.high), max(min(high, domain.high), domain.low))
    return Support(quantity.low, quantity.high)
