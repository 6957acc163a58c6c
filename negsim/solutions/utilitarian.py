"""The utilitarian solution: the largest sum of gains."""

from __future__ import annotations

from math import fsum

import numpy as np
from numpy.typing import NDArray

from negsim.solutions.rational import rational_outcomes

__all__ = ["utilitarian"]

_EXACT = 2.0**53
"""Below this a float64 holds every whole number."""


def utilitarian(surplus: NDArray[np.float64]) -> NDArray[np.intp]:
    """Find the utilitarian solution: max sum_i (u_i - d_i) over the individually rational outcomes.

    It compares points between parties, so it means something only if a point is worth the same to all.

    Parameters
    ----------
    surplus : float64 array (party, outcome), points
        Utility minus disagreement point. The disagreement point decides only which outcomes are rational.

    Returns
    -------
    intp array (solution,)
        Ascending positions of all outcomes that attain the optimum, ties included; none if no outcome is individually
        rational. Sums of whole numbers below 2**53 are exact; others count as equal if they round to the same float64,
        whatever the order of the parties.

    Raises
    ------
    UsageError
        A surplus is not a number, or infinite.

    References
    ----------
    Harsanyi (1955), Journal of Political Economy 63, 309-321; Myerson (1981), Econometrica 49, 883-897.

    Examples
    --------
    >>> utilitarian(np.array([[9.0, 4.0, 3.0], [1.0, 3.0, 7.0]]))
    array([0, 2])
    """
    rational = rational_outcomes(surplus)
    if rational.size == 0:
        return rational
    gain = surplus[:, rational]
    total = np.sum(gain, axis=0)
    best = np.max(total)
    # Each of the additions rounds once, by no more than this share of the sum.
    near = np.flatnonzero(total >= best * (1 - len(gain) * np.finfo(np.float64).eps))
    if best < _EXACT and np.all(gain[:, near] == np.rint(gain[:, near])):
        return rational[total == best]
    rounded_once = np.array([fsum(column) for column in gain[:, near].T.tolist()])
    return rational[near[rounded_once == np.max(rounded_once)]]
