"""The Nash solution: the largest product of gains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm, prod

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.solutions.frontier import pareto_optimal
from negsim.solutions.rational import rational_outcomes

__all__ = ["nash"]

_NEAR = 1e-9
"""Logarithms of products closer than this are compared exactly: far above their rounding."""

_SAME = 1e-12
"""Where exact comparison is out of reach, logarithms closer than this count as equal."""

_MOST_FACTORS = 64
"""The most factors that a product is multiplied out for."""


def nash(
    surplus: NDArray[np.float64], weights: Sequence[float] | NDArray[np.float64] | None = None
) -> NDArray[np.intp]:
    """Find the Nash solution: max prod_i (u_i - d_i)^w_i over the individually rational outcomes.

    If no outcome gives every party a gain, that product is 0 everywhere and chooses nothing. Then the largest sets of
    parties that gain in one outcome count: for each, the product over its parties is maximised among the outcomes where
    just these gain, and the solution is what is found for any of them. With one such set, those who can gain share; if
    nobody can gain, the solution is every rational outcome.

    Parameters
    ----------
    surplus : float64 array (party, outcome), points
        Utility minus disagreement point.
    weights : sequence of float, (party,), optional
        Bargaining power, positive; equal if left out. Only ratios matter.

    Returns
    -------
    intp array (solution,)
        Ascending positions of all outcomes that attain the optimum, ties included; none if no outcome is individually
        rational. Products are compared exactly, as fractions, where weights are in the ratio of small whole numbers;
        otherwise logarithms within 10^-12 tie, and what is not Pareto optimal among them is left out.

    Raises
    ------
    UsageError
        A surplus is not a number, or infinite; the weights are not positive and finite, one for each party.

    References
    ----------
    Nash (1950), Econometrica 18, 155-162, for convex sets; weights as in Roth (1979), Axiomatic Models of Bargaining,
    theorem 3. The rule for products of 0 is ours: unlike a small number added to each gain, it keeps the solution blind
    to the scale of utility; and it makes the solution Pareto optimal without exception.

    Examples
    --------
    >>> gains = np.array([[6.0, 4.0, 3.0, 1.0], [1.0, 3.0, 4.0, 6.0]])
    >>> nash(gains)
    array([1, 2])
    >>> nash(gains, weights=(2, 1))
    array([1])
    """
    weight = _checked(weights, len(surplus))
    rational = rational_outcomes(surplus)
    gain = surplus[:, rational]
    gains = gain > 0
    n_gaining = np.count_nonzero(gains, axis=0)
    most = np.max(n_gaining, initial=0)
    if most == 0:
        return rational
    found = [
        outcomes[_largest_product(gain[np.ix_(members, outcomes)], weight[members])]
        for members, outcomes in _by_gaining(gains, np.flatnonzero(n_gaining == most))
    ]
    return rational[np.sort(np.concatenate(found))]


def _checked(weights: Sequence[float] | NDArray[np.float64] | None, n_parties: int) -> NDArray[np.float64]:
    """Refuse weights that mean nothing."""
    if weights is None:
        return np.ones(n_parties)
    weight = np.asarray(weights, np.float64)
    if weight.shape != (n_parties,):
        raise UsageError(f"there must be one weight for each of {n_parties} parties, not {weight.tolist()}")
    for value in weight.tolist():
        if not 0 < value < np.inf:
            raise UsageError(f"a weight must be positive and finite, not {value:g}")
    return weight


def _by_gaining(
    gains: NDArray[np.bool_], outcomes: NDArray[np.intp]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Sort outcomes by which parties gain in them: each set of parties, with its outcomes."""
    while outcomes.size:
        members = gains[:, outcomes[0]]
        same = np.all(gains[:, outcomes] == members[:, None], axis=0)
        yield np.flatnonzero(members), outcomes[same]
        outcomes = outcomes[~same]


def _largest_product(gain: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.intp]:
    """Find where the weighted product of positive gains (party, outcome) is largest."""
    # Logarithms first: a product of many small gains underflows to 0 and turns into a false tie.
    level = np.sum(weight[:, None] / np.max(weight) * np.log(gain), axis=0)
    near = np.flatnonzero(level >= np.max(level) - _NEAR)
    if near.size == 1:
        return near
    powers = _powers(weight)
    if powers is not None:
        return near[_largest_exactly(gain[:, near], powers)]
    same = np.flatnonzero(level >= np.max(level) - _SAME)
    return same[pareto_optimal(gain[:, same])]


def _powers(weight: NDArray[np.float64]) -> tuple[int, ...] | None:
    """Write weights as whole numbers in the same ratio; None if that takes large ones."""
    # As written, so that 0.6 and 0.4 are in the ratio of 3 to 2.
    written = [Fraction(repr(value)) for value in weight.tolist()]
    ratios = [value / min(written) for value in written]
    scale = lcm(*(ratio.denominator for ratio in ratios))
    powers = tuple(int(ratio * scale) for ratio in ratios)
    return powers if sum(powers) <= max(_MOST_FACTORS, len(powers)) else None


def _largest_exactly(gain: NDArray[np.float64], powers: tuple[int, ...]) -> NDArray[np.bool_]:
    """Tell where a product of powers of gains (party, outcome) is largest, without rounding."""
    points, which = np.unique(gain, axis=1, return_inverse=True)
    products = [
        prod(Fraction(value) ** power for value, power in zip(point, powers, strict=True))
        for point in points.T.tolist()
    ]
    largest = max(products)
    return np.array([product == largest for product in products])[which.reshape(-1)]
