"""The Kalai-Smorodinsky solution: gains in proportion to the most that each party could hope for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.solutions.leximin import leximin
from negsim.solutions.rational import rational_outcomes

__all__ = ["kalai_smorodinsky"]


def kalai_smorodinsky(surplus: NDArray[np.float64]) -> NDArray[np.intp]:
    """Find the Kalai-Smorodinsky solution: the leximin of the ratios (u_i - d_i) / (b_i - d_i).

    The ideal point b has each party's best utility over the individually rational outcomes. A party that can gain
    nothing there has no ratio and is left out.

    Parameters
    ----------
    surplus : float64 array (party, outcome), points
        Utility minus disagreement point.

    Returns
    -------
    intp array (solution,)
        Ascending positions of all outcomes that attain the optimum, ties included; none if no outcome is individually
        rational; all that are, if nobody can gain. Ratios of whole numbers up to 2**24 are compared exactly: two that
        differ do so by more than 2**-48, and float64 keeps 53 bits.

    Raises
    ------
    UsageError
        A surplus is not a number, or infinite.

    References
    ----------
    Kalai & Smorodinsky (1975), Econometrica 43, 513-518, for two parties and convex sets, where the ratios are equal.
    On finitely many outcomes they seldom can be, and with three parties equal ratios need not be Pareto optimal (Roth
    1979, Journal of Economic Theory 20, 446-451), so this takes the leximin of the ratios (Imai 1983, Econometrica 51,
    389-401).

    Examples
    --------
    The ideal gains are 8 and 3: the second outcome gives each party half of its own or more.

    >>> kalai_smorodinsky(np.array([[8.0, 4.0, 3.0], [0.0, 2.0, 3.0]]))
    array([1])
    """
    rational = rational_outcomes(surplus)
    gain = surplus[:, rational]
    ideal = np.max(gain, axis=1, initial=0)
    able = ideal > 0
    return rational[leximin(gain[able] / ideal[able, None])]
