"""Inverse distribution functions: from a uniform number to the value of a quantity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.scenario.quantities import Beta, Constant, Distribution, Domain, Normal, Triangular, Uniform

__all__ = ["central_value", "quantile"]


def quantile(distribution: Distribution, domain: Domain, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Invert a distribution function.

    Parameters
    ----------
    distribution : Distribution
    domain : Domain
        A normal is truncated to it; the others lie inside it by validation.
    uniform : float64 array (world,)
        Strictly between 0 and 1.

    Returns
    -------
    float64 array (world,)
        Inside the domain.

    Examples
    --------
    >>> quantile(Triangular(0.0, 0.0, 1.0), Domain(0.0, 1.0, ""), np.array([0.75]))
    array([0.5])
    """
    match distribution:
        case Uniform(low, high):
            value = low + uniform * (high - low)
        case Triangular(low, mode, high):
            value = _triangular(low, mode, high, uniform)
        case Normal(mean, sd):
            value = _truncated_normal(mean, sd, domain, uniform)
        case Beta(a, b, low, high):
            value = _beta(a, b, low, high, uniform)
        case pert:
            value = _pert(pert.low, pert.mode, pert.high, uniform)
    return np.clip(value, domain.low, domain.high)


def central_value(quantity: Constant | Distribution, domain: Domain) -> float:
    """Give a constant's value or a distribution's median.

    >>> central_value(Uniform(30.0, 50.0), Domain(0.0, 100.0, ""))
    40.0
    """
    if isinstance(quantity, Constant):
        return quantity.value
    return float(quantile(quantity, domain, np.array([0.5]))[0])


def _pert(low: float, mode: float, high: float, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    span = high - low
    if span == 0:
        return np.full_like(uniform, low)
    return _beta(1 + 4 * (mode - low) / span, 1 + 4 * (high - mode) / span, low, high, uniform)


def _triangular(low: float, mode: float, high: float, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    span = high - low
    if span == 0:
        return np.full_like(uniform, low)
    rising = low + np.sqrt(uniform * span * (mode - low))
    falling = high - np.sqrt((1 - uniform) * span * (high - mode))
    return np.where(uniform * span < mode - low, rising, falling)


def _truncated_normal(mean: float, sd: float, domain: Domain, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.special import ndtr, ndtri

    if sd == 0:
        return np.full_like(uniform, mean)
    # In the upper tail 1 - ndtr(z) loses all digits, so a mean below the domain is mirrored.
    sign = -1.0 if mean < domain.low else 1.0
    ends = sorted((sign * (domain.low - mean) / sd, sign * (domain.high - mean) / sd))
    below, above = ndtr(ends[0]), ndtr(ends[1])
    position = uniform if sign > 0 else 1 - uniform
    return np.asarray(mean + sign * sd * ndtri(below + position * (above - below)), dtype=np.float64)


def _beta(a: float, b: float, low: float, high: float, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.special import betaincinv

    return np.asarray(low + (high - low) * betaincinv(a, b, uniform), dtype=np.float64)
