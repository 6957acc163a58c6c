"""Bounds of a mean that hold for any number of independent draws, however small the probability that they do not."""

from __future__ import annotations

from math import inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from negsim.model.intervals import exact_interval
from negsim.records import dataclass

__all__ = ["Bounds", "bounds_of", "draws_to_tell"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A figure with the ends between which it lies, all but certainly; as a point, exactly."""

    estimate: float
    low: float
    high: float

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.estimate + other.estimate, self.low + other.low, self.high + other.high)

    def __neg__(self) -> Bounds:
        return Bounds(-self.estimate, -self.high, -self.low)

    def __sub__(self, other: Bounds) -> Bounds:
        return self + -other

    def __mul__(self, other: Bounds) -> Bounds:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Bounds(self.estimate * other.estimate, min(ends), max(ends))

    def __truediv__(self, other: Bounds) -> Bounds:
        """Divide; by what may be 0, anything can come out."""
        if other.low <= 0 <= other.high:
            estimate = self.estimate / other.estimate if other.estimate else inf
            return Bounds(estimate, -inf, inf)
        return self * Bounds(1 / other.estimate, 1 / other.high, 1 / other.low)

    def meet(self, other: Bounds) -> Bounds:
        """Take the narrower of two ends on either side; both hold."""
        return Bounds(self.estimate, max(self.low, other.low), min(self.high, other.high))

    @classmethod
    def point(cls, value: float) -> Bounds:
        """Make bounds of what is known exactly."""
        return cls(value, value, value)


def bounds_of(values: NDArray[np.float64], least: float, most: float, alpha: float) -> Bounds:
    """Bound the mean of what independent draws are of.

    Parameters
    ----------
    values : float64 array (draw,)
        At least one.
    least, most : float
        Between which every draw must lie.
    alpha : float
        The probability, at most, that the mean is outside.

    Returns
    -------
    Bounds
        Of draws that are all 0 or 1, Clopper and Pearson's (1934); else the empirical Bernstein bound, within
        ``least`` and ``most``.

    References
    ----------
    Maurer & Pontil (2009), Empirical Bernstein bounds and sample variance penalization, COLT, theorem 4; here on either
    side with half of ``alpha``.

    Examples
    --------
    >>> found = bounds_of(np.array([0.0, 1.0] * 512), 0.0, 1.0, 1e-9)
    >>> round(found.low, 3), round(found.high, 3)
    (0.405, 0.595)
    """
    n, mean = len(values), float(np.mean(values))
    if (least, most) == (0.0, 1.0) and np.all((values == 0) | (values == 1)):
        return Bounds(mean, *exact_interval(int(np.count_nonzero(values)), n, alpha / 2))
    if n < 2:
        return Bounds(mean, least, most)
    # Two sides of probability alpha/2 each, so that the 2/delta of the theorem becomes 4/alpha.
    doubt = log(4 / alpha)
    variance = float(np.var(values, ddof=1))
    margin = sqrt(2 * variance * doubt / n) + 7 * (most - least) * doubt / (3 * (n - 1))
    return Bounds(mean, max(least, mean - margin), min(most, mean + margin))


def draws_to_tell(distance: float, variance: float, width: float, alpha: float) -> float:
    """Say about how many draws would put a mean on one side of a value that it is some distance from.

    Parameters
    ----------
    distance : float
        Of the mean from the value.
    variance, width : float
        Of single draws, and between the ends that they lie in.
    alpha : float

    Returns
    -------
    float
        Infinite at no distance. So many draws as make the margin of `bounds_of` no wider than the distance, for the
        variance as it was found; of draws that are all 0 or 1, fewer may do.
    """
    if distance == 0:
        return inf
    doubt = log(4 / alpha)
    # The margin at n draws is steep / sqrt(n) + flat / (n - 1); n - 1 for n makes it a square in 1 / sqrt(n).
    steep, flat = sqrt(2 * variance * doubt), 7 * width * doubt / 3
    return ((steep + sqrt(steep**2 + 4 * flat * abs(distance))) / (2 * abs(distance))) ** 2 + 1
