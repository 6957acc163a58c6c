"""Estimates from worlds that do not count alike: shares, differences and quantiles under importance weights.

What is learned reweighs the worlds that were drawn (self-normalised importance sampling). Blocks stay independent
replicates of one design, so the spread between them still measures the error; the floor under it is the score
interval of as many independent draws as the weights are worth (Kish 1965).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, Spread, between_blocks, linearised, widened
from negsim.model.intervals import Bounds, paired, share_interval

__all__ = ["effective_size", "weighted_change", "weighted_mean", "weighted_share", "weighted_spread"]

Weights = NDArray[np.float64]
Flags = NDArray[np.bool_]


def effective_size(weight: Weights) -> float:
    """Tell how many draws that count alike tell as much as these: the square of the sum by the sum of squares.

    Parameters
    ----------
    weight : float64 array (world,)
        At least 0.

    Returns
    -------
    float
        From 1 to the number of worlds; 0 where all weights are 0.

    References
    ----------
    Kish (1965), Survey Sampling, section 11.7; Owen (2013), Monte Carlo theory, methods and examples, eq. 9.13.

    Examples
    --------
    >>> effective_size(np.array([3.0, 3.0, 0.0])), effective_size(np.array([2.0, 1.0, 1.0, 1.0, 1.0]))
    (2.0, 4.5)
    """
    scaled = _scaled(weight)
    return float(np.sum(scaled)) * _draws_a_unit(scaled) if np.any(scaled) else 0.0


def weighted_share(
    weight: Weights, hit: Flags, block_sizes: NDArray[np.int64], cases: Flags | None = None
) -> Estimate | None:
    """Estimate a probability, or a conditional one, from weighted worlds.

    Parameters
    ----------
    weight : float64 array (world,)
        At least 0; any multiple of them says the same.
    hit : bool array (world,)
        Where the event happened.
    block_sizes : int64 array (block,)
        Worlds in each block, in order; all but the last are equal.
    cases : bool array (world,), optional
        The worlds to look at; all if left out. A hit elsewhere is none.

    Returns
    -------
    Estimate or None
        The weight of hits among that of cases; its interval is the wider of Student's over the full blocks, by the
        linearised ratio, and of that of a share of `effective_size` draws. None where no case has a weight.

    References
    ----------
    Owen (2013), Monte Carlo theory, methods and examples, eq. 9.8 and 9.9: the self-normalised estimate, and the
    residuals that its variance is made of; here they are added up by block first, as in Cochran (1977), Sampling
    Techniques, eq. 6.13. Korn & Graubard (1998), Survey Methodology 24, 193-201, put the effective size into
    Clopper and Pearson's interval; here it goes into Wilson's alike, by the rule of `proportion`.

    Examples
    --------
    >>> weighted_share(np.array([3.0, 1.0]), np.array([True, False]), np.array([2]))
    Estimate(estimate=0.75, low=0.0338..., high=0.9999...)
    """
    of_case = _scaled(weight if cases is None else weight * cases)
    if not np.any(of_case):
        return None
    of_hit = of_case * hit
    found = _bounds(of_hit, of_case)
    share, low, high = found
    if 0 < share < 1:
        by_hit, by_case = _by_block(of_hit, block_sizes), _by_block(of_case, block_sizes)
        margin = between_blocks(linearised(by_hit, by_case, share, block_sizes))
        low, high = min(low, share - margin), max(high, share + margin)
    return Estimate(share, max(0.0, low), min(1.0, high))


def weighted_change(weight: Weights, one: Flags, other: Flags, block_sizes: NDArray[np.int64]) -> Estimate:
    """Estimate how much likelier one event is than another, both told of the same weighted worlds.

    Parameters
    ----------
    weight : float64 array (world,)
        At least 0, and not all 0.
    one, other : bool array (world,)
        Where the first event happened, and where the second.
    block_sizes : int64 array (block,)
        As for `weighted_share`.

    Returns
    -------
    Estimate
        Between -1 and 1; its interval is the wider of Student's over the full blocks, by the linearised ratio, and of
        the one that `paired_difference` puts together, at the effective size.

    Examples
    --------
    >>> weighted_change(np.array([2.0, 1.0, 1.0]), *np.eye(2, 3, dtype=bool), np.array([3])).estimate
    0.25
    """
    scaled = _scaled(weight)
    first, second = scaled * (one & ~other), scaled * (other & ~one)
    found = paired(_bounds(first, scaled), _bounds(second, scaled))
    gained = _by_block(first, block_sizes) - _by_block(second, block_sizes)
    return widened(found, between_blocks(linearised(gained, _by_block(scaled, block_sizes), found[0], block_sizes)))


def weighted_spread(values: Weights, weight: Weights) -> Spread | None:
    """Take the middle of weighted values, each quantile one of them; None where none has a weight.

    Parameters
    ----------
    values : float64 array (case,)
        Infinite ones count, as the largest.
    weight : float64 array (case,)
        At least 0.

    Returns
    -------
    Spread or None
        Of n values with a weight, the quantile at q is the first up to which more than a share of q (1 - 1/n) of all
        weight lies: what `spread` takes where all weigh the same.

    Examples
    --------
    >>> weighted_spread(np.array([3.0, 1.0, 2.0]), np.array([5.0, 1.0, 1.0]))
    Spread(p10=1.0, median=3.0, p90=3.0)
    """
    counts = weight > 0
    if not np.any(counts):
        return None
    kept, scaled = values[counts], _scaled(weight)[counts]
    order = np.argsort(kept, kind="stable")
    ordered, up_to = kept[order], np.cumsum(scaled[order])
    each = up_to[-1] / len(ordered)
    places = [np.searchsorted(up_to, share * (len(ordered) - 1) * each, side="right") for share in (0.1, 0.5, 0.9)]
    return Spread(*(float(ordered[place]) for place in places))


def weighted_mean(values: Weights, weight: Weights) -> float | None:
    """Take the mean of weighted values; those without a weight may be infinite. None where none has a weight.

    >>> weighted_mean(np.array([1.0, 5.0, np.inf]), np.array([3.0, 1.0, 0.0]))
    2.0
    """
    counts = weight > 0
    if not np.any(counts):
        return None
    scaled = _scaled(weight)[counts]
    return float(np.sum(values[counts] * scaled) / np.sum(scaled))


def _scaled(weight: Weights) -> Weights:
    """Give the largest weight 1: equal weights count worlds exactly then, and squares of small ones stay above 0."""
    largest = float(np.max(weight, initial=0.0))
    return weight / largest if largest > 0 else weight


def _draws_a_unit(scaled: Weights) -> float:
    """Tell how many draws a unit of weight is worth."""
    return float(np.sum(scaled) / np.sum(scaled**2))


def _bounds(of_hit: Weights, of_case: Weights) -> Bounds:
    """Give a share with the interval of as many independent draws as the weights of its cases are worth."""
    draws = _draws_a_unit(of_case)
    return share_interval(float(np.sum(of_hit)) * draws, float(np.sum(of_case)) * draws)


def _by_block(weight: Weights, block_sizes: NDArray[np.int64]) -> Weights:
    """Add up weights block by block: (block,)."""
    return np.asarray(np.add.reduceat(weight, np.cumsum(block_sizes) - block_sizes))
