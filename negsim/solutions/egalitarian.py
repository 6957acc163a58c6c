"""The egalitarian solution: equal gains, as far as that helps those who gain least."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.solutions.leximin import leximin
from negsim.solutions.rational import rational_outcomes

__all__ = ["egalitarian"]


def egalitarian(surplus: NDArray[np.float64]) -> NDArray[np.intp]:
    """Find the egalitarian solution: the leximin of the gains, max min_i (u_i - d_i) and then the next lowest.

    It compares points between parties, so it means something only if a point is worth the same to all.

    Parameters
    ----------
    surplus : float64 array (party, outcome), points
        Utility minus disagreement point.

    Returns
    -------
    intp array (solution,)
        Ascending positions of all outcomes that attain the optimum, ties included; none if no outcome is individually
        rational.

    Raises
    ------
    UsageError
        A surplus is not a number, or infinite.

    References
    ----------
    Kalai (1977), Econometrica 45, 1623-1630, with equal proportions. There gains are equal; on finitely many outcomes
    they seldom can be, so this takes the leximin, which is Pareto optimal (Imai 1983, Econometrica 51, 389-401).

    Examples
    --------
    >>> egalitarian(np.array([[9.0, 4.0, 3.0], [1.0, 3.0, 3.0]]))
    array([1])
    """
    rational = rational_outcomes(surplus)
    return rational[leximin(surplus[:, rational])]
