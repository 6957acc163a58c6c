"""Between which ends a quantity lies, without inverting its distribution, and what that makes of sums and products."""

from __future__ import annotations

from negsim.records import dataclass
from negsim.scenario.quantities import Constant, Distribution, Domain, Normal

__all__ = ["NAUGHT", "Support", "share_of", "support_of"]

_SDS = 6.0
"""A normal is taken to end here: a draw beyond it comes once in 500 million."""


@dataclass(frozen=True, slots=True)
class Support:
    """The ends of what a quantity can be; sums, differences and products hold whether or not two move together.

    >>> Support(1.0, 2.0) * Support(-1.0, 3.0) - Support(0.0, 1.0)
    Support(low=-3.0, high=6.0)
    """

    low: float
    high: float

    @property
    def is_point(self) -> bool:
        """Whether there is only one value."""
        return self.low == self.high

    def __add__(self, other: Support) -> Support:
        return Support(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Support) -> Support:
        return Support(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Support) -> Support:
        ends = [a * b if a and b else 0.0 for a in (self.low, self.high) for b in (other.low, other.high)]
        return Support(min(ends), max(ends))

    def at_least(self, other: Support) -> Support:
        """Bound the larger of this and another."""
        return Support(max(self.low, other.low), max(self.high, other.high))


NAUGHT = Support(0.0, 0.0)
"""Nothing, for certain."""


def share_of(part: Support, rest: Support) -> Support:
    """Bound part / (part + rest), both at least 0; 0 where both are.

    >>> share_of(Support(1.0, 3.0), Support(1.0, 1.0))
    Support(low=0.5, high=0.75)
    """
    low = part.low / (part.low + rest.high) if part.low > 0 else 0.0
    high = part.high / (part.high + rest.low) if part.high > 0 else 0.0
    return Support(low, high)


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
