"""How well worlds fit what was seen: likelihoods in closed form, and what weights leave of a sample."""

from __future__ import annotations

from math import lgamma

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.scenario.talks import Binomial

__all__ = ["NoWorldFits", "log_binomial", "weights_of"]

Array = NDArray[np.float64]


class NoWorldFits(UsageError):
    """No world could have brought about what was seen."""


def log_binomial(seen: Binomial, p: Array) -> Array:
    """Give the logarithm of the probability of so many hits, each with probability p: (world,).

    >>> bool(np.isclose(np.exp(log_binomial(Binomial((), 1, 2), np.array([0.5]))), 0.5)[0])
    True
    """
    hits, misses = seen.hits, seen.trials - seen.hits
    ways = lgamma(seen.trials + 1) - lgamma(hits + 1) - lgamma(misses + 1)
    with np.errstate(divide="ignore"):
        hit = hits * np.log(p) if hits else np.zeros_like(p)
        miss = misses * np.log1p(-p) if misses else np.zeros_like(p)
    return np.asarray(ways + hit + miss)


def weights_of(log_weight: Array, names: tuple[str, ...]) -> Array:
    """Turn log-likelihoods (observation, world) into weights (world,) whose mean is 1.

    Raises
    ------
    NoWorldFits
        If none does; it names the observation that the last ones did not survive.
    """
    if not len(log_weight):
        return np.ones(log_weight.shape[1])
    so_far = np.cumsum(log_weight, axis=0)
    possible = np.any(np.isfinite(so_far), axis=1)
    if not possible[-1]:
        name = names[int(np.argmin(possible))]
        n_worlds = log_weight.shape[1]
        raise NoWorldFits(
            f"none of {n_worlds:,} worlds fits what was seen up to talks.observed.{name}: if it can happen by what the"
            " scenario says, draw more (--worlds); if not, widen the ranges that it depends on, or leave it out"
        )
    total = so_far[-1]
    weight = np.exp(total - np.max(total))
    return np.asarray(weight / np.mean(weight))
